"""Surnames with slips, and the table in which they are looked for."""

import pytest

from clients.models import Client, Surname
from clients.sameness import surnames


def test_the_surnames_are_those_of_the_live_cards(two: tuple[Client, Client]) -> None:
    Surname.objects.create(key="никто")
    Surname.objects.filter(key="иванова").delete()

    assert surnames.refresh() == 2
    assert set(Surname.objects.values_list("key", flat=True)) == {"иванова", "иваонва"}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("кузнецова", {"кузнецова": 0, "кузнецов": 1}),
        ("кузнцеова", {"кузнецова": 1}),
        ("кузнасова", {"кузнецова": 2}),
        ("килм", {}),
        ("ким", {}),
        ("кимм", {}),
    ],
)
def test_a_slip_is_forgiven_and_two_in_a_long_word(db: None, word: str, found: dict[str, int]) -> None:
    Surname.objects.note(["кузнецова", "кузнецов", "орлова"])

    assert surnames.alike(word) == found
