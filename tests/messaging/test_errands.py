from django.utils import timezone

from clients.models import Client
from messaging import errands
from messaging.models import Errand
from stores.models import Employee, Role, Store
from tests import factories


def test_about_one_occasion_there_is_one_errand(errand: Errand, card: Client, store: Store) -> None:
    again, is_new = errands.ask_for(
        card, store=store, occasion_key="call:1", reason="Другое", due_on=store.today(), is_service=True
    )

    assert (again, is_new, Errand.objects.get().reason) == (errand, False, "Позвонить")


def test_two_sellers_close_it_once(errand: Errand, seller: Employee, store: Store) -> None:
    other = factories.employee(Role.SELLER, store)

    errands.close(errand, "done", by=seller, now=timezone.now())
    errands.close(errand, "dropped", by=other, now=timezone.now())

    errand.refresh_from_db()
    assert (errand.outcome, errand.done_by) == (Errand.Outcome.DONE, seller)
