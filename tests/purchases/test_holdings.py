"""What receipts keep about a person: told to them, and taken out; receipts stay for the figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clients.models import Client, Wearer
from purchases import holdings, services
from purchases.correcting import acts, contents
from purchases.models import Correction, Order, Purchase
from purchases.orders import acts as orders
from purchases.payments import TenderLine
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory

DAY = date(2026, 5, 5)


@pytest.fixture
def wearer(card: Client) -> Wearer:
    return Wearer.objects.create(client=card, first_name="Мария")


def test_each_line_is_told_with_what_became_of_it(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 100, 200)
    services.return_pieces(purchase, purchase.pieces.filter(price=200), by=seller, on=date(2026, 5, 9))
    sell(ClientFactory.create(), DAY, 300)

    (heading, told), *of_orders = holdings.describe(card.pk).items()

    assert [rows for _heading, rows in of_orders] == [[], []]
    assert (heading, [tuple(line.values()) for line in told]) == (
        "Покупки",
        [("2026-05-05", "Роскошь-Luxury", "R1000-0000", "100.00", "", ""),
         ("2026-05-05", "Роскошь-Luxury", "R1000-0001", "200.00", "2026-05-09", "")],
    )  # fmt: skip


def test_for_whom_it_was_goes_from_receipts_history_and_corrections(
    card: Client, wearer: Wearer, sell: Sell, seller: Employee
) -> None:
    purchase = sell(card, DAY, 100, wearer=wearer)
    acts.correct(purchase, wanted=replace(contents.of(purchase), number="8"), version=0, by=seller)
    foreign = sell(other := ClientFactory.create(), DAY, 100, wearer=Wearer.objects.create(client=other, first_name="Ян"))

    assert holdings.erase(card.pk) == {"purchases": 1, "orders": 0}

    purchase.refresh_from_db()
    assert (purchase.wearer, purchase.pieces.count()) == (None, 1)
    assert set(Purchase.history.filter(id=purchase.pk).values_list("wearer", flat=True)) == {None}
    assert [(row.before["wearer"], row.after["wearer"]) for row in Correction.objects.all()] == [(None, None)]
    assert Purchase.objects.get(pk=foreign.pk).wearer is not None


def test_orders_are_told_and_what_is_of_the_person_in_them_goes(card: Client, store: Store, seller: Employee) -> None:
    facts = {"article": "R1", "kind": "ring", "price": Decimal(100), "wish": "Маша и Витя", "note": "звонить мужу"}
    order = orders.take(Order(store=store, client=card, **facts), by=seller, prepaid=TenderLine("cash", Decimal(30)))
    assert holdings.reason_not_to_erase(card.pk) != ""
    orders.cancel(order, reason="поссорились", by=seller)

    _bought, told, paid = holdings.describe(card.pk).values()
    assert ("Маша и Витя" in told[0].values(), len(paid), holdings.reason_not_to_erase(card.pk)) == (True, 2, "")
    assert holdings.erase(card.pk) == {"purchases": 0, "orders": 1}

    kept = [
        *Order.objects.values_list("wish", "note", "cancel_reason"),
        *Order.history.values_list("wish", "note", "cancel_reason"),
    ]
    assert set(kept) == {("", "", "")}
    assert [payment.reason for payment in order.payments.all()] == ["", "—"]
