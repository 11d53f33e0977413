"""The cohorts as a page shows them: as many lines as a screen holds, and what they say together before them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from analytics.figures.coming_back import WINDOWS, share
from stores.texts import writing

FIT = 13  # lines: a year of months and the one that goes on
Share = dict[str, Any] | None


class Line(NamedTuple):
    """Newcomers of the days ``first..last`` by name; ``since`` where the quarter is told from a later month on."""

    name: str
    first: date
    last: date
    since: date | None
    clients: int
    windows: list[Share]


def by_months(cohorts: Sequence[dict[str, Any]]) -> list[Line]:
    """The latest first."""
    return [_line([row], writing.month(_first_of(row))) for row in reversed(cohorts)]


def by_quarters(cohorts: Sequence[dict[str, Any]]) -> list[Line]:
    """Months added up, the latest quarter first; the oldest may begin after its first month."""
    lines: list[Line] = []
    for (year, quarter), rows in groupby(cohorts, key=_quarter_of):
        line = _line(list(rows), _quarter_name(year, quarter))
        cut = not lines and line.first.month != 3 * quarter - 2
        lines.append(line._replace(since=line.first) if cut else line)
    return lines[::-1]


def together(cohorts: Sequence[dict[str, Any]]) -> dict[int, Share]:
    """The share of all of them that came again, by window: the answer that the lines take apart."""
    return dict(zip(WINDOWS, _added(cohorts), strict=True)) if cohorts else {}


def _first_of(row: dict[str, Any]) -> date:
    return date.fromisoformat(f"{row['month']}-01")


def _quarter_of(row: dict[str, Any]) -> tuple[int, int]:
    first = _first_of(row)
    return first.year, (first.month + 2) // 3


def _quarter_name(year: int, quarter: int) -> str:
    """``II кв. 2026``, ``Q2 2026``."""
    words = {"n": quarter, "roman": ("I", "II", "III", "IV")[quarter - 1], "year": year}
    return (_("Q%(n)s %(year)s") % words).replace(" ", writing.NBSP)


def _line(rows: Sequence[dict[str, Any]], name: str) -> Line:
    last = (_first_of(rows[-1]) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Line(name, _first_of(rows[0]), last, None, sum(row["clients"] for row in rows), list(_added(rows)))


def _added(rows: Sequence[dict[str, Any]]) -> Iterator[Share]:
    """Each window over all the rows: who came again of those whose days are over."""
    for told in zip(*(row["windows"] for row in rows), strict=True):
        counted = [one for one in told if one]
        yield share(sum(one["n"] for one in counted), sum(one["of"] for one in counted))
