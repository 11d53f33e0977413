"""The back office for the wording of consents and the kinds of occasions."""

import pytest

from clients.models import Client, ConsentText, OccasionKind
from clients.services import record_consents
from stores.models import Employee, Store
from tests.conftest import SignIn

TEXTS, KINDS = "/backoffice/clients/consenttext/", "/backoffice/clients/occasionkind/"
WORDING = {"purpose": "calls", "version": 99, "text": "Согласен на звонки", "since": "01.12.2026"}


def test_a_new_wording_is_what_the_next_client_agrees_to(
    admin: Employee, seller: Employee, card: Client, store: Store, signed_in: SignIn
) -> None:
    answer = signed_in(admin).post(f"{TEXTS}add/", WORDING)

    record_consents(card, {"calls": True}, by=seller, where=store)

    assert (answer.status_code, str(card.consents.get().text_version)) == (302, "звонки v99")


@pytest.mark.parametrize("address", [TEXTS, KINDS])
def test_only_an_admin_gets_in_and_nobody_deletes(address: str, admin: Employee, manager: Employee, signed_in: SignIn) -> None:
    ConsentText.objects.create(**{**WORDING, "since": "2026-12-01"})
    kept = (ConsentText if address == TEXTS else OccasionKind).objects.order_by("pk").latest("pk")

    refused = signed_in(manager).get(address)
    deleted = signed_in(admin).post(f"{address}{kept.pk}/delete/", {"post": "yes"})

    assert (refused.status_code, deleted.status_code, type(kept)._default_manager.filter(pk=kept.pk).exists()) == (403, 403, True)
    assert signed_in(admin).get(address).status_code == 200
