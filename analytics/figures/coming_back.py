"""Do newcomers come again? Cohorts, curves, the chance of the next purchase, concentration, and what a point more brings.

Every share counts only clients whose window is over before the day of the figure; the definitions are in docs/figures.md.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil
from typing import Any

from analytics.figures import statistics
from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money
from stores.models import Store
from visits import dialect
from visits.models import CHAIN

WINDOWS = (30, 90, 180, 365)  # days
YEAR = 365
COHORT_MONTHS = 36
LAST_NTH = 10
TOP = 0.2


def share(successes: int, size: int) -> dict[str, Any] | None:
    """A share in per cent with its interval of 95 %, ``few`` where there are too few to say; None of nobody."""
    if not size:
        return None
    found = statistics.wilson(successes, size)
    value, low, high = (round(100 * part, 2) for part in found)
    return {"of": size, "n": successes, "value": value, "low": low, "high": high, "few": size < statistics.FEW}


def cohorts(store: Store | None, period: Period) -> list[dict[str, Any]]:
    """Newcomers by the month of their first visit, and the share that came again within each window. One query."""
    today = period.last
    columns = ", ".join(
        f"SUM(CASE WHEN first_day < %(full_{days})s THEN 1 ELSE 0 END), "
        f"SUM(CASE WHEN first_day < %(full_{days})s AND second_day <= {dialect.plus_days('first_day', days)} THEN 1 ELSE 0 END)"
        for days in WINDOWS
    )
    sql = f"""SELECT {dialect.month_of("first_day")} AS month, COUNT(*), {columns} FROM visits_visit
    WHERE scope = %(scope)s AND day = first_day AND day > %(since)s AND day <= %(today)s GROUP BY 1 ORDER BY 1"""
    full = {f"full_{days}": today - timedelta(days=days) for days in WINDOWS}
    since = months_before(today, COHORT_MONTHS)
    rows = dialect.fetch(sql, {"scope": _scope(store), "since": since, "today": today, **full})
    return [
        {"month": month, "clients": int(clients), "windows": [share(int(counts[n + 1]), int(counts[n])) for n in (0, 2, 4, 6)]}
        for month, clients, *counts in rows
    ]


def _scope(store: Store | None) -> int:
    return store.pk if store else CHAIN


def months_before(day: date, months: int) -> date:
    """The last day before the ``months`` calendar months that end with the month of ``day``."""
    number_of = day.year * 12 + day.month - 1 - months + 1
    return date(number_of // 12, number_of % 12 + 1, 1) - timedelta(days=1)


def curves(store: Store | None, period: Period) -> list[dict[str, Any]]:
    """By year of the first visit: the share that came again by the end of each week, up to a year.

    Kaplan and Meier's estimate, so that who first came last month counts for the weeks that have passed. One query.
    """
    today = period.last
    gap = f"{dialect.days_between('second_day', 'first_day')} / 7"
    seen = f"{dialect.days_between(dialect.day('today'), 'first_day')} / 7"
    sql = f"""SELECT {dialect.year_of("first_day")} AS year, CASE WHEN second_day <= %(today)s THEN {gap} END, {seen}, COUNT(*)
    FROM visits_visit WHERE scope = %(scope)s AND day = first_day AND day > %(since)s AND day <= %(today)s GROUP BY 1, 2, 3"""
    since = months_before(today, COHORT_MONTHS)
    by_year: dict[str, list[tuple[int | None, int, int]]] = defaultdict(list)
    for year, event, censored, clients in dialect.fetch(sql, {"scope": _scope(store), "since": since, "today": today}):
        by_year[year].append((event, int(censored), int(clients)))
    return [
        {"year": year, "clients": sum(n for *_weeks, n in rows), "weeks": came_again_by_week(rows)}
        for year, rows in sorted(by_year.items())
    ]


def came_again_by_week(rows: list[tuple[int | None, int, int]], weeks: int = 52) -> list[float]:
    """Kaplan and Meier's estimate in per cent at the end of each week for which at least ``FEW`` are still watched.

    ``rows``: (week of the second visit or None, whole weeks watched, clients).
    """
    came, left = [0] * (weeks + 1), [0] * (weeks + 2)
    for event, watched, clients in rows:
        if event is not None and event <= weeks:
            came[event] += clients
        else:
            left[min(watched, weeks + 1)] += clients
    at_risk, alone, curve = sum(n for *_weeks, n in rows), 1.0, []
    for week in range(weeks):
        if at_risk < statistics.FEW:
            break
        alone *= 1 - came[week] / at_risk
        at_risk -= came[week] + left[week]
        curve.append(round(100 * (1 - alone), 2))
    return curve


def next_purchase(store: Store | None, period: Period) -> dict[str, Any]:
    """The chance that a buyer's n-th buying day is followed by another within a year, for n = 1, 2, … One query.

    Days are numbered by the chain; with a store the n-th day counts if it was in that store. Of newcomers it is n = 1, of
    regulars all later ones.
    """
    here = theirs = ""
    if store:
        theirs = "AND client_id IN (SELECT client_id FROM visits_visit WHERE scope = %(scope)s)"
        here = "JOIN visits_visit s ON s.scope = %(scope)s AND s.client_id = d.client_id AND s.day = d.day AND s.items > 0"
    sql = f"""
    SELECT CASE WHEN d.n > {LAST_NTH} THEN {LAST_NTH + 1} ELSE d.n END AS nth, COUNT(*),
           SUM(CASE WHEN d.next_day <= {dialect.plus_days("d.day", YEAR)} THEN 1 ELSE 0 END)
    FROM (SELECT client_id, day, ROW_NUMBER() OVER told AS n, LEAD(day) OVER told AS next_day FROM visits_visit
          WHERE scope = 0 AND items > 0 {theirs} WINDOW told AS (PARTITION BY client_id ORDER BY day)) d {here}
    WHERE d.day < %(full)s GROUP BY 1 ORDER BY 1"""
    rows = dialect.fetch(sql, {"full": period.last - timedelta(days=YEAR), "scope": _scope(store)})
    counts = {int(nth): (int(again or 0), int(days)) for nth, days, again in rows}
    later = [count for nth, count in counts.items() if nth > 1]
    return {
        "nth": [{"nth": nth, **(share(*count) or {})} for nth, count in counts.items()],
        "newcomers": share(*counts.get(1, (0, 0))),
        "regulars": share(sum(again for again, _days in later), sum(days for _again, days in later)),
    }


def concentration(store: Store | None, period: Period) -> dict[str, Any]:
    """How the revenue of the last 365 days lies on its buyers, the largest first: a Lorenz curve. One query.

    ``points``: shares of buyers and of revenue in per cent; ``top``: the revenue share of the best fifth.
    """
    sql = """
    SELECT part, COUNT(*), SUM(total) FROM (
        SELECT total, NTILE(100) OVER (ORDER BY total DESC) AS part FROM (
            SELECT client_id, SUM(total) AS total FROM visits_visit
            WHERE scope = %s AND day > %s AND day <= %s GROUP BY client_id HAVING SUM(items) > 0) sums) parts
    GROUP BY part ORDER BY part"""
    rows = dialect.fetch(sql, [_scope(store), period.last - timedelta(days=YEAR), period.last])
    parts = [(int(clients), money(revenue)) for _part, clients, revenue in rows]
    buyers, revenue = sum(n for n, _sum in parts), sum((total for _n, total in parts), Decimal(0))
    points, seen, summed = [(0.0, 0.0)], 0, Decimal(0)
    for clients, total in parts:
        seen, summed = seen + clients, summed + total
        points.append((round(100 * seen / buyers, 2), float(round(100 * summed / revenue, 2)) if revenue else 0.0))
    return {"buyers": buyers, "revenue": number(revenue), "points": points, "top": _at(points, 100 * TOP), "few": buyers < 30}


def _at(points: list[tuple[float, float]], wanted: float) -> float | None:
    """The revenue share at a share of buyers, on the straight line between two points; None without buyers."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= wanted <= x1 and x1 > x0:
            return round(y0 + (y1 - y0) * (wanted - x0) / (x1 - x0), 1)
    return None


def sensitivity(store: Store | None, period: Period) -> dict[str, Any]:
    """What one point more of the newcomers coming again would bring in a year. Two queries.

    Newcomers of the 365 days whose own year is over; what those who came again spent in it after the first day, each.
    """
    until, since = period.last - timedelta(days=YEAR), period.last - timedelta(days=2 * YEAR)
    within = dialect.plus_days("f.first_day", YEAR)
    newcomers, again = dialect.fetch(
        f"""SELECT COUNT(*), SUM(CASE WHEN second_day <= {within} THEN 1 ELSE 0 END) FROM visits_visit f
        WHERE scope = %s AND day = first_day AND day >= %s AND day < %s""",
        [_scope(store), since, until],
    )[0]
    ((later,),) = dialect.fetch(
        f"""SELECT SUM(v.total) FROM visits_visit f JOIN visits_visit v
        ON v.client_id = f.client_id AND v.scope = 0 AND v.day > f.first_day AND v.day <= {within}
        WHERE f.scope = %s AND f.day = f.first_day AND f.day >= %s AND f.day < %s""",
        [_scope(store), since, until],
    )
    each = money(later or 0) / again if again else None
    more = ceil(newcomers / 100)
    return {
        "newcomers": newcomers, "again": share(int(again or 0), newcomers), "each": number(each), "more_clients": more,
        "brings": number(each * newcomers / 100) if each is not None else None,
    }  # fmt: skip


PARTS = (
    ("cohorts", cohorts), ("curves", curves), ("next", next_purchase), ("concentration", concentration),
    ("sensitivity", sensitivity),
)  # fmt: skip
