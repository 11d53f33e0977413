"""How a receipt is paid, as it is typed: one payment by one key, or several parts."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from loyalty.certificates import acts as certificates
from loyalty.certificates.acts import Brought
from loyalty.models import Certificate
from purchases.paying_forms import CodesForm, PaidByForm
from purchases.payments import TenderLine
from stores.models import Store
from tests.loyalty.conftest import coupon

CARD, CASH = TenderLine("card", Decimal(30_000)), TenderLine("cash", Decimal(12_000))


@pytest.mark.parametrize(
    ("said", "tenders"),
    [
        ({}, []),
        ({"paid_by": "card"}, [TenderLine("card")]),
        ({"paid_by": "cash", "paid_card": "30 000"}, [CARD, TenderLine("cash")]),
        ({"paid_card": "30 000", "paid_cash": "12000"}, [CASH, CARD]),
        ({"paid_by": "card", "paid_card": "30 000", "paid_cash": "12000"}, [CASH, CARD]),
    ],
)
def test_what_is_chosen_takes_what_the_parts_leave(said: dict[str, str], tenders: list[TenderLine]) -> None:
    form = PaidByForm(said)

    assert form.is_valid()
    assert form.tenders() == tenders


@pytest.mark.parametrize(
    ("said", "is_parted"), [({"paid_by": "card"}, False), ({"paid_card": "5"}, True), ({"paid_cash": "-"}, True)]
)
def test_the_parts_are_shown_where_one_was_typed(said: dict[str, str], is_parted: bool) -> None:
    assert PaidByForm(said).is_parted == is_parted


@pytest.fixture
def of_before(store: Store) -> Certificate:
    """Printed by a system before, with a number that is no code of ours."""
    bought, ends = date(2026, 1, 1), date(2027, 1, 1)
    said = Brought(amount=Decimal(3_000), left=Decimal(3_000), sold_on=bought, until_on=ends, number="0004512")
    return certificates.bring(said, store=store, on=date(2026, 3, 1), form_key=uuid4())


def test_a_certificate_of_before_pays_by_its_number_beside_a_coupon(of_before: Certificate) -> None:
    right = coupon()
    form = CodesForm({"codes": f"0004512 {right}"})

    assert form.is_valid()
    assert form.said_codes() == (right, (of_before,))


def test_what_is_neither_is_no_coupon(of_before: Certificate) -> None:
    form = CodesForm({"codes": "0004513"})

    assert not form.is_valid()
    assert form.said_codes() == (None, ())
