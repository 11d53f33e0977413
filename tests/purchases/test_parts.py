"""Receipts of two cards that become one, and two again."""

from datetime import date
from decimal import Decimal

from clients.models import Client, Wearer
from clients.sameness import merging
from purchases.models import Order, WaitingLine
from purchases.orders import acts
from purchases.parts import PurchasesPart
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.purchases.listing.applied import HEADER, LINE, applied
from visits.models import ClientActivity

DAY = date(2026, 5, 5)
PART = PurchasesPart()


def spent() -> dict[int, int]:
    return {client: int(sum_) for client, sum_ in ClientActivity.objects.values_list("client", "spent")}


def test_a_card_with_receipts_stays(card: Client, sell: Sell) -> None:
    sell(card, DAY, 100), sell(card, DAY, 100)

    assert PART.holdings([card.pk, ClientFactory.create().pk]) == {card.pk: "purchases"}
    assert PART.counted(card.pk) == {"покупки": 2, "заказы": 0}
    assert PART.reason_not_to_erase(card.pk) == ""


def test_receipts_and_figures_move_and_come_back(card: Client, sell: Sell) -> None:
    twin = ClientFactory.create()
    mine, theirs = sell(card, DAY, 100), sell(twin, DAY, 200)

    made = merging.merge(card, twin, chosen={}, by=None)
    assert (list(card.purchases.order_by("pk")), spent()) == ([mine, theirs], {card.pk: 300})
    merging.undo(made, by=None)

    assert (list(card.purchases.all()), list(twin.purchases.all())) == ([mine], [theirs])
    assert spent() == {card.pk: 100, twin.pk: 200}


def test_orders_move_and_come_back(card: Client, store: Store, seller: Employee) -> None:
    twin = ClientFactory.create()
    order = acts.take(Order(store=store, client=twin, article="R1", kind="ring", price=Decimal(100)), by=seller)
    assert (PART.holdings([card.pk, twin.pk]), PART.counted(twin.pk)["заказы"]) == ({twin.pk: "orders"}, 1)

    made = merging.merge(card, twin, chosen={}, by=None)
    moved = list(card.orders.all())
    merging.undo(made, by=None)

    assert (moved, list(card.orders.all()), list(twin.orders.all())) == ([order], [], [order])


def test_what_was_bought_since_for_the_absorbed_cards_people_is_theirs(card: Client, sell: Sell) -> None:
    twin = ClientFactory.create()
    made = merging.merge(card, twin, chosen={}, by=None)
    daughter = Wearer.objects.create(client=twin, first_name="Мария")
    for_her, other = sell(card, DAY, 100, wearer=daughter), sell(card, DAY, 200)

    merging.undo(made, by=None)

    assert (list(twin.purchases.all()), list(card.purchases.all())) == ([for_her], [other])
    assert spent() == {twin.pk: 100, card.pk: 200}


def test_lines_that_wait_for_an_erased_person_are_not_attached_any_more(store: Store, sell: Sell) -> None:
    applied("purchases", HEADER + LINE.format(1, 100, ""))
    applied("purchases", HEADER + LINE.format(2, 100, "").replace("22 33", "22 44"))

    assert PART.erase(ClientFactory.create().pk, ["+79147012233"]) == {"purchases": 0, "orders": 0}

    assert WaitingLine.objects.get().phone == "+79147012244"
