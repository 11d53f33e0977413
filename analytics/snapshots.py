"""Figures computed ahead for the standard periods, used while nothing under them has changed. Public.

A figure over a period that is not kept is computed while one waits where there is little to count, else as a job whose progress
shows. What a page shows says when it was computed, and whether sales in the past have touched it since.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from analytics.figures import periods, report_json
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES, Figure
from analytics.figures.returning import Month, ReturningReport
from analytics.models import Snapshot
from imports.bulk import batched
from stores.bases import replica
from stores.models import Store
from visits import rhythm
from visits.models import CHAIN, ClientActivity, Rhythm, StaleDay, Visit

# Visit rows of a period that are counted while somebody waits: under three seconds on two cores.
MOST_LIVE = 150_000
NIGHT_OVER = 5  # o'clock in the chain's zone
AGED = timedelta(hours=1)  # of a figure that rests on more than visits: it is computed anew where there is little to count
GIVEN_UP = timedelta(minutes=10)  # a job that has not ended by then was lost with its worker


class Shown(NamedTuple):
    """A figure for a page. ``data`` None: it is being computed, ``pending`` tells how far, and ``starts`` that a job is to be
    started. ``stale``: days under it changed."""

    data: dict[str, Any] | None
    computed_at: datetime | None
    stale: bool = False
    pending: Snapshot | None = None
    starts: bool = False


def shown(name: str, period: Period, *, store: Store | None = None) -> Shown:
    """A figure from its snapshot, live, or as a job that the caller starts (``tasks.compute_asked``) where ``starts`` says so."""
    figure, scope = FIGURES[name], store.pk if store else CHAIN
    if figure.live:
        return Shown(figure.compute(store, period), timezone.now())
    kept = Snapshot.objects.filter(figure=name, scope=scope, first=period.first, last=period.last).first()
    if kept is None and figure.standing:
        kept = _latest(figure, scope, period)
    if kept and kept.data is not None:
        stale = is_stale(kept)
        if not stale and not (_may_differ(figure, kept) and is_small(figure, scope, period)):
            return Shown(kept.data, kept.computed_at)
        if figure.heavy and not is_small(figure, scope, period):
            return Shown(kept.data, kept.computed_at, stale)
    if kept and kept.data is None and not kept.error and timezone.now() - kept.asked_at < GIVEN_UP:
        return Shown(None, None, pending=kept)
    if not figure.heavy or is_small(figure, scope, period):
        return _live(figure, period, store)
    return Shown(None, None, pending=_ask(figure, scope, period), starts=True)


def _latest(figure: Figure, scope: int, period: Period) -> Snapshot | None:
    """A standing figure serves until the next night's; in the small hours yesterday's still does."""
    kept = Snapshot.objects.filter(figure=figure.name, scope=scope, last__lte=period.last, data__isnull=False)
    return kept.order_by("-last").first()


def _live(figure: Figure, period: Period, store: Store | None) -> Shown:
    """Kept for the next who asks, unless days under it are still to be gone through: it would be stale as soon as it is saved.

    Nor is what a replica said, which may not know what the last seconds brought.
    """
    computed = figure.compute(store, period)
    scope = store.pk if store else CHAIN
    if replica.is_read() or StaleDay.objects.filter(scope=scope, day__range=figure.rests_on(period)).exists():
        return Shown(computed, timezone.now())
    return Shown(computed, _save(figure, period, store, computed).computed_at)


def _ask(figure: Figure, scope: int, period: Period) -> Snapshot:
    """The row by which a job is known; one for many who ask at once."""
    values = {"data": None, "progress": 0, "parts": len(figure.parts), "error": "", "asked_at": timezone.now()}
    asked = Snapshot.objects.update_or_create(
        figure=figure.name, scope=scope, first=period.first, last=period.last, defaults=values
    )
    return asked[0]


def kept(name: str, period: Period, *, store: Store | None = None) -> dict[str, Any] | None:
    """The newest snapshot of a standing figure, however old; None without one. One query, never a computation."""
    found = _latest(FIGURES[name], store.pk if store else CHAIN, period)
    return found.data if found else None


def ahead(name: str, period: Period, *, store: Store | None = None) -> Shown | None:
    """What the night computed of a figure, where it serves; None: whoever asks computes the part of it that their page needs.

    A period that is over serves until the next night, one that goes on for an hour where there is little to count.
    """
    figure, scope = FIGURES[name], store.pk if store else CHAIN
    kept = Snapshot.objects.filter(figure=name, scope=scope, first=period.first, last=period.last, data__isnull=False).first()
    if kept is None:
        return None
    stale, goes_on = is_stale(kept), period.last >= timezone.localdate()
    if (stale or (goes_on and _may_differ(figure, kept))) and is_small(figure, scope, period):
        return None
    return Shown(kept.data, kept.computed_at, stale)


def is_small(figure: Figure, scope: int, period: Period) -> bool:
    """Whether the rows that a figure rests on are few enough to count while somebody waits. One bounded index range."""
    rows = Visit.objects.filter(scope=scope, day__range=figure.rests_on(period)).order_by()
    return rows.values("pk")[: MOST_LIVE + 1].count() <= MOST_LIVE


def compute_asked(pk: int) -> bool:
    """Compute a figure that somebody waits for, part after part. Whether there was anything to do."""
    asked = Snapshot.objects.filter(pk=pk, data__isnull=True).first()
    if asked is None:
        return False
    store = Store.objects.filter(pk=asked.scope).first()
    data: dict[str, Any] = {}
    try:
        for name, part in FIGURES[asked.figure].steps(store, Period(asked.first, asked.last)):
            data[name] = part
            Snapshot.objects.filter(pk=pk).update(progress=len(data))
    except Exception as error:
        Snapshot.objects.filter(pk=pk).update(error=f"{type(error).__name__}: {error}"[:200])
        raise
    Snapshot.objects.filter(pk=pk).update(data=data, computed_at=timezone.now())
    return True


# --- The returning report, which is quick enough to be live ------------------------------------------------------


class Computed(NamedTuple):
    """A report and when it was computed."""

    report: ReturningReport
    computed_at: datetime


def report(period: Period, *, store: Store | None = None) -> Computed:
    """From the snapshot of a period that nothing has touched since, else computed live."""
    told = shown("returning", period, store=store)
    assert told.data is not None  # noqa: S101 — never a job
    return Computed(report_json.from_json(told.data["report"]), told.computed_at or timezone.now())


def months(last: date, *, count: int, store: Store | None = None) -> list[Month]:
    """The ``count`` calendar months (``MOST_MONTHS`` at most) that end with the one of ``last``."""
    told = shown("months", periods.month(last), store=store)
    assert told.data is not None  # noqa: S101 — never a job
    return [report_json.month_from_json(month) for month in told.data["months"][-count:]]


# --- Keeping them fresh ---------------------------------------------------------------------------------------


def rests_on(snapshot: Snapshot) -> Period:
    """The days that a snapshot rests on."""
    return FIGURES[snapshot.figure].rests_on(Period(snapshot.first, snapshot.last))


def is_stale(snapshot: Snapshot) -> bool:
    """Whether a day that the snapshot rests on has changed; for a standing figure, a day of a month that was closed."""
    days = StaleDay.objects.filter(scope=snapshot.scope, day__range=rests_on(snapshot))
    if FIGURES[snapshot.figure].standing:
        days = days.filter(day__lt=snapshot.last.replace(day=1))
    return days.exists()


def _may_differ(figure: Figure, kept: Snapshot) -> bool:
    """Whether something may have changed that its days do not tell."""
    if figure.ages:
        return kept.computed_at is None or timezone.now() - kept.computed_at > AGED
    return figure.standing and StaleDay.objects.filter(scope=kept.scope).exists()


def standard_periods(today: date) -> list[Period]:
    """The presets and the period before each: what the report page opens with."""
    wanted = [period for _name, period in periods.presets(today).values()]
    return list(dict.fromkeys([*wanted, *(period.before() for period in wanted)]))


def recompute_all(today: date, *, tell: Callable[[str], None] = lambda words: None) -> int:
    """Everything of the night: typical intervals, the model, rhythms, every figure of the chain and of each store.

    Returns how many figures. Days that change meanwhile stay stale; periods that only somebody asked for are dropped.
    """
    from analytics.figures import expecting  # with numpy and scipy, which a process that only shows snapshots does without

    consumed = list(StaleDay.objects.values_list("pk", flat=True))
    started, made = timezone.now(), 0
    rhythm.keep_typical_intervals()
    expecting.fit_model(today)
    rhythm.recompute(today)
    for store in (None, *Store.objects.open()):
        for figure, period in _standing(today):
            keep(figure, period, store)
            made += 1
            tell(f"{figure.name} {store or ''} {period.first} – {period.last}")
    Snapshot.objects.filter(Q(computed_at__lt=started) | Q(computed_at=None, asked_at__lt=started)).delete()
    _forget(consumed)
    return made


def night_is_due(now: datetime) -> bool:
    """Whether the night's work was missed: the machine was off, or the base has just been brought up to a new version."""
    local = timezone.localtime(now)
    never = ClientActivity.objects.exists() and not Rhythm.objects.exists()
    return never or (local.hour >= NIGHT_OVER and Rhythm.objects.filter(as_of__lt=local.date()).exists())


def _standing(today: date) -> Iterable[tuple[Figure, Period]]:
    """Every figure with the periods that it is computed ahead for."""
    for figure in (figure for figure in FIGURES.values() if not figure.live):
        standard = standard_periods(today)
        months = dict.fromkeys(periods.month(period.last) for period in standard)
        by_figure = {"months": list(months)}
        for period in [Period(today, today)] if figure.standing else by_figure.get(figure.name, standard):
            yield figure, period


def refresh_stale() -> int:
    """Compute anew the snapshots that rest on days which changed. Returns how many."""
    stale = list(StaleDay.objects.all())
    days: dict[int, set[date]] = defaultdict(set)
    for entry in stale:
        days[entry.scope].add(entry.day)
    stores = {store.pk: store for store in Store.objects.all()}
    made = 0
    for snapshot in Snapshot.objects.filter(scope__in=days, data__isnull=False):
        if _is_touched(snapshot, days[snapshot.scope]):
            keep(FIGURES[snapshot.figure], Period(snapshot.first, snapshot.last), stores.get(snapshot.scope))
            made += 1
    _forget([entry.pk for entry in stale])
    return made


def _is_touched(snapshot: Snapshot, days: set[date]) -> bool:
    """A sale in the past renews what is as of a day where it touches a closed month; today's sales only in a small base."""
    figure, (since, until) = FIGURES[snapshot.figure], rests_on(snapshot)
    if figure.standing:
        in_the_past = any(day < snapshot.last.replace(day=1) for day in days)
        return in_the_past or is_small(figure, snapshot.scope, Period(snapshot.first, snapshot.last))
    return any(since <= day <= until for day in days)


def keep(figure: Figure, period: Period, store: Store | None) -> None:
    """Compute a figure now and keep it in the place of what was known of the same days."""
    _save(figure, period, store, figure.compute(store, period))


def _save(figure: Figure, period: Period, store: Store | None, data: dict[str, Any]) -> Snapshot:
    parts = len(figure.parts)
    return Snapshot.objects.update_or_create(
        figure=figure.name, scope=store.pk if store else CHAIN, first=period.first, last=period.last,
        defaults={"data": data, "computed_at": timezone.now(), "progress": parts, "parts": parts, "error": ""},
    )[0]  # fmt: skip


@transaction.atomic
def _forget(consumed: list[int]) -> None:
    """Stale days are forgotten only after their snapshots are written; days that changed meanwhile stay."""
    for keys in batched(consumed, 500):
        StaleDay.objects.filter(pk__in=keys).delete()
