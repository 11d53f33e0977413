"""The few things about days that SQLite and PostgreSQL say differently, as pieces of SQL. Public.

Arguments are our own column names and whole numbers, never what somebody typed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from stores.bases import replica


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def day(name: str) -> str:
    """A day among the query's named parameters, where its type must be told."""
    return f"CAST(%({name})s AS date)" if is_postgres() else f"%({name})s"


def days_between(later: str, earlier: str) -> str:
    """Whole days from one day to another."""
    if is_postgres():
        return f"({later} - {earlier})"
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


def plus_days(day: str, days: str | int) -> str:
    """A day so many whole days later; ``days`` is a number or an expression of one."""
    if is_postgres():
        return f"({day} + CAST({days} AS integer))"
    return f"date({day}, CAST({days} AS integer) || ' days')"


def month_of(day: str) -> str:
    """``2026-03``."""
    return f"to_char({day}, 'YYYY-MM')" if is_postgres() else f"strftime('%%Y-%%m', {day})"


def year_of(day: str) -> str:
    """``2026``."""
    return f"to_char({day}, 'YYYY')" if is_postgres() else f"strftime('%%Y', {day})"


def week_of(day: str) -> str:
    """The Monday of a day's week, as ``2026-03-02``."""
    if is_postgres():
        return f"to_char(date_trunc('week', {day}::timestamp), 'YYYY-MM-DD')"
    return f"date({day}, '-6 days', 'weekday 1')"


def weekday_of(day: str) -> str:
    """1 for Monday to 7 for Sunday."""
    if is_postgres():
        return f"CAST(extract(isodow FROM {day}) AS integer)"
    return f"((CAST(strftime('%%w', {day}) AS INTEGER) + 6) %% 7 + 1)"


def least(one: str | float, other: str | float) -> str:
    """The smaller of two."""
    return f"{'LEAST' if is_postgres() else 'MIN'}({one}, {other})"


def fetch(sql: str, params: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query that only reads."""
    with replica.connection().cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
