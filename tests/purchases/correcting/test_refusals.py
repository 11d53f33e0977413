"""A refusal says what the person can do."""

from datetime import date
from decimal import Decimal

import pytest

from clients.models import Client
from purchases.correcting import refusals
from purchases.payments import PaymentsDifferError
from purchases.services import ReceiptTakenError
from tests.conftest import Sell

PLAIN = [error for error in refusals.REFUSALS if error not in (ReceiptTakenError, PaymentsDifferError)]


@pytest.mark.parametrize("error", PLAIN)
def test_every_refusal_has_words_of_its_own(error: type[Exception]) -> None:
    told = [refusals.words_of(other()) for other in PLAIN]

    assert told.count(refusals.words_of(error())) == 1


def test_a_taken_number_and_payments_that_differ_are_named(card: Client, sell: Sell) -> None:
    taken = ReceiptTakenError(sell(card, date(2026, 5, 5), 100, receipt_number="7-я"))
    differ = PaymentsDifferError(to_pay=Decimal(1200), paid=Decimal(1000))

    assert "7-я" in refusals.words_of(taken)
    assert [sum_ in refusals.words_of(differ) for sum_ in ("1\xa0200\xa0₽", "1\xa0000\xa0₽")] == [True, True]
