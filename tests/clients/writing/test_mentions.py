"""Is a text about this person? By a contact in any writing, by the name with the birth date; never by a namesake's name."""

from datetime import date

import pytest

from clients.writing.mentions import Somebody

ANNA = Somebody("Королёва", "Анна", date(1985, 7, 3), ["+79147012233", "anna@example.ru"])


@pytest.mark.parametrize(
    "cells",
    [
        ["8 (914) 701-22-33"], ["т. 9147012233 муж"], ["Anna@Example.RU"], ["КОРОЛЕВА АННА", "03.07.1985"],
        ["Анна Ивановна Королёва", "1985-07-03"], ["Королёва", "Анна", "3 июля", "03.07.85"],
    ],
)  # fmt: skip
def test_what_is_about_her(cells: list[str]) -> None:
    assert ANNA.is_in(cells)


@pytest.mark.parametrize(
    "cells", [["Королёва Анна"], ["Королёва Анна", "04.07.1985"], ["Королёва", "03.07.1985"], ["914 701", "22 33"], [], [""]]
)
def test_what_may_be_a_namesakes_is_left(cells: list[str]) -> None:
    assert not ANNA.is_in(cells)


def test_nobody_is_in_no_text() -> None:
    assert not Somebody("", "", None, []).is_in(["Королёва Анна 03.07.1985", ""])


def test_a_name_is_words_of_a_text() -> None:
    assert [ANNA.is_named_in(text) for text in ("Для Анны: королева анна", "Анна Королёвская", "Анна")] == [True, False, False]
