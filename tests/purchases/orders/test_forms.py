"""What the forms of an order ask for."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from clients.models import Client
from purchases.orders.forms import OrderForm, PaymentForm
from stores.models import Employee, Store


def form(store: Store, card: Client, **more: Any) -> OrderForm:
    facts = {"client": card.pk, "form_key": str(uuid4()), "article": "R1", "price": "10 000", "paid_by": "card", **more}
    return OrderForm(facts, store=store)


def test_an_order_is_read_as_typed(store: Store, card: Client, seller: Employee) -> None:
    typed = form(store, card, article="", description="серьги с топазом", size="17,5", prepaid="3 000")
    assert typed.is_valid()

    order = typed.order(seller)

    assert (order.store, order.client, order.kind, order.size, order.price) == (store, card, "earrings", Decimal("17.5"), 10_000)
    assert typed.prepayment() == ("card", 3_000)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"article": ""}, "article"),
        ({"prepaid": "10 001"}, "prepaid"),
        ({"price": ""}, "price"),
        ({"paid_by": "prepayment"}, "paid_by"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(store: Store, card: Client, wrong: dict[str, str], field: str) -> None:
    assert list(form(store, card, **wrong).errors) == [field]


def test_a_due_day_is_not_past(store: Store, card: Client) -> None:
    today = store.today()

    assert form(store, card, due_on=str(today)).is_valid()
    assert list(form(store, card, due_on=str(today - timedelta(days=1))).errors) == ["due_on"]


def test_nothing_is_no_payment() -> None:
    assert list(PaymentForm({"form_key": str(uuid4()), "sum": "0", "paid_by": "cash"}).errors) == ["sum"]
