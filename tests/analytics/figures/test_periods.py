"""Periods: their neighbours, their presets, and what an address makes of two days."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from analytics.figures.periods import Period, asked, month, presets

JUNE = date(2026, 6, 17)


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (days("2026-03-01", "2026-03-31"), days("2026-02-01", "2026-02-28")),
        (days("2026-01-01", "2026-12-31"), days("2025-01-01", "2025-12-31")),
        (days("2026-01-01", "2026-03-31"), days("2025-10-01", "2025-12-31")),
        (days("2026-03-05", "2026-03-11"), days("2026-02-26", "2026-03-04")),
        (days("2026-03-01", "2026-03-30"), days("2026-01-30", "2026-02-28")),
    ],
)
def test_before_whole_months_are_whole_months_and_else_as_many_days(period: Period, before: Period) -> None:
    assert period.before() == before
    assert before.last + timedelta(days=1) == period.first


@pytest.mark.parametrize(
    ("period", "year_before"),
    [
        (days("2026-03-05", "2026-03-11"), days("2025-03-05", "2025-03-11")),
        (days("2025-02-01", "2025-02-28"), days("2024-02-01", "2024-02-29")),
        (days("2024-02-01", "2024-02-29"), days("2023-02-01", "2023-02-28")),
        (days("2024-02-29", "2024-03-05"), days("2023-02-28", "2023-03-05")),
        (days("2026-01-01", "2026-12-31"), days("2025-01-01", "2025-12-31")),
    ],
)
def test_a_year_before_is_the_same_days_and_a_whole_february_stays_whole(period: Period, year_before: Period) -> None:
    assert period.year_before() == year_before


def test_a_month_is_known_by_any_of_its_days() -> None:
    assert month(date(2026, 12, 31)) == month(date(2026, 12, 1)) == days("2026-12-01", "2026-12-31")
    assert month(date(2024, 2, 10)) == days("2024-02-01", "2024-02-29")


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (
            JUNE,
            {
                "month": days("2026-06-01", "2026-06-17"), "last-month": days("2026-05-01", "2026-05-31"),
                "quarter": days("2026-04-01", "2026-06-17"), "year": days("2026-01-01", "2026-06-17"),
                "12-months": days("2025-06-01", "2026-05-31"), "last-year": days("2025-01-01", "2025-12-31"),
            },
        ),
        (
            date(2026, 1, 1),
            {
                "month": days("2026-01-01", "2026-01-01"), "last-month": days("2025-12-01", "2025-12-31"),
                "quarter": days("2026-01-01", "2026-01-01"), "year": days("2026-01-01", "2026-01-01"),
                "12-months": days("2025-01-01", "2025-12-31"), "last-year": days("2025-01-01", "2025-12-31"),
            },
        ),
    ],
)  # fmt: skip
def test_what_is_offered_by_one_click(today: date, told: dict[str, Period]) -> None:
    assert {name: period for name, (_words, period) in presets(today).items()} == told


@pytest.mark.parametrize(
    ("said", "key", "period"),
    [
        ({}, "last-month", days("2026-05-01", "2026-05-31")),
        ({"period": "year"}, "year", days("2026-01-01", "2026-06-17")),
        ({"period": "cats"}, "last-month", days("2026-05-01", "2026-05-31")),
        ({"first": "2018-12-01", "last": "2018-12-31", "period": "year"}, "", days("2018-12-01", "2018-12-31")),
        ({"first": "2018-12-01", "last": "2018-12-01"}, "", days("2018-12-01", "2018-12-01")),
    ],
)
def test_an_address_asks_for_a_preset_or_for_two_days(said: dict[str, str], key: str, period: Period) -> None:
    assert asked(said, presets(JUNE), "last-month") == (key, period, "")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("yesterday", "2026-01-01", "These are not two days. Type them as 2018-12-01."),
        ("2026-01-01", "", "These are not two days. Type them as 2018-12-01."),
        ("2026-02-30", "2026-03-01", "These are not two days. Type them as 2018-12-01."),
        ("2026-01-02", "2026-01-01", "The period ends before it begins."),
        ("1989-12-31", "2026-01-01", "Choose days between 1990 and 2200."),
        ("2026-01-01", "2201-01-01", "Choose days between 1990 and 2200."),
    ],
)
def test_days_that_make_no_period_get_words_and_the_usual_one(first: str, last: str, words: str) -> None:
    offered = presets(JUNE)

    with translation.override("en"):
        told = asked({"first": first, "last": last, "period": "year"}, offered, "last-month")

    assert told == ("", offered["last-month"][1], words)
