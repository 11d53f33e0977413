"""One row of a list, understood."""

from decimal import Decimal

import pytest

from purchases.listing import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("115.900,00", "115900"),
        ("115.900", "115900"),
        ("115 900=", "115900"),
        ("1'234,5", "1234.50"),
        ("1,234,567.00", "1234567"),
        ("12.50", "12.50"),
    ],
)
def test_sums_in_any_writing(text: str, expected: str) -> None:
    assert reading.money(text) == Decimal(expected)
