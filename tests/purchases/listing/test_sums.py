"""Price, discount and sum of a row, to the kopeck."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.specs import BadRowError
from purchases.listing import sums
from purchases.listing.sums import UnclearRowError

KOPECKS = st.decimals(min_value=0, max_value=10_000_000, places=2)


@given(KOPECKS, st.integers(1, sums.MOST_PIECES))
def test_parts_add_up_to_the_kopeck(whole: Decimal, pieces: int) -> None:
    parts = sums.split(whole, pieces)

    assert (len(parts), sum(parts)) == (pieces, whole)
    assert max(parts) - min(parts) <= sums.KOPECK


@pytest.mark.parametrize(
    ("values", "paid", "off"),
    [
        ({"price": "100000"}, "100000", "0"),
        ({"price": "100000", "percent": "10"}, "90000", "10000"),
        ({"price": "100000", "percent": "0,1"}, "90000", "10000"),
        ({"price": "100000", "discount": "10%"}, "90000", "10000"),
        ({"price": "100000", "discount": "0.1"}, "90000", "10000"),
        ({"price": "100000", "discount": "-10 000"}, "90000", "10000"),
        ({"price": "100000", "discount": "10000", "paid": "90000"}, "90000", "10000"),
        ({"price": "100000", "discount": "10%", "paid": "90000"}, "90000", "10000"),
        ({"price": "100000", "paid": "85000"}, "85000", "15000"),
        ({"price": "100000", "net": "85000"}, "85000", "15000"),
        ({"price": "50000", "quantity": "2", "paid": "85000"}, "85000", "15000"),
        ({"paid": "90000", "discount": "10%"}, "90000", "10000"),
        ({"paid": "90000", "discount": "10000"}, "90000", "10000"),
        ({"paid": "90000", "discount": "по карте"}, "90000", "0"),
        ({"paid": "0", "price": "5000"}, "0", "5000"),
        ({"paid": "подарок", "price": "5000"}, "0", "5000"),
        ({"paid": "5000", "quantity": "1 пара"}, "5000", "0"),
        ({"paid": "5000", "price": "4999.50"}, "5000", "0"),
        ({"price": "1000", "whole": "3000", "lines": "2"}, "1000", "0"),
        ({"whole": "3000", "lines": "1"}, "3000", "0"),
    ],
)
def test_what_was_paid_and_what_was_taken_off(values: Mapping[str, str], paid: str, off: str) -> None:
    found = sums.amounts(values)

    assert (sum(found.prices), sum(found.discounts), found.back) == (Decimal(paid), Decimal(off), False)


@pytest.mark.parametrize(
    "values",
    [
        {"paid": "100", "quantity": "0"}, {"paid": "100", "quantity": "0,5"}, {"paid": "100", "quantity": "1.5"},
        {"paid": "100", "quantity": "много"}, {"paid": "100", "quantity": "1000"}, {"price": "100", "discount": "200"},
        {"price": "100", "percent": "120"}, {"price": "100", "discount": "10", "paid": "100"},
        {"price": "1000", "paid": "3000"}, {"whole": "3000", "lines": "2"},
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_asked(values: Mapping[str, str]) -> None:
    with pytest.raises(UnclearRowError):
        sums.amounts(values)


@pytest.mark.parametrize("text", ["", "дорого", "01.12.2018", "9145550102", "+7 914 555-01-02", "10%", "К-2101"])
def test_what_is_no_sum_is_none(text: str) -> None:
    with pytest.raises(BadRowError):
        sums.amounts({"paid": text})


@given(KOPECKS, st.integers(1, 20))
def test_a_discount_and_what_was_paid_are_the_price(price: Decimal, pieces: int) -> None:
    found = sums.amounts({"price": str(price), "quantity": str(pieces), "percent": "15"})

    assert sum(found.prices) + sum(found.discounts) == price * pieces
