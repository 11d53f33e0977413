"""How a receipt is paid, as it is typed: one payment by one key, or several parts."""

from decimal import Decimal

import pytest

from purchases.paying_forms import PaidByForm
from purchases.payments import TenderLine

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
