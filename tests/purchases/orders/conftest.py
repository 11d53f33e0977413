"""An order of a ring for 10 000."""

from decimal import Decimal
from typing import Any, Protocol

import pytest

from clients.models import Client
from purchases.models import Order
from purchases.orders import acts
from purchases.payments import TenderLine
from stores.models import Employee, Store


class Take(Protocol):
    """``take(prepaid=3_000)``: an order of the client ``card`` in the store."""

    def __call__(self, *, prepaid: int = 0, **more: Any) -> Order: ...


@pytest.fixture
def take(store: Store, seller: Employee, card: Client) -> Take:
    def make(*, prepaid: int = 0, **more: Any) -> Order:
        facts = {"store": store, "client": card, "article": "R1", "kind": "ring", "price": Decimal(10_000), **more}
        return acts.take(Order(**facts), by=seller, prepaid=TenderLine("cash", Decimal(prepaid)))

    return make
