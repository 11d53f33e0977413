"""Whether a certificate of another system still holds, by its words; what is not clear is asked."""

from datetime import date

import pytest

from loyalty.certificates import states


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Активен", states.HOLDS), ("Продан", states.HOLDS), ("active", states.HOLDS), ("Аннулирован", states.CANCELLED),
        ("Недействителен", states.CANCELLED), ("disabled", states.CANCELLED), ("Использован", states.USED), ("redeemed", states.USED),
        ("used", states.USED), ("Не активен", ""), ("Частично использован", ""), ("Использован?", ""), ("Просрочен", ""), ("5000", ""),
    ],
)  # fmt: skip
def test_a_state(text: str, meaning: str) -> None:
    assert states.state(text) == meaning


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("12 месяцев", date(2027, 1, 31)),
        ("1 мес.", date(2026, 2, 28)),
        ("2 года", date(2028, 1, 31)),
        ("31.12.2027", None),
        ("", None),
    ],
)
def test_a_term(text: str, until: date | None) -> None:
    assert states.term(text, date(2026, 1, 31)) == until


@pytest.mark.parametrize(
    ("text", "yes"), [("", False), ("нет", False), ("0", False), ("да", True), ("01.02.2026", True), ("брак", True)]
)
def test_a_mark(text: str, yes: bool) -> None:
    assert states.says_yes(text) is yes
