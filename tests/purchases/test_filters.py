"""Addresses of receipts: what they narrow, and that nonsense narrows nothing."""

from datetime import date

import pytest
from django.http import QueryDict

from clients.models import Client
from purchases import services
from purchases.filters import ReceiptFilter
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory

DAY = date(2026, 11, 20)


def receipts_of(query: str) -> list[int]:
    found = ReceiptFilter(QueryDict(query), Purchase.objects.order_by("pk"))
    return [int(receipt.receipt_number) for receipt in found.qs]


@pytest.fixture
def three(sell: Sell, card: Client, seller: Employee, other_store: Store) -> None:
    """Receipts 1 (rings of 2 000 and 20 000), 2 (a ring of 5 000) and 3 (5 000, brought back)."""
    sell(card, DAY, 2_000, 20_000, receipt_number="1")
    sell(ClientFactory.create(), DAY, 5_000, receipt_number="2")
    back = sell(ClientFactory.create(), DAY, 5_000, receipt_number="3")
    services.return_pieces(back, list(back.pieces.all()), by=seller, on=DAY)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3]), ("kind=ring", [1, 2]), ("kind=chain", []), ("kind=nonsense", []), ("first_kind=ring", [1, 2]),
        ("band=0", [1]), ("band=3000", [2]), ("band=10000", [1]), ("band=300000", []), ("kind=ring&band=10000", [1]),
        ("kind=chain&band=10000", []), ("band=x", [1, 2, 3]), ("band=-1", [1, 2, 3]), ("band=1.5", [1, 2, 3]),
        ("seller=x", [1, 2, 3]), ("seller=0", [1, 2, 3]), ("seller=99999", []), ("seller=%F0&page=2&export=1", [1, 2, 3]),
    ],
)  # fmt: skip
def test_receipts_are_narrowed_and_nonsense_narrows_nothing(query: str, found: list[int], three: None) -> None:
    assert receipts_of(query) == found


def test_receipts_of_a_seller(three: None, seller: Employee) -> None:
    assert receipts_of(f"seller={seller.pk}&band=3000") == [2]
