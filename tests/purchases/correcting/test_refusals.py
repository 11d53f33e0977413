from decimal import Decimal

import pytest

from loyalty.certificates.acts import CertificateRefusedError
from loyalty.models import NotGood
from loyalty.offers.acts import RightRefusedError
from loyalty.pricing import Refused
from loyalty.services import NotEnoughError
from purchases.correcting.refusals import REFUSALS, words_of
from purchases.models import Purchase
from purchases.payments import PaymentsDifferError
from purchases.services import ReceiptTakenError

SAYS_MORE = (NotEnoughError, PaymentsDifferError, ReceiptTakenError, RightRefusedError, CertificateRefusedError)


@pytest.mark.parametrize("refusal", [error for error in REFUSALS if error not in SAYS_MORE])
def test_each_refusal_has_its_words(refusal: type[Exception]) -> None:
    assert words_of(refusal())


def test_a_refusal_names_the_receipt_and_the_sums() -> None:
    assert "17" in words_of(ReceiptTakenError(Purchase(receipt_number="17")))
    assert "90" in words_of(PaymentsDifferError(to_pay=Decimal(100), paid=Decimal(90)))
    assert "3000" in words_of(NotEnoughError(3_000))
    assert words_of(RightRefusedError(Refused.USED)) == str(Refused.USED.label)
    assert words_of(CertificateRefusedError(NotGood.EMPTY)) == str(NotGood.EMPTY.label)
