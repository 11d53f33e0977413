from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from catalogue.kinds import PieceKind
from clients.models import Client
from purchases import services
from purchases.models import Piece, Purchase, Uin
from purchases.services import AlreadyReturnedError, PieceLine, ReceiptTakenError
from stores.models import Employee, Store
from tests.conftest import Sell
from visits.models import Visit

DAY = date(2026, 5, 5)


def test_a_sale_is_saved_whole(store: Store, seller: Employee, card: Client) -> None:
    lines = [
        PieceLine("E6081-8735", PieceKind.EARRINGS, Decimal("115900.50"), Decimal(100), ("1234567890123456",)),
        PieceLine("R5387-6925", PieceKind.RING, Decimal(0)),
        PieceLine("R5387-6925", PieceKind.RING, Decimal(0)),
    ]

    purchase = services.sell(lines, store=store, seller=seller, client=card, sold_on=DAY, receipt_number="7")

    assert list(purchase.pieces.values_list("article", "price", "occurrence")) == [
        ("E6081-8735", Decimal("115900.50"), 1), ("R5387-6925", 0, 1), ("R5387-6925", 0, 2),
    ]  # fmt: skip
    assert Uin.objects.get().number == "1234567890123456"
    assert Visit.objects.filter(scope=0).values_list("items", "total").get() == (3, Decimal("115900.50"))


def test_one_form_is_one_sale(card: Client, sell: Sell) -> None:
    key = uuid4()

    first, second = (sell(card, DAY, 100, form_key=key) for _time in range(2))

    assert first == second
    assert Piece.objects.count() == 1


def test_a_receipt_number_is_taken_once_a_day_and_store(card: Client, sell: Sell, other_store: Store) -> None:
    first = sell(card, DAY, 100, receipt_number="7")

    with pytest.raises(ReceiptTakenError) as taken:
        sell(card, DAY, 200, receipt_number="7")
    sell(card, date(2026, 5, 6), 300, receipt_number="7")
    sell(card, DAY, 400, receipt_number="7", at=other_store)

    assert taken.value.purchase == first
    assert Purchase.objects.count() == 3


@pytest.mark.parametrize("both", [True, False])
def test_a_sale_has_a_card_or_a_reason(store: Store, card: Client, both: bool) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Purchase.objects.create(
            store=store, sold_on=DAY, client=card if both else None, no_card_reason="declined" if both else ""
        )


def test_a_return_changes_the_day_of_the_sale(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 100, 200)

    services.return_pieces(purchase, purchase.pieces.all()[:1], by=seller, on=date(2026, 5, 9))

    assert Visit.objects.get(scope=0).items == 1
    with pytest.raises(AlreadyReturnedError):
        services.return_pieces(purchase, purchase.pieces.all(), by=seller)
    assert purchase.pieces.kept().count() == 1


def test_a_day_wholly_returned_is_no_visit(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 100)

    services.return_pieces(purchase, purchase.pieces.all(), by=seller)
    assert not Visit.objects.exists()
    services.undo_return(purchase, by=seller)

    assert Visit.objects.filter(scope=0).count() == 1
