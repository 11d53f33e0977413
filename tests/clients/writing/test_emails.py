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


@pytest.mark.parametrize("address", ["x@mail.ru", "1@mail.ru", "no@mail.ru", "mail@mail.ru"])
def test_a_short_name_under_a_real_domain_is_an_address(address: str) -> None:
    assert emails.normalise(address) == address


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anna@gmial.com", "anna@gmail.com"), ("anna@mailru", "anna@mail.ru"), ("аnna@mail.ru", "anna@mail.ru"),
        ("Anna@Mail.ru", ""), ("anna@example.ru", ""), ("нет", ""), (" ", ""),
    ],
)  # fmt: skip
def test_a_slip_gets_what_was_meant_and_what_is_right_nothing(typed: str, meant: str) -> None:
    assert emails.meant(typed) == meant
