"""What changed most, and where: the last 28 days against the 28 days before and against the same 28 days a year ago.

A year is 364 days here, so that weekdays meet their like. Each change is told by the store, kind or group that moved the
sum most.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from analytics.figures import breakdown
from analytics.figures.breakdown import Cell
from analytics.figures.periods import Period
from analytics.figures.report_json import number
from stores.models import Store

DAYS = 28
SAME_WEEKDAYS = 364
MOST_TOLD = 3
MOST_STEPS = 5


class Mover(NamedTuple):
    """A store, kind or group and how its revenue moved."""

    what: str
    key: Any
    name: str
    now: Decimal
    before: Decimal

    @property
    def moved(self) -> Decimal:
        return self.now - self.before


def changed(store: Store | None, period: Period) -> dict[str, Any]:
    """Against the days before and against last year, the largest movers first. Two queries each over 28 days of pieces."""
    last = Period(period.last - timedelta(days=DAYS - 1), period.last)
    now = breakdown.cells(store, last)
    names = {place.pk: place.name for place in Store.objects.all()}
    return {
        "days": [day.isoformat() for day in last],
        **{
            name: _against(now, breakdown.cells(store, _earlier(last, days)), names, one_store=store is not None)
            for name, days in (("before", DAYS), ("year", SAME_WEEKDAYS))
        },
    }


def _earlier(period: Period, days: int) -> Period:
    return Period(period.first - timedelta(days=days), period.last - timedelta(days=days))


def _against(now: list[Cell], before: list[Cell], names: dict[int, str], *, one_store: bool) -> dict[str, Any]:
    movers = [
        *([] if one_store else _movers("store", now, before, lambda cell: cell.store, names)),
        *_movers("kind", now, before, lambda cell: cell.kind, {}),
        *_movers("group", now, before, lambda cell: "regular" if cell.regular else "newcomer", {}),
    ]
    movers.sort(key=lambda mover: -abs(mover.moved))
    told = [
        {"what": m.what, "key": m.key, "name": m.name, "now": number(m.now), "before": number(m.before), "moved": number(m.moved)}
        for m in movers[:MOST_TOLD]
    ]
    way = "kind" if one_store else "store"
    steps = _steps([mover for mover in movers if mover.what == way])
    return {"now": number(_sum(now)), "before": number(_sum(before)), "movers": told, "steps": steps}


def _steps(movers: list[Mover]) -> list[dict[str, Any]]:
    """What leads from one sum to the other, one way of dividing it: the largest by name, the others as one rest."""
    named, others = movers[:MOST_STEPS], movers[MOST_STEPS:]
    if others:
        before, now = (sum((getattr(mover, side) for mover in others), Decimal(0)) for side in ("before", "now"))
        named.append(Mover("rest", None, "", now, before))
    return [{"what": m.what, "key": m.key, "name": m.name, "moved": number(m.moved)} for m in named]


def _sum(cells: list[Cell]) -> Decimal:
    return sum((cell.revenue for cell in cells), Decimal(0))


def _movers(what: str, now: list[Cell], before: list[Cell], key: Callable[[Cell], Any], names: dict[int, str]) -> list[Mover]:
    sums: dict[Any, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for side, cells in enumerate((now, before)):
        for cell in cells:
            sums[key(cell)][side] += cell.revenue
    return [Mover(what, value, names.get(value, ""), *sides) for value, sides in sums.items() if sides[0] != sides[1]]


PARTS = (("changes", changed),)
