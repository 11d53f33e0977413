"""What stands in a receipt, as one value: read, kept as JSON, and written back."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from clients.models import Client, Wearer
from purchases import services
from purchases.correcting import contents
from purchases.correcting.contents import Contents
from purchases.models import Piece
from purchases.payments import TenderLine
from stores.models import Employee
from tests.conftest import Sell

DAY = date(2026, 5, 5)


def test_a_receipt_is_the_same_after_it_was_kept_as_json(card: Client, sell: Sell, seller: Employee) -> None:
    mother = Wearer.objects.create(client=card, first_name="Анна")
    purchase = sell(card, DAY, 100, 200, receipt_number="7", wearer=mother, occasion="birthday", tenders=[TenderLine("card")])
    services.return_pieces(purchase, purchase.pieces.filter(price=200), by=seller, on=DAY)
    is_ = contents.of(purchase)

    kept = Contents.from_json(json.loads(json.dumps(is_.as_json())))

    assert kept == is_
    assert (kept.pieces[1].returned_on, kept.tenders) == (DAY, (TenderLine("card", Decimal(300)),))


def test_what_is_written_stands_as_the_next_version(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 100, 200)
    is_ = contents.of(purchase)
    wanted = replace(is_, number="8", pieces=(is_.pieces[0]._replace(uins=("1" * 16,)),))

    stands = contents.write(purchase, wanted, by=seller, why="corrected")

    assert (stands, purchase.version) == (wanted, 1)
    assert [piece.article for piece in Piece.objects.all()] == ["R1000-0000"]
    assert purchase.history.first().history_change_reason == "corrected"


def test_a_wearer_of_somebody_else_is_not_written(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 100)

    assert contents.write(purchase, replace(contents.of(purchase), wearer=987_654), by=seller, why="!").wearer is None


def test_what_came_back_is_taken_off_what_is_to_pay(card: Client, sell: Sell) -> None:
    is_ = contents.of(sell(card, DAY, 100, 200))

    assert [contents.to_pay(is_), contents.to_pay(is_, Decimal(350))] == [300, -50]
