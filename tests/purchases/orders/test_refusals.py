"""Each refusal says what can be done."""

from decimal import Decimal

import pytest

from clients.locking import GoneError
from purchases.models import Purchase
from purchases.orders import refusals
from purchases.orders.refusals import ClosedError, PrepaidMoreError, StepError, TooMuchBackError
from purchases.payments import PaymentsDifferError
from purchases.services import ReceiptTakenError


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TooMuchBackError(Decimal(300)), "300 ₽"),
        (PrepaidMoreError(Decimal(40)), "40 ₽"),
        (PaymentsDifferError(to_pay=Decimal(70), paid=Decimal(60)), "60 ₽"),
        (ReceiptTakenError(Purchase(receipt_number="17")), "17"),
        (GoneError(), "удалены"),
        (ClosedError(), "закрыт"),
        (StepError(), "изменился"),
    ],
)
def test_a_refusal_speaks(error: Exception, said: str) -> None:
    assert isinstance(error, refusals.REFUSALS)
    assert said in refusals.words_of(error).replace("\xa0", " ")
