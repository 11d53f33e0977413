"""The returning report computed ahead for the standard periods, and used while nothing under it has changed."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from analytics import periods, report_json, returning
from analytics.models import ReportSnapshot
from analytics.periods import Period
from analytics.returning import ReturningReport
from purchases.models import CHAIN, StaleDay
from stores.models import Store


class Computed(NamedTuple):
    """A report and when it was computed."""

    report: ReturningReport
    computed_at: datetime


def report(period: Period, *, store: Store | None = None) -> Computed:
    """From the snapshot of a closed period that nothing has touched since, else computed live."""
    scope = store.pk if store else CHAIN
    kept = ReportSnapshot.objects.filter(scope=scope, first=period.first, last=period.last).first()
    if kept and not is_stale(kept):
        return Computed(report_json.from_json(kept.report), kept.computed_at)
    return Computed(returning.returning_report(period.first, period.last, store=store), timezone.now())


def is_stale(snapshot: ReportSnapshot) -> bool:
    """Whether a day that the snapshot rests on (its records reach back twelve months) has changed."""
    days = (min(snapshot.first, returning.year_before(snapshot.last)), snapshot.last)
    return StaleDay.objects.filter(scope=snapshot.scope, day__range=days).exists()


def standard_periods(today: date) -> list[Period]:
    """The presets and the month before each: what the report page opens with."""
    wanted = [period for _name, period in periods.presets(today).values()]
    return list(dict.fromkeys([*wanted, *(period.before() for period in wanted)]))


def recompute_all(today: date) -> int:
    """Compute every standard period of the chain and of each store; drop the rest. Returns how many."""
    consumed = list(StaleDay.objects.values_list("pk", flat=True))
    started, made = timezone.now(), 0
    for store in (None, *Store.objects.open()):
        for period in standard_periods(today):
            _keep(period, store)
            made += 1
    ReportSnapshot.objects.filter(computed_at__lt=started).delete()
    _forget(consumed)
    return made


def refresh_stale() -> int:
    """Compute anew the snapshots that rest on days which changed. Returns how many."""
    stale = list(StaleDay.objects.all())
    days: dict[int, list[date]] = defaultdict(list)
    for entry in stale:
        days[entry.scope].append(entry.day)
    stores = {store.pk: store for store in Store.objects.all()}
    made = 0
    for snapshot in ReportSnapshot.objects.filter(scope__in=days):
        since = min(snapshot.first, returning.year_before(snapshot.last))
        if any(since <= day <= snapshot.last for day in days[snapshot.scope]):
            _keep(Period(snapshot.first, snapshot.last), stores.get(snapshot.scope))
            made += 1
    _forget([entry.pk for entry in stale])
    return made


def _keep(period: Period, store: Store | None) -> None:
    computed = returning.returning_report(period.first, period.last, store=store)
    ReportSnapshot.objects.update_or_create(
        scope=store.pk if store else CHAIN,
        first=period.first,
        last=period.last,
        defaults={"report": report_json.as_json(computed), "computed_at": timezone.now()},
    )


@transaction.atomic
def _forget(consumed: list[int]) -> None:
    """Stale days are forgotten only after their snapshots are written; days that changed meanwhile stay."""
    for start in range(0, len(consumed), 500):
        StaleDay.objects.filter(pk__in=consumed[start : start + 500]).delete()
