"""Forms with which a receipt is put right: days before a return, payments without a minus, lines taken out."""

from datetime import date
from decimal import Decimal
from typing import Any

from clients.models import Client, Wearer
from purchases import services
from purchases.correcting import contents
from purchases.correcting.forms import CorrectedFormSet, CorrectionForm, VoidForm, initial_of, lines_of
from purchases.models import Purchase
from purchases.payments import TenderLine
from stores.models import Employee
from tests.conftest import Sell
from tests.factories import ClientFactory

DAY = date(2026, 5, 5)


def corrected(purchase: Purchase, came_back: int = 0, **said: Any) -> CorrectionForm:
    return CorrectionForm({"version": 0, "sold_on": "05.05.2026", **said}, purchase=purchase, came_back=Decimal(came_back))


def test_a_receipt_is_not_sold_after_a_piece_of_it_came_back(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 100)
    services.return_pieces(purchase, purchase.pieces.all(), by=seller, on=date(2026, 5, 9))

    errors = [list(corrected(purchase, sold_on=day).errors) for day in ("09.05.2026", "10.05.2026")]

    assert errors == [[], ["sold_on"]]


def test_for_whom_is_chosen_among_the_clients_own(card: Client, sell: Sell) -> None:
    own, foreign = (Wearer.objects.create(client=client, first_name="Мария") for client in (card, ClientFactory.create()))
    purchase, nobodys = sell(card, DAY, 100), sell(None, DAY, 100, no_card_reason="hurry")

    errors = [list(corrected(one, wearer=who.pk).errors) for one, who in ((purchase, own), (purchase, foreign), (nobodys, own))]

    assert errors == [[], ["wearer"], ["wearer"]]


def test_what_an_exchange_gave_back_is_typed_without_its_minus(card: Client, sell: Sell) -> None:
    purchase = sell(card, DAY, 100)
    is_ = contents.of(purchase)
    forms = [corrected(purchase, came_back, paid_cash="50", paid_card="0") for came_back in (0, 150)]

    assert [form.is_valid() for form in forms] == [True, True]
    assert [form.wanted(is_, is_.pieces).tenders for form in forms] == [
        (TenderLine("cash", Decimal(50)),), (TenderLine("cash", Decimal(-50)),),
    ]  # fmt: skip


def test_a_form_shows_the_receipt_as_it_stands(card: Client, sell: Sell) -> None:
    is_ = contents.of(sell(card, DAY, 100, receipt_number="7", tenders=[TenderLine("card")]))

    shown = initial_of(is_, 3)

    assert (shown["version"], shown["receipt_number"], shown["sold_on"], shown["paid_card"]) == (3, "7", DAY, 100)
    assert [(line["pk"], line["article"], line["discount"], line["uins"]) for line in lines_of(is_)] == [
        (is_.pieces[0].pk, "R1000-0000", None, ""),
    ]  # fmt: skip


def test_a_line_keeps_its_key_goes_or_is_one_more(card: Client, sell: Sell) -> None:
    is_ = contents.of(sell(card, DAY, 100, 200))
    first, second = is_.pieces
    typed = [{"pk": first.pk, "article": "R9", "price": "100"}, {"pk": second.pk, "article": "R2", "price": "5", "gone": "on"},
             {"pk": 987_654, "article": "C3", "price": "50"}, {}]  # fmt: skip
    said: dict[str, Any] = {"pieces-TOTAL_FORMS": len(typed), "pieces-INITIAL_FORMS": 2}
    said |= {f"pieces-{n}-{name}": value for n, line in enumerate(typed) for name, value in line.items()}

    lines = CorrectedFormSet(said, prefix="pieces")

    assert lines.is_valid()
    assert [(piece.pk, piece.article, piece.kind) for piece in lines.facts(is_)] == [
        (first.pk, "R9", "ring"),
        (None, "C3", "chain"),
    ]


def test_a_receipt_is_voided_for_a_reason() -> None:
    assert [VoidForm({"version": 0, "reason": reason}).is_valid() for reason in ("", " ", "ошибка")] == [False, False, True]
