from datetime import date

import pytest

from clients.searching import days
from clients.searching.days import Born

TODAY = date(2026, 6, 17)
BORN = date(1988, 3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "14.03.1988", "14.3.1988", "1988-03-14", "14/03/1988", "14-03-1988", "14 марта 1988", "14 мар. 1988 г.", "14 марта 1988 г.р.",
        "March 14, 1988", "14 March 1988",
    ],
)  # fmt: skip
def test_a_birth_date_is_read_in_any_usual_writing(text: str) -> None:
    assert days.birth_date(text, TODAY) == Born(BORN)


@pytest.mark.parametrize("text", ["Борисова 14.03.1988", "14 марта 1988 Борисова", "Борисова, 1988-03-14"])
def test_a_surname_may_stand_beside_it(text: str) -> None:
    assert days.birth_date(text, TODAY) == Born(BORN, "Борисова")


@pytest.mark.parametrize(
    "text", ["8 914 555-01-01", "14.03.2088", "01.01.1900", "31.02.1988", "Жукова", "1-000777", "14.03.1988 777"]
)
def test_what_is_no_birth_date_is_none(text: str) -> None:
    assert days.birth_date(text, TODAY) is None


@pytest.mark.parametrize("text", ["14.03.88", "14 03 1988", "14-03-88", "14031988", "19880314"])
def test_digits_alone_may_be_a_birth_date(text: str) -> None:
    assert days.short_birth_date(text, TODAY) == Born(BORN)


@pytest.mark.parametrize("text", ["98765", "555-01-01", "12/34-56", "99999999", ""])
def test_other_digits_are_none(text: str) -> None:
    assert days.short_birth_date(text, TODAY) is None
