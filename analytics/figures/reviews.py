"""How clients answered the one question: by month and store, each with its interval; and in their words."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from analytics.figures import statistics
from analytics.figures.coming_back import share
from analytics.figures.statistics import FEW, Interval, Sample
from portal.models import Review
from portal.reviews import LOW
from stores.models import Store

# A share as the pages show it: value and bounds in percent, or the words that there are too few.
Told = dict[str, Any] | None


class Month(NamedTuple):
    """Answers of a month: the mean score and the share of low ones (0…6), each with its interval; no interval below ``FEW``."""

    month: date
    answers: int
    mean: float
    mean_interval: Interval | None
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
    counts = asked.aggregate(asked=Count("pk"), answered=Count("pk", filter=Q(score__isnull=False)))
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
    return Month(row["month"], size, mean, interval, share(low, size))


def latest_words(stores: Sequence[Store]) -> "QuerySet[Review]":
    """What clients wrote, the newest first. One query."""
    found = Review.objects.filter(store__in=stores, score__isnull=False)
    return found.select_related("client", "store", "errand").order_by("-answered_at")
