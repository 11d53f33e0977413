"""Postal addresses as people type them, and as an envelope has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.writing import addresses

WHOLE = "690091, Владивосток, ул. Светланская, д. 10, кв. 5"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (WHOLE, WHOLE),
        ("690 091  Владивосток,ул. Светланская ,д. 10,, кв. 5", WHOLE),
        ("Владивосток, ул. Светланская, д. 10, кв. 5, 690091", WHOLE),
        ("индекс: 690091\nВладивосток\nул. Светланская; д. 10; кв. 5", WHOLE),
        ("Россия 690091, Владивосток, Светланская 10", "690091, Россия, Владивосток, Светланская 10"),
        ("Владивосток, тел. 4232123456, Светланская 10", "Владивосток, тел. 4232123456, Светланская 10"),
        ("Владивосток, договор № 690091", "Владивосток, договор № 690091"),
        ("", ""),
    ],
)
def test_the_index_comes_first_and_nothing_is_lost(typed: str, kept: str) -> None:
    assert addresses.normalise(typed) == kept


@given(st.text(max_size=300))
def test_what_is_kept_is_kept_again_as_it_stands(typed: str) -> None:
    once = addresses.normalise(typed)

    assert addresses.normalise(once) == once
    assert len(once) <= addresses.LONGEST


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        (WHOLE, True),
        ("690091, Владивосток", False),
        ("Владивосток, Светланская 10", False),
        ("", False),
        ("090091, Дом 1", False),
    ],
)
def test_a_letter_needs_an_index_and_a_house(address: str, whole: bool) -> None:
    assert addresses.is_whole(address) is whole


@pytest.mark.parametrize(
    ("address", "where", "index"),
    [
        (WHOLE, ["ул. Светланская, д. 10, кв. 5", "Владивосток"], "690091"),
        ("692900, Приморский край, г. Находка, Находкинский пр-кт, 5", ["Находкинский пр-кт, 5", "г. Находка", "Приморский край"], "692900"),
        ("690091, Владивосток, Светланская 10", ["Светланская 10", "Владивосток"], "690091"),
        ("690091, Владивосток, а/я 7", ["а/я 7", "Владивосток"], "690091"),
        ("Владивосток, Светланская", ["Светланская", "Владивосток"], ""),
    ],
)  # fmt: skip
def test_an_envelope_begins_with_the_street(address: str, where: list[str], index: str) -> None:
    assert addresses.lines(address) == (where, index)
