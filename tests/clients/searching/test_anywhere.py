import pytest
from django.db import connection

from clients.searching import anywhere

IS_POSTGRES = connection.vendor == "postgresql"


def test_a_name_is_looked_for_on_the_card_and_in_the_note() -> None:
    condition = anywhere.condition("Дмитрий")

    assert condition is not None
    assert condition.values == ["%дмитрий%", *(["%Дмитрий%"] if IS_POSTGRES else ["%дмитрий%", "%Дмитрий%", "%ДМИТРИЙ%"])]


def test_latin_letters_are_looked_for_in_the_e_mail_too() -> None:
    condition = anywhere.condition("Elka.k")

    assert condition is not None
    assert condition.values[-1] == "%elka.k%"


@pytest.mark.parametrize("text", ["", "Ян", "а б", "%%%", "12"])
def test_what_is_too_short_is_looked_for_nowhere(text: str) -> None:
    assert anywhere.condition(text) is None


@pytest.mark.parametrize(
    ("text", "note", "excerpt"),
    [
        ("сапфиры", "Любит Сапфиры", "Любит Сапфиры"),
        ("сапфир", "я" * 40 + " сапфир " + "ю" * 40, "…" + "я" * 29 + " сапфир " + "ю" * 29 + "…"),
        ("сапфир", "Ничего", ""),
        ("", "Ничего", ""),
    ],
)
def test_an_excerpt_is_the_words_about_what_was_found(text: str, note: str, excerpt: str) -> None:
    assert anywhere.excerpt(text, note) == excerpt
