"""What the base refuses of orders and their payments."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from purchases.models import Order, OrderPayment
from stores.models import Employee, Store


@pytest.fixture
def order(store: Store, card: Client, seller: Employee) -> Order:
    today = store.today()
    return Order.objects.create(
        store=store, client=card, year=today.year, number=1, taken_on=today, article="R1", kind="ring", price=100, seller=seller
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"held": -1}, {"price": -1}, {"article": ""}, {"kind": "car"}, {"status": "lost"}, {"due_on": "2020-01-01"},
        {"status": "cancelled"}, {"closed_on": "2026-11-28"}, {"status": "sold", "closed_on": "2026-11-28"},
        {"status": "cancelled", "closed_on": "2026-11-28", "held": 1},
    ],
    ids=str,
)  # fmt: skip
def test_an_order_that_cannot_be_is_refused(order: Order, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**wrong)

    order.refresh_from_db()
    assert (order.held, order.status, order.closed_on) == (0, "new", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": "paid", "sum": -1}, {"purpose": "paid", "sum": 0}, {"purpose": "refunded", "sum": -1},
        {"purpose": "refunded", "sum": 1, "reason": "x"}, {"purpose": "paid", "sum": 1, "kind": "prepayment"},
        {"purpose": "spent", "sum": -1}, {"purpose": "spent", "sum": 1, "kind": "prepayment"}, {"purpose": "paid", "sum": 1, "kind": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_a_payment_that_cannot_be_is_refused(order: Order, seller: Employee, wrong: dict[str, Any]) -> None:
    facts = {"order": order, "kind": "cash", "paid_on": order.taken_on, "seller": seller, **wrong}

    with pytest.raises(IntegrityError), transaction.atomic():
        OrderPayment.objects.create(**facts)

    assert not OrderPayment.objects.exists()


def test_an_order_says_what_it_is_of_and_what_is_left(order: Order) -> None:
    order.description, order.held = "с синим камнем", Decimal(30)
    assert (order.what, order.left_to_pay) == ("R1 с синим камнем", 70)
    order.held = Decimal(300)
    assert order.left_to_pay == 0
