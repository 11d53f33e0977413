"""Sums and ring sizes as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from stores.texts.fields import MoneyField, SizeField


@pytest.mark.parametrize(
    ("typed", "sum_"), [("115 900", Decimal(115_900)), ("1200,50 ₽", Decimal("1200.50")), ("0", Decimal(0)), ("", None)]
)
def test_a_sum_is_read_in_any_writing(typed: str, sum_: Decimal | None) -> None:
    assert MoneyField(required=False).clean(typed) == sum_


@pytest.mark.parametrize("typed", ["-1", "много", "NaN", "99999999999"])
def test_what_is_no_sum_gets_words(typed: str) -> None:
    with pytest.raises(ValidationError, match="например 115"):
        MoneyField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "size"),
    [("16,5", Decimal("16.5")), ("17.5мм", Decimal("17.5")), ("10", Decimal(10)), ("30", Decimal(30)), ("", None)],
)
def test_a_size_is_read_in_any_writing(typed: str, size: Decimal | None) -> None:
    assert SizeField(required=False).clean(typed) == size


@pytest.mark.parametrize("typed", ["9,75", "30,25", "16,3", "нет"])
def test_what_no_ring_is_made_in_gets_words(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"0[.,]25"):
        SizeField().clean(typed)


def test_what_is_kept_is_shown_as_it_is_typed() -> None:
    assert MoneyField().prepare_value(Decimal("71000.00")) == "71\xa0000"
    assert SizeField().prepare_value(Decimal("16.50")) == "16,5"
    assert SizeField().prepare_value("16,3") == "16,3"
