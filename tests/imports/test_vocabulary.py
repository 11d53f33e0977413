"""Writings folded, and the reasons of rows that wait for one."""

import pytest

from imports.models import ListImport
from imports.vocabulary import LONGEST_KEY, NOTHING, Vocabulary, fold, unknown

WORDS = Vocabulary("status", lambda found: str.upper, lambda found: {"ready": "готово"}, reason="status", may_be_nothing=True)


@pytest.mark.parametrize("text", ["Ещё  не готов", "ЕЩЕ НЕ ГОТОВ.", " еще не готов! ", "ещ\u0435\u0308 не\u00a0готов"])
def test_what_people_write_in_different_ways_is_one(text: str) -> None:
    assert fold(text) == "еще не готов"


def test_a_denial_stays_one() -> None:
    assert fold("готов") != fold("не готов")


def test_long_writings_are_told_apart_by_all_of_them() -> None:
    keys = {WORDS.key("а" * 500 + end) for end in "бв"}

    assert {len(key) for key in keys} == {LONGEST_KEY}
    assert len(keys) == 2


def test_nothing_is_an_answer_where_it_is_lawful() -> None:
    assert WORDS.answers(ListImport()) == {"ready": "готово", NOTHING: ""}


def test_a_reason_names_the_writing() -> None:
    assert (unknown("status", "Не готов"), unknown("status", "")) == ("status: Не готов", "status")
    assert len(unknown("status", "я" * 500)) < 200
