"""Receipts as an export gives them: one row each, with what of it was kept."""

from datetime import date

from clients.models import Client
from purchases import services
from purchases.models import Piece, Purchase
from purchases.resources import PieceResource, ReceiptResource
from stores.models import Employee
from tests.conftest import Sell
from tests.purchases.listing.applied import applied

DAY = date(2026, 5, 5)


def test_a_receipt_tells_of_pieces_that_were_not_brought_back(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 100, 200, 300, receipt_number="7")
    services.return_pieces(purchase, purchase.pieces.filter(price=200), by=seller)

    table = ReceiptResource().export(Purchase.objects.with_sums())

    assert dict(zip(table.headers, table[0], strict=True)) | {"Клиент": "", "Продавец": ""} == {
        "День": DAY, "Чек": "7", "Магазин": "Роскошь-Luxury", "Клиент": "", "Изделия": "R1000-0000, R1000-0002",
        "Сумма": 400, "Оплата": "", "Аннулирован, потому что": "", "Продавец": "",
    }  # fmt: skip


def test_lines_that_went_out_come_in_again_as_what_is_there(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 100, 200, receipt_number="7")
    services.return_pieces(purchase, purchase.pieces.filter(price=200), by=seller)
    before = list(Piece.objects.values())

    kept = applied("purchases", str(PieceResource().export(Piece.objects.all()).csv))

    assert (kept.counts, list(Piece.objects.values())) == ({"unchanged": 2}, before)
