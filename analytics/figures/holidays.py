"""What holidays bring: revenue a day of regulars and of newcomers, against ordinary days around (docs/figures.md)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.figures.periods import Period
from stores.models import Store
from visits import dialect
from visits.models import CHAIN

# Key: name, the first and the last day of its weeks (month, day) in a year.
HOLIDAYS: dict[str, tuple[str | Promise, tuple[int, int], tuple[int, int]]] = {
    "valentine": (_("14 February"), (2, 8), (2, 14)),
    "defenders": (_("23 February"), (2, 17), (2, 23)),
    "women": (_("8 March"), (3, 2), (3, 8)),
    "new-year": (_("New Year"), (12, 18), (12, 31)),
}
# Days around that are compared with, as far as they are of no holiday; the fewest of them that say anything.
AROUND, FEWEST = 28, 14
DAYS = """
SELECT day, SUM(CASE WHEN day > first_day THEN total ELSE 0 END), SUM(CASE WHEN day = first_day THEN total ELSE 0 END),
  SUM(CASE WHEN day > first_day AND items > 0 THEN 1 ELSE 0 END), SUM(CASE WHEN day = first_day AND items > 0 THEN 1 ELSE 0 END)
FROM visits_visit WHERE scope = %s AND day BETWEEN %s AND %s GROUP BY day
"""


class Sums(NamedTuple):
    """Of days: how many there are, revenue and buying days of regulars and of newcomers."""

    days: int
    revenue: tuple[float, float]
    buyers: tuple[int, int]


def holidays(store: Store | None, period: Period) -> list[dict[str, Any]]:
    """A row for each holiday whose days lie in the period, the newest first. One query."""
    windows = {(key, window.first.year): window for key, window in _windows(period.first.year - 1, period.last.year + 1)}
    asked = {known: window for known, window in windows.items() if period.first <= window.first and window.last <= period.last}
    if not asked:
        return []
    around = timedelta(days=AROUND)
    sums: dict[date, tuple[Any, ...]] = defaultdict(lambda: (0, 0, 0, 0))
    span = (min(one.first for one in asked.values()) - around, max(one.last for one in asked.values()) + around)
    for day, *values in dialect.fetch(DAYS, [store.pk if store else CHAIN, *span]):
        sums[date.fromisoformat(str(day)[:10])] = tuple(values)
    festive = {day for window in windows.values() for day in _days(window)}
    rows = []
    for (key, year), window in sorted(asked.items(), key=lambda one: one[1].first, reverse=True):
        wide = Period(window.first - around, min(window.last + around, period.last))
        ordinary = [day for day in _days(wide) if day not in festive]
        rows.append({"holiday": key, "year": year, **_uplift(_sum(list(_days(window)), sums), _sum(ordinary, sums))})
    return rows


def _windows(first: int, last: int) -> Iterator[tuple[str, Period]]:
    for year in range(first, last + 1):
        for key, (_name, begin, end) in HOLIDAYS.items():
            yield key, Period(date(year, *begin), date(year, *end))


def _days(period: Period) -> Iterator[date]:
    for n in range((period.last - period.first).days + 1):
        yield period.first + timedelta(days=n)


def _sum(days: list[date], sums: dict[date, tuple[Any, ...]]) -> Sums:
    columns = [sum(float(sums[day][n] or 0) for day in days) for n in range(4)]
    return Sums(len(days), (columns[0], columns[1]), (int(columns[2]), int(columns[3])))


def _uplift(festive: Sums, ordinary: Sums) -> dict[str, Any]:
    """Revenue a day in both, and by how many per cent it is more; None where there is too little to compare with."""
    told: dict[str, Any] = {"days": festive.days, "around": ordinary.days}
    for n, name in enumerate(("regular", "newcomer")):
        each, usual = (one.revenue[n] / one.days if one.days else 0.0 for one in (festive, ordinary))
        enough = ordinary.days >= FEWEST and usual > 0
        told[name] = {
            "buyers": festive.buyers[n], "a_day": round(each, 2), "usual_day": round(usual, 2),
            "more": round(100 * (each / usual - 1), 1) if enough else None,
        }  # fmt: skip
    return told


def reach(period: Period) -> date:
    """Days around a holiday that begins with the period."""
    return period.first - timedelta(days=AROUND)


PARTS = (("holidays", holidays),)
