from datetime import date, timedelta
from decimal import Decimal

import pytest

from clients.models import Client
from purchases import services
from purchases.correcting import contents
from purchases.correcting.forms import CorrectedFormSet, CorrectionForm, initial_of, lines_of
from purchases.models import Piece, Purchase
from purchases.payments import TenderLine
from stores.models import Employee
from tests.conftest import Sell

DAY = date(2026, 5, 5)


@pytest.fixture
def purchase(card: Client, sell: Sell) -> Purchase:
    return sell(card, DAY, 100, 200, tenders=[TenderLine("cash")])


def form(purchase: Purchase, came_back: int = 0, **said: str) -> CorrectionForm:
    return CorrectionForm({"version": 0, "sold_on": "05.05.2026", **said}, purchase=purchase, came_back=Decimal(came_back))


def test_what_is_shown_says_the_same_when_sent_back(purchase: Purchase) -> None:
    is_ = contents.of(purchase)
    shown = {name: "" if value is None else str(value) for name, value in initial_of(is_, 0).items()} | {"sold_on": "05.05.2026"}
    lines = CorrectedFormSet(prefix="pieces", initial=lines_of(is_))
    sent = {f"{line.prefix}-{name}": value or "" for line in lines.forms for name, value in line.initial.items()}
    counts = {"pieces-TOTAL_FORMS": len(lines.forms), "pieces-INITIAL_FORMS": len(lines.forms)}

    head, pieces = (
        CorrectionForm(shown, purchase=purchase, came_back=Decimal(0)),
        CorrectedFormSet(sent | counts, prefix="pieces"),
    )

    assert head.is_valid() & pieces.is_valid()
    assert head.wanted(is_, pieces.facts(is_)) == is_


def test_the_day_is_not_after_a_piece_came_back(purchase: Purchase, seller: Employee) -> None:
    services.return_pieces(purchase, list(Piece.objects.all()), by=seller, on=DAY - timedelta(days=0))

    assert form(purchase).is_valid()
    assert form(purchase, sold_on="06.05.2026").errors.keys() == {"sold_on"}


def test_payments_are_taken_as_typed_one_a_kind(purchase: Purchase) -> None:
    is_ = contents.of(purchase)
    said = form(purchase, paid_card="700", paid_cash="300")
    assert said.is_valid()

    assert said.wanted(is_, is_.pieces).tenders == (TenderLine("cash", Decimal(300)), TenderLine("card", Decimal(700)))


def test_a_receipt_keeps_at_least_one_piece(purchase: Purchase) -> None:
    piece = Piece.objects.first()
    assert piece
    sent = {"pieces-TOTAL_FORMS": 1, "pieces-INITIAL_FORMS": 1, "pieces-0-pk": piece.pk, "pieces-0-gone": "on"}

    assert not CorrectedFormSet(sent, prefix="pieces").is_valid()
