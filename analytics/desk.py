"""The service desk in figures: how long it takes beside what was promised, what is late, and whom it wins.

Computed live: a chain has thirty times fewer requests than pieces, and a status is no visit that would make a day stale.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Avg, Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from analytics import statistics
from analytics.coming_back import share
from analytics.periods import Period
from analytics.statistics import Interval, Sample
from purchases.models import CHAIN, ClientActivity, Review, ServiceKind, ServiceQuerySet, ServiceRequest, ServiceStatus, Visit
from purchases.reviews import LOW
from stores.models import Store

BECOMES_BUYER = 180  # days
# Below so many an average or a share says nothing.
FEW = 30


# A share as the pages show it: value and bounds in percent, or the words that there are too few.
Told = dict[str, Any] | None


# Kind, store, master, days of intake, readiness and promise.
Row = tuple[Any, ...]


class Turnaround(NamedTuple):
    """Requests that became ready: how many, days of work (median and mean), days promised (mean), and how many were late.

    ``late`` is the share of them with its 95 % interval; ``promised`` requests had a due date.
    """

    name: str
    requests: int
    median_days: float
    mean_days: float
    promised_days: float | None
    promised: int
    late_requests: int
    late: Told


class Won(NamedTuple):
    """Clients whose first visit was to the desk, and how many of them bought within ``BECOMES_BUYER`` days."""

    visitors: int
    buyers: int
    share: Told


class DeskFigures(NamedTuple):
    """``overdue``: open now and past their day, of ``open_now``."""

    total: Turnaround | None
    by_kind: list[Turnaround]
    by_store: list[Turnaround]
    by_master: list[Turnaround]
    open_now: int
    overdue: int
    won: Won


def desk_figures(period: Period, *, stores: Sequence[Store] | None, today: date) -> DeskFigures:
    """Requests that became ready on the period's days (docs/figures.md). Four queries."""
    requests = _of(stores)
    rows: list[Row] = list(
        requests.filter(ready_on__range=tuple(period), ready_on__gte=F("accepted_on")).exclude(status=ServiceStatus.CANCELLED)
        .values_list("kind", "store__name", "master__name", "accepted_on", "ready_on", "due_on")
    )  # fmt: skip
    kinds = dict(ServiceKind.choices)
    now = requests.open().aggregate(open_now=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today) & ~Q(status="ready")))
    return DeskFigures(
        _turnaround("", rows) if rows else None,
        _groups((str(kinds[row[0]]), row) for row in rows),
        _groups((row[1], row) for row in rows),
        _groups((row[2] or "", row) for row in rows),
        now["open_now"], now["overdue"], won(stores=stores, today=today),
    )  # fmt: skip


def _of(stores: Sequence[Store] | None) -> ServiceQuerySet:
    return ServiceRequest.objects.all() if stores is None else ServiceRequest.objects.filter(store__in=stores)


def _groups(named: Iterable[tuple[str, Row]]) -> list[Turnaround]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for name, row in named:
        groups[name].append(row)
    return [_turnaround(name, groups[name]) for name in sorted(groups)]


def _turnaround(name: str, rows: Sequence[Row]) -> Turnaround:
    days = [(ready - accepted).days for _kind, _store, _master, accepted, ready, _due in rows]
    promised = [((due - accepted).days, ready > due) for _kind, _store, _master, accepted, ready, due in rows if due]
    late = sum(was_late for _days, was_late in promised)
    return Turnaround(
        name, len(rows), median(days), sum(days) / len(days),
        sum(promise for promise, _late in promised) / len(promised) if promised else None,
        len(promised), late, share(late, len(promised)),
    )  # fmt: skip


def won(*, stores: Sequence[Store] | None, today: date) -> Won:
    """Of the year of first visits that ended ``BECOMES_BUYER`` days ago, so that each client had the same time. One query."""
    last = today - timedelta(days=BECOMES_BUYER)
    first_bought = Visit.objects.filter(client=OuterRef("client"), scope=CHAIN, items__gt=0).order_by("day").values("day")
    newcomers = ClientActivity.objects.filter(first_day__gt=last - timedelta(days=365), first_day__lte=last)
    brought = ServiceRequest.objects.filter(client=OuterRef("client"), accepted_on=OuterRef("first_day"))
    brought = brought.exclude(status=ServiceStatus.CANCELLED)
    if stores is not None:
        brought = brought.filter(store__in=stores)
    visitors = newcomers.annotate(brought=Subquery(brought.values("pk")[:1]), bought=Subquery(first_bought[:1]))
    days = visitors.filter(brought__isnull=False).values_list("first_day", "bought")
    both = [(first, bought) for first, bought in days if bought != first]
    buyers = sum(bought is not None and (bought - first).days <= BECOMES_BUYER for first, bought in both)
    return Won(len(both), buyers, share(buyers, len(both)))


class Month(NamedTuple):
    """Answers of a month: the mean score and the share of low ones (0…6), each with its interval; no interval below ``FEW``."""

    month: date
    answers: int
    mean: float
    mean_interval: Interval | None
    low_answers: int
    low: Told


class ReviewFigures(NamedTuple):
    months: list[Month]
    by_store: list[tuple[str, int, float, Told]]
    asked: int
    answered: int


def review_figures(*, stores: Sequence[Store] | None, today: date) -> ReviewFigures:
    """Answers of the last twelve months by the month in which they were asked for (docs/figures.md). Three queries."""
    since = (today.replace(day=1) - timedelta(days=335)).replace(day=1)
    asked = Review.objects.filter(asked_on__gte=since)
    if stores is not None:
        asked = asked.filter(store__in=stores)
    answered = asked.filter(score__isnull=False).order_by()
    low, squares = Count("pk", filter=Q(score__lte=LOW)), F("score") * F("score")
    months = answered.annotate(month=TruncMonth("asked_on")).values("month")
    by_month = months.annotate(n=Count("pk"), mean=Avg("score"), low=low, squares=Avg(squares)).order_by("month")
    by_store = answered.values("store__name").annotate(n=Count("pk"), mean=Avg("score"), low=low).order_by("store__name")
    counts = asked.aggregate(asked=Count("pk"), answered=Count("pk", filter=Q(score__isnull=False)), first=Min("asked_on"))
    return ReviewFigures(
        [_month(row) for row in by_month],
        [(row["store__name"], row["n"], row["mean"], share(row["low"], row["n"])) for row in by_store],
        counts["asked"], counts["answered"],
    )  # fmt: skip


def _month(row: Mapping[str, Any]) -> Month:
    size, mean, low = row["n"], float(row["mean"]), row["low"]
    sample = Sample(size, mean * size, float(row["squares"]) * size)
    half = statistics.Z * (sample.variance / size) ** 0.5 if size >= FEW else 0
    interval = Interval(mean, mean - half, mean + half) if size >= FEW else None
    return Month(row["month"], size, mean, interval, low, share(low, size))


def latest_words(stores: Sequence[Store]) -> "QuerySet[Review]":
    """What clients wrote, the newest first. One query."""
    found = Review.objects.filter(store__in=stores, score__isnull=False)
    return found.select_related("client", "store", "errand").order_by("-answered_at")
