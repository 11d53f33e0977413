"""Coupons on paper."""

from decimal import Decimal

from loyalty.models import Right
from loyalty.offers import printed
from tests.loyalty.conftest import coupon


def test_a_page_for_each_coupon(right: Right) -> None:
    rights = [right, coupon("two", floor=Decimal(20_000), kinds=["ring"], not_on=["watch"])]

    assert printed.pdf(rights).count(b"/Type /Page\n") == 2


def test_nothing_to_print_is_an_empty_sheet() -> None:
    assert printed.pdf([]).startswith(b"%PDF-")
