"""Days and pieces that apps register, put together as one SELECT."""

from datetime import date

from clients.models import Client
from purchases.days import BUYING_DAYS, KEPT_PIECES
from stores.models import Employee, Store
from tests.conftest import Sell
from visits import dialect, sources
from workshop import tickets
from workshop.days import DAYS_BROUGHT_IN
from workshop.models import ServiceRequest

DAY = date(2026, 5, 5)


def test_all_days_that_apps_know_of_are_told(card: Client, store: Store, seller: Employee, sell: Sell) -> None:
    sell(card, DAY, 100, 200)
    tickets.take_in(ServiceRequest(store=store, client=card, kind="repair", accepted_on=DAY), by=seller)

    rows = dialect.fetch(sources.days().format(whose="= %s"), [card.pk, card.pk])

    told = {(scope, client, str(day), items, int(total), services) for scope, client, day, items, total, services in rows}
    assert told == {(store.pk, card.pk, "2026-05-05", 2, 300, 0), (store.pk, card.pk, "2026-05-05", 0, 0, 1)}


def test_an_app_that_registers_again_is_counted_once() -> None:
    before = sources.days(), sources.pieces()

    for source in (BUYING_DAYS, DAYS_BROUGHT_IN, KEPT_PIECES):
        sources.register(source)

    assert (sources.days(), sources.pieces()) == before
