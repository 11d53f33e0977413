"""What the figures of a board rest on: its snapshots in one question, and the till of each of its stores in two.

Nothing is computed here while somebody waits: a snapshot that is missing is left to a worker.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q

from analytics import snapshots
from analytics.boards import tills
from analytics.figures import periods, report_json
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.figures.returning import Month, ReturningReport
from analytics.models import Snapshot
from stores.models import Store
from visits.models import CHAIN

MONTHS = 13  # of a chart
BEFORE, TILL = "<", "till"


class Wanted(NamedTuple):
    """A snapshot by what it is known by."""

    figure: str
    scope: int
    first: date
    last: date


def wanted(need: str, scope: int, period: Period, today: date) -> Wanted:
    """What a need of a figure asks for: ``returning`` over the period, ``returning<`` over the one before it."""
    name = need.removesuffix(BEFORE)
    if FIGURES[name].standing:
        return Wanted(name, scope, today, today)
    days = period.before() if need.endswith(BEFORE) else period
    return Wanted(name, scope, *(periods.month(days.last) if name == "months" else days))


class Found(NamedTuple):
    """What there is of what a board wants."""

    kept: dict[Wanted, Snapshot]
    tills: dict[int, tills.Days]

    @property
    def oldest(self) -> Snapshot | None:
        return min(self.kept.values(), key=lambda one: str(one.computed_at), default=None)


def find(asked: Iterable[Wanted], till_scopes: Iterable[int], today: date) -> Found:
    """Three queries at most, however many are asked for."""
    wishes, scopes = set(asked), set(till_scopes)
    return Found(_kept(wishes) if wishes else {}, tills.by_day(scopes, today) if scopes else {})


def _kept(wishes: set[Wanted]) -> dict[Wanted, Snapshot]:
    """A standing figure serves until the next night's, as on its own page."""
    asked = Q()
    for one in wishes:
        days = Q(last__lte=one.last) if FIGURES[one.figure].standing else Q(first=one.first, last=one.last)
        asked |= Q(figure=one.figure, scope=one.scope) & days
    rows = list(Snapshot.objects.filter(asked, data__isnull=False).order_by("last"))
    standing = {(row.figure, row.scope): row for row in rows if FIGURES[row.figure].standing}
    exact = {Wanted(row.figure, row.scope, row.first, row.last): row for row in rows}
    found = {one: standing.get((one.figure, one.scope)) or exact.get(one) for one in wishes}
    return {one: row for one, row in found.items() if row}


class Told:
    """What a figure of a board is made of: one scope, one period, the snapshots there are."""

    def __init__(self, found: Found, scope: int, period: Period, today: date) -> None:
        self.found, self.scope, self.period, self.today = found, scope, period, today

    def data(self, need: str) -> dict[str, Any]:
        told: dict[str, Any] = self.found.kept[wanted(need, self.scope, self.period, self.today)].data or {}
        return told

    def missing(self, needs: Iterable[str]) -> list[Wanted]:
        asked = (wanted(need, self.scope, self.period, self.today) for need in needs if need != TILL)
        return [one for one in asked if one not in self.found.kept]

    @cached_property
    def report(self) -> ReturningReport:
        return report_json.from_json(self.data("returning")["report"])

    @cached_property
    def report_before(self) -> ReturningReport:
        return report_json.from_json(self.data("returning<")["report"])

    @cached_property
    def months(self) -> list[Month]:
        return [report_json.month_from_json(month) for month in self.data("months")["months"][-MONTHS:]]

    @property
    def till(self) -> tills.Days:
        return self.found.tills[self.scope]


def compute(missing: Iterable[Wanted]) -> int:
    """Compute and keep what is not kept yet. Returns how many."""
    asked = list(missing)
    there = _kept(set(asked)) if asked else {}
    stores = Store.objects.in_bulk({one.scope for one in asked} - {CHAIN})
    made = 0
    for one in asked:
        if one not in there and (one.scope == CHAIN or one.scope in stores):
            snapshots.keep(FIGURES[one.figure], Period(one.first, one.last), stores.get(one.scope))
            made += 1
    return made
