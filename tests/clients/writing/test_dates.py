"""Days in any writing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.writing import dates

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14.02.1971", date(1971, 2, 14)),
        ("3.7.85", date(1985, 7, 3)),
        ("March 14th, 1988", date(1988, 3, 14)),
        ("14th of March 1988", date(1988, 3, 14)),
        ("Monday, March 14, 1988", date(1988, 3, 14)),
        ("понедельник, 14 марта 1988 г.", date(1988, 3, 14)),
        ("«14» марта 1988", date(1988, 3, 14)),
        ("14-го марта 1988", date(1988, 3, 14)),
        ("1988-Mar-14", date(1988, 3, 14)),
        ("14.03.1988;", date(1988, 3, 14)),
        ("р. 14.03.1988", date(1988, 3, 14)),
        ("14.03.1988 г. рождения", date(1988, 3, 14)),
        ("1 марта 1990", date(1990, 3, 1)),
        ("1 мар. 1990 г.", date(1990, 3, 1)),
        ("March 1, 1990", date(1990, 3, 1)),
        ("1969-11-30", date(1969, 11, 30)),
        ("1969-11-30 00:00:00", date(1969, 11, 30)),
        ("30/11/1969", date(1969, 11, 30)),
        ("25101", date(1968, 9, 20)),
        ("25101.0", date(1968, 9, 20)),
        ("12.08.51", date(1951, 8, 12)),
        ("12.08.05", date(2005, 8, 12)),
        ("29.02.1976", date(1976, 2, 29)),
        ("03071985", date(1985, 7, 3)),
        ("30.02.1966", None),
        ("29.02.1977", None),
        ("13.13.1980", None),
        ("нет", None),
        ("1985", None),
        ("31231.0", date(1985, 7, 3)),
        ("1985-07-02 23:59:59.9995", date(1985, 7, 3)),
        ("", None),
    ],
)
def test_days_in_any_writing(text: str, expected: date) -> None:
    assert dates.parse(text, TODAY, of_birth=True) == expected


@pytest.mark.parametrize(
    ("born", "problem"),
    [
        (date(1900, 1, 1), "placeholder"),
        (date(2031, 9, 15), "future"),
        (date(1910, 5, 5), "too_old"),
        (date(1951, 8, 12), ""),
        (TODAY, ""),
    ],
)
def test_what_can_be_a_birth_date(born: date, problem: str) -> None:
    assert dates.birth_date_problem(born, TODAY) == problem


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 12, 31)))
def test_a_short_year_comes_back(born: date) -> None:
    assert dates.parse(born.strftime("%d.%m.%y"), TODAY, of_birth=True) == born


@pytest.mark.parametrize(
    ("text", "expected"),
    [("15.12.18", date(2018, 12, 15)), ("21.11.26", TODAY), ("22.11.26", date(1926, 11, 22)), ("5/VII/1985", date(1985, 7, 5)),
     ("05..07.1985", date(1985, 7, 5)), ("05.О7.1985", date(1985, 7, 5)), ("050785", date(1985, 7, 5)),
     ("05.07.1985 (по паспорту)", date(1985, 7, 5)), ("05.07.1985 12:00:00 AM", date(1985, 7, 5))],
)  # fmt: skip
def test_days_that_are_no_birth_dates(text: str, expected: date) -> None:
    assert dates.parse(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("--07-05", 705),
        (" 07-05", 705),
        ("05.07", 705),
        ("5 июля", 705),
        ("29.02", 229),
        ("31.02", None),
        ("1985", None),
        ("", None),
    ],
)
def test_a_day_without_a_year(text: str, expected: int | None) -> None:
    assert dates.without_year(text) == expected


@pytest.mark.parametrize(
    "text", ["2019", "12", "01.06.2030", "10.05.1885", "март 2019", "00.00.0000", "01.01.1970", "03.07.1984"]
)
def test_a_day_on_which_nobody_registered(text: str) -> None:
    assert dates.registration(text, TODAY, date(1985, 7, 3)) is None


def test_a_day_of_registration() -> None:
    assert dates.registration("05.03.2019", TODAY, None) == date(2019, 3, 5)
