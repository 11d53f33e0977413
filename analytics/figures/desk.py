"""How the service desk keeps its word, and whom it wins (docs/figures.md).

Rows of the desk are few beside those of the till, so they are counted in Python: medians are then the same on every base.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from statistics import mean, median
from typing import Any, NamedTuple

from django.db.models import Min
from django.db.models.functions import Coalesce

from analytics.figures.coming_back import share
from analytics.figures.periods import Period
from purchases.models import Piece
from stores.models import Store
from workshop.models import Master, ServiceRequest, ServiceStatus

BUYS_WITHIN = 180  # days
YEAR = 365


class HandedOut(NamedTuple):
    """A request that was handed out, with what its figures need; ``ready`` is the day of handing out where none was noted."""

    store: int
    kind: str
    master: int | None
    taken_in: date
    ready: date
    due: date | None

    @property
    def days(self) -> int:
        return (self.ready - self.taken_in).days


def kept_word(store: Store | None, period: Period) -> dict[str, Any]:
    """Requests handed out in the period: all, and by store, kind and master. Three queries."""
    rows = _handed_out(store, period)
    stores = dict(Store.objects.values_list("pk", "name"))
    masters = dict(Master.objects.values_list("pk", "name"))
    return {
        "total": _row(rows),
        "by_store": _table(rows, lambda row: row.store, stores),
        "by_kind": _table(rows, lambda row: row.kind, {}),
        "by_master": _table(rows, lambda row: row.master, masters),
    }


def _handed_out(store: Store | None, period: Period) -> list[HandedOut]:
    found = ServiceRequest.objects.filter(status=ServiceStatus.HANDED_OUT, closed_on__range=period)
    if store:
        found = found.filter(store=store)
    facts = found.order_by().values_list(
        "store_id", "kind", "master_id", "accepted_on", Coalesce("ready_on", "closed_on"), "due_on"
    )
    return [HandedOut(*row) for row in facts.iterator(chunk_size=2_000)]


def _table(rows: Iterable[HandedOut], key: Callable[[HandedOut], Any], names: dict[Any, str]) -> list[dict[str, Any]]:
    groups: dict[Any, list[HandedOut]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    told = [{"key": key, "name": names.get(key, ""), **_row(group)} for key, group in groups.items()]
    return sorted(told, key=lambda row: (row["name"], str(row["key"])))


def _row(rows: list[HandedOut]) -> dict[str, Any]:
    """``days`` from intake to ready, ``promised`` from intake to the day that was promised; null of nothing."""
    promised = [(row, row.due) for row in rows if row.due]
    days = [row.days for row in rows]
    return {
        "handed_out": len(rows),
        "median_days": median(days) if days else None,
        "mean_days": round(mean(days), 1) if days else None,
        "median_promised": median((due - row.taken_in).days for row, due in promised) if promised else None,
        "overdue": share(sum(row.ready > due for row, due in promised), len(promised)),
    }


def won(store: Store | None, period: Period) -> dict[str, Any]:
    """Clients who first came for a service and had bought nothing: how many bought within 180 days. Two queries.

    Of the year that ended 180 days before the period's last day, so that everybody's days are over.
    """
    until = period.last - timedelta(days=BUYS_WITHIN)
    requests = ServiceRequest.objects.exclude(status=ServiceStatus.CANCELLED)
    if store:
        requests = requests.filter(store=store)
    first_services = requests.order_by().values("client").annotate(first=Min("accepted_on"))
    came = first_services.filter(first__range=(until - timedelta(days=YEAR - 1), until))
    days = dict(came.values_list("client", "first"))
    kept = Piece.objects.kept().filter(purchase__client__in=came.values("client"), purchase__sold_on__lte=period.last)
    bought = dict(kept.order_by().values_list("purchase__client").annotate(Min("purchase__sold_on")))
    new = [(day, bought.get(client)) for client, day in days.items() if client not in bought or bought[client] > day]
    buyers = sum(1 for day, first in new if first and first <= day + timedelta(days=BUYS_WITHIN))
    return {"buyers": share(buyers, len(new)), "within": BUYS_WITHIN}


PARTS = (("kept_word", kept_word), ("won", won))
