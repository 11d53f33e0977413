"""What to expect of clients: the model of visits fitted to the chain, kept for their rhythms, and checked by a year withheld.

A module of its own beside ``worth.py``, whose questions and cut points every process reads: numpy and scipy take 48 MB, and only
the night and a page that computes this part need them.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.figures import lifetime
from analytics.figures.lifetime import Floats, Histories, Model
from analytics.figures.periods import Period
from stores.models import Store
from visits import dialect, rhythm
from visits.models import LifeModel

YEAR = 365
SAMPLE = 20_000
Parts = list[tuple[str, NDArray[np.bool_]]]


def histories(until: date) -> Histories:
    """The chain's clients as of a day, those alike by the week together. One query."""
    lived = dialect.days_between(dialect.day("until"), "MIN(day)")
    sql = f"""
    SELECT x, seen, age, COUNT(*) FROM (
        SELECT COUNT(*) - 1 AS x, {dialect.days_between("MAX(day)", "MIN(day)")} / 7 AS seen, {lived} / 7 AS age
        FROM visits_visit WHERE scope = 0 AND day <= %(until)s GROUP BY client_id) told GROUP BY x, seen, age"""
    rows = np.array(dialect.fetch(sql, {"until": until}) or np.empty((0, 4)), dtype=float)
    # Whole weeks stand for their middle, but nobody's last visit is after the day itself.
    seen = np.where(rows[:, 0] > 0, rows[:, 1] * 7 + 3, 0)
    return Histories(rows[:, 0], seen, np.maximum(rows[:, 2] * 7 + 3, seen), rows[:, 3])


def fit_model(today: date) -> LifeModel | None:
    """Fit the model to all clients and keep it for their rhythms; None where too few have come again."""
    told = histories(today)
    model = lifetime.fit(told)
    if model is None:
        return None
    spending = lifetime.fit_spending(*_spent(today))
    clients = int(told.clients.sum())
    return rhythm.keep_model(
        r=model.r, alpha=model.alpha, a=model.a, b=model.b, spending=spending, clients=clients, fitted_on=today
    )


def model_told(store: Store | None, period: Period) -> dict[str, Any] | None:
    """What the model says, and how it did where it could not look: fitted to all but the last year, asked about that year.

    The chain's alone: None with a store, and where nothing is fitted yet. ``checked``: by visits before, how many visits
    the model expected and how many came.
    """
    kept = None if store else LifeModel.objects.first()
    if kept is None:
        return None
    model, told = Model(kept.r, kept.alpha, kept.a, kept.b), histories(period.last)
    spending = _spending(period.last)
    by_visits = [(name, (told.x >= low) & (told.x <= high)) for name, low, high in _BY_VISITS]
    first_years = np.array([(period.last - timedelta(days=int(age))).year for age in told.age])
    by_year = [(str(year), first_years == year) for year in sorted(set(first_years))]
    return {
        "fitted_on": kept.fitted_on.isoformat(), "clients": kept.clients, "spending": spending,
        "rows": _ahead(model, told, by_visits, spending), "years": _ahead(model, told, by_year, spending),
        "checked": checked(period.last),
    }  # fmt: skip


def _ahead(model: Model, told: Histories, parts: Parts, spending: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each part of the clients: how likely they still come, and the visits and revenue of the coming year.

    A visit brings what gamma-gamma expects of clients with so many.
    """
    ahead, alive = told.clients * model.expected(told, YEAR), told.clients * model.alive(told)
    sums = {row["visits"]: float(row["expected"]) for row in spending}
    worth = np.zeros(len(told.x))
    for name, low, high in _BY_VISITS:
        worth[(told.x >= low) & (told.x <= high)] = sums.get(name, 0.0)
    return [
        {
            "visits": name, "clients": int(many), "alive": round(100 * float(alive[chosen].sum()) / many, 1),
            "ahead": round(float(ahead[chosen].sum()), 1),
            "revenue": round(float((ahead * worth)[chosen].sum())) if sums else None,
            "each": round(float((ahead * worth)[chosen].sum()) / many) if sums else None,
        }
        for name, chosen in parts
        if (many := float(told.clients[chosen].sum()))
    ]  # fmt: skip


_BY_VISITS = (("1", 0, 0), ("2", 1, 1), ("3–5", 2, 4), ("6+", 5, 10**9))


def checked(today: date) -> list[dict[str, Any]]:
    """A year withheld: the model fitted to what was known before it, against what came in it. One query more than the fit."""
    cut = today - timedelta(days=YEAR)
    told = histories(cut)
    model = lifetime.fit(told)
    if model is None:
        return []
    sql = """
    SELECT before, COUNT(*), SUM(later) FROM (
        SELECT SUM(CASE WHEN day <= %(cut)s THEN 1 ELSE 0 END) - 1 AS before,
               SUM(CASE WHEN day > %(cut)s THEN 1 ELSE 0 END) AS later
        FROM visits_visit WHERE scope = 0 AND day <= %(today)s GROUP BY client_id) told WHERE before >= 0 GROUP BY before"""
    came = [(int(x), int(n), int(later)) for x, n, later in dialect.fetch(sql, {"cut": cut, "today": today})]
    ahead = told.clients * model.expected(told, YEAR)
    rows = []
    for name, low, high in _BY_VISITS:
        clients = sum(n for x, n, _later in came if low <= x <= high)
        if clients:
            expected = float(ahead[(told.x >= low) & (told.x <= high)].sum())
            actual = sum(later for x, _n, later in came if low <= x <= high)
            rows.append({"visits": name, "clients": clients, "expected": round(expected, 1), "actual": actual})
    return rows


def _spent(until: date) -> tuple[Floats, Floats]:
    """Visits of those who have bought, and what they leave in one on average, over a sample. One query.

    A visit to the service desk is one that brought nothing, as it is one of those that the model expects.
    """
    sql = f"""SELECT COUNT(*), SUM(total) / COUNT(*) FROM visits_visit WHERE scope = 0 AND day <= %s
    GROUP BY client_id HAVING SUM(total) > 0 ORDER BY client_id LIMIT {SAMPLE}"""
    found = np.array(dialect.fetch(sql, [until]) or np.empty((0, 2)), dtype=float)
    return found[:, 0], found[:, 1]


def _spending(today: date) -> list[dict[str, Any]]:
    """What a buyer leaves in a visit, by gamma-gamma, beside their own mean, by number of visits. Over a sample."""
    visits, own = _spent(today)
    model = lifetime.fit_spending(visits, own)
    if model is None:
        return []
    ahead = model.expected(visits, own)
    rows = []
    for name, low, high in _BY_VISITS:
        chosen = (visits > low) & (visits <= high + 1)
        if chosen.any():
            rows.append({
                "visits": name, "buyers": int(chosen.sum()), "own": round(float(own[chosen].mean())),
                "expected": round(float(ahead[chosen].mean())),
            })  # fmt: skip
    return rows
