"""E-mail addresses: told from what is none, and what a broken one may have meant."""

import pytest

from clients.writing import emails


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PETR.GRINEV@Example.RU", ["petr.grinev@example.ru"]),
        ("lyapkin@example.ru ", ["lyapkin@example.ru"]),
        ("belkin@example,ru", []),
        ("нет почты", []),
        ("a@example.ru; b@example.ru", ["a@example.ru", "b@example.ru"]),
        ("a@example", []),
        ("a b@example.ru", ["b@example.ru"]),
    ],
)
def test_emails_are_normalised_and_never_repaired(text: str, expected: list[str]) -> None:
    assert emails.find_all(text) == expected


def test_a_broken_email_gets_a_suggestion() -> None:
    assert emails.suggestion("belkin@example,ru") == "belkin@example.ru"
