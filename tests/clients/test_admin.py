"""The back office for the kinds of occasions."""

from clients.models import OccasionKind
from stores.models import Employee
from tests.conftest import SignIn

KINDS = "/backoffice/clients/occasionkind/"


def test_only_an_admin_gets_in_and_nobody_deletes(admin: Employee, manager: Employee, signed_in: SignIn) -> None:
    kept = OccasionKind.objects.order_by("pk").latest("pk")

    refused = signed_in(manager).get(KINDS)
    deleted = signed_in(admin).post(f"{KINDS}{kept.pk}/delete/", {"post": "yes"})

    assert (refused.status_code, deleted.status_code, OccasionKind.objects.filter(pk=kept.pk).exists()) == (403, 403, True)
    assert signed_in(admin).get(KINDS).status_code == 200
