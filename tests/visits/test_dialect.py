"""Pieces of SQL about days, said to the database that runs the tests."""

from datetime import date

import pytest

from visits import dialect

pytestmark = pytest.mark.django_db

FRIDAY = "CAST('2026-01-02' AS date)" if dialect.is_postgres() else "'2026-01-02'"
NEW_YEAR = "CAST('2025-12-31' AS date)" if dialect.is_postgres() else "'2025-12-31'"


def said(sql: str, **params: date) -> str:
    """The one value of an expression."""
    # Like all our SQL it is said with parameters, so that its percent signs are written twice.
    ((value,),) = dialect.fetch(f"SELECT {sql}", params)
    return str(value)


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        (dialect.days_between(FRIDAY, NEW_YEAR), "2"), (dialect.days_between(NEW_YEAR, FRIDAY), "-2"),
        (dialect.plus_days(NEW_YEAR, 2), "2026-01-02"), (dialect.plus_days(NEW_YEAR, "1 + 1"), "2026-01-02"),
        (dialect.plus_days(FRIDAY, -2), "2025-12-31"), (dialect.least(2, 1.5), "1.5"), (dialect.least("1", "2"), "1"),
    ],
)  # fmt: skip
def test_days_are_counted_across_the_year(sql: str, value: str) -> None:
    assert said(sql) == value


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        (dialect.month_of("{day}"), "2026-01"), (dialect.year_of("{day}"), "2026"), (dialect.week_of("{day}"), "2025-12-29"),
        (dialect.weekday_of("{day}"), "5"),
    ],
)  # fmt: skip
def test_a_day_is_of_its_month_year_week_and_weekday(sql: str, value: str) -> None:
    assert said(sql.format(day=dialect.day("day")), day=date(2026, 1, 2)) == value


@pytest.mark.parametrize(("day", "monday", "weekday"), [(5, "2026-01-05", "1"), (4, "2025-12-29", "7")])
def test_a_week_begins_on_monday_and_ends_on_sunday(day: int, monday: str, weekday: str) -> None:
    given = date(2026, 1, day)

    assert said(dialect.week_of(dialect.day("day")), day=given) == monday
    assert said(dialect.weekday_of(dialect.day("day")), day=given) == weekday
