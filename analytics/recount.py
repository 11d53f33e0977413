"""The second opinion: last month's report and targets, the cohorts and the silent clients, counted from the raw rows with pandas
(``raw_count``), against what the pages say, live and from their snapshots; bonuses (``raw_ledger``), companions
(``raw_companions``), and what apps to the right count by themselves (``second_counts``).

``checks`` runs the same SQL again and finds rows that drifted; this finds SQL that is wrong. What the model of visits says
(chances, what is at stake) is an estimate and not counted again. Only commands and workers import this module.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from analytics import second_counts, snapshots
from analytics.figures import companions as companions_page
from analytics.figures import loyalty as loyalty_pages
from analytics.figures import periods, sources, targets
from analytics.figures import silent as silent_pages
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.frames import leaves_of
from analytics.models import Measure, Recount, Snapshot
from analytics.raw_companions import RawCompanions
from analytics.raw_count import Flat, RawCount, Typical, silent
from analytics.raw_ledger import RawLedger
from clients.models import Client
from purchases.models import Piece, Purchase
from stores.chain_day import day_of
from stores.models import Store
from visits import dialect, rhythm
from visits.models import CHAIN, StaleDay, TypicalInterval
from workshop.models import ServiceRequest

MOST_TOLD = 50
KEPT = 30
ROUNDED = 2  # decimals of what pages say
# What the chain prints for itself: the same figures with fewer decimals.
PRINTED = {
    "printed_by_the_chain.items_share.0": ("items.regular_share", 0),
    "printed_by_the_chain.items_share.1": ("items.newcomer_share", 0),
    "printed_by_the_chain.converted_items": ("items.converted_share_of_newcomers", 0),
    "printed_by_the_chain.revenue_share.0": ("revenue.regular_share", 1),
    "printed_by_the_chain.revenue_share.1": ("revenue.newcomer_share", 1),
    "printed_by_the_chain.converted_revenue": ("revenue.converted_share_of_newcomers", 2),
    "printed_by_the_chain.average.0": ("average_price.regular", 0),
    "printed_by_the_chain.average.1": ("average_price.newcomer", 0),
    "printed_by_the_chain.dearer": ("average_price.premium_percent", 0),
    "printed_by_the_chain.more": ("items_per_client.premium_percent", 0),
}
ALL_KINDS = "all"  # "chain" is a kind of piece
LIVE, SNAPSHOT = "live", "snapshot"


class Compared(NamedTuple):
    """One value: what is said, ``shown`` live or from a snapshot, and what was counted; sums in roubles. ``store`` is a code, ""
    is the chain."""

    figure: str
    store: str
    first: str
    last: str
    shown: str
    said: Any
    counted: float | None

    @property
    def agrees(self) -> bool:
        """To half a unit of the last decimal that is shown; counts and kopecks therefore exactly."""
        if self.said is None or self.counted is None or isinstance(self.said, str):
            return self.said is self.counted
        decimals = PRINTED.get(self.figure.rpartition(" ")[2], ("", ROUNDED))[1]
        return abs(float(self.said) - self.counted) <= 0.5 * 10.0**-decimals + 1e-6

    def __str__(self) -> str:
        where = f"store {self.store}" if self.store else "chain"
        return f"{self.figure}, {where}, {self.first} – {self.last}, {self.shown}: {self.said} ≠ {self.counted} counted again"


def recount(today: date) -> Recount:
    """Count and compare for the chain and each store; keeps and returns what was found."""
    last_month = periods.presets(today)["last-month"][1]
    found = Recount(first=last_month.first, last=last_month.last, as_of=today, started_at=timezone.now())
    with _one_moment():
        raw = RawCount()
        compared = list(_compared(raw, last_month, Period(today, today)))
        compared += _bonuses_compared(RawLedger(), last_month, Period(today, today))
        compared += companions_compared(RawCompanions(*last_month), last_month)
        compared += _counted_to_the_right(last_month)
    wrong = [value for value in compared if not value.agrees]
    found.clients, found.compared, found.wrong = len(raw.began), len(compared), len(wrong)
    found.differences = [value._asdict() for value in wrong[:MOST_TOLD]]
    found.finished_at = timezone.now()
    found.save()
    Recount.objects.exclude(pk__in=Recount.objects.values("pk")[:KEPT]).delete()
    return found


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside is as of one moment, so that a sale meanwhile is no difference; nobody waits for it."""
    if connection.in_atomic_block:
        yield
    elif dialect.is_postgres():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:  # ``atomic`` would take the lock of writers
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _compared(raw: RawCount, last_month: Period, today: Period) -> Iterator[Compared]:
    typical = _typical_of_the_night()
    rhythms = raw.rhythms(today.last, typical)
    yield from _pairs("silent typical", None, today, LIVE, _typical_said(), _typical_counted(raw.typical()))
    for store in (None, *Store.objects.order_by("pk")):
        scope = store.pk if store else None
        report = raw.returning(*last_month, scope)
        report |= {name: report[counted] for name, (counted, _decimals) in PRINTED.items()}
        cards = raw.silent_cards(rhythms, scope)
        yield from _figure("returning", "report", store, last_month, report)
        yield from _pairs("sources", store, last_month, LIVE, _sources_said(store, last_month), raw.sources(*last_month, scope))
        if store:
            yield from _pairs(
                "targets", store, last_month, LIVE, _targets_said(store, last_month), raw.reached(*last_month, store.pk)
            )
        yield from _figure("coming-back", "cohorts", store, today, raw.cohorts(today.last, scope))
        yield from _figure("silent", "now", store, today, silent(rhythms, scope))
        yield from _pairs("silent listed", store, today, LIVE, *_card_by_card(_listed(store, today.last), cards))


def _bonuses_compared(raw: RawLedger, last_month: Period, today: Period) -> Iterator[Compared]:
    """What the page of loyalty says, against the ledger."""
    for store in (None, *Store.objects.order_by("pk")):
        counted = raw.cost(*last_month, store.pk if store else None)
        total = loyalty_pages.cost(store, last_month)["total"]
        yield from _pairs("loyalty cost", store, last_month, LIVE, {name: total[name] for name in counted}, counted)
    moved = loyalty_pages.moves(None, last_month)["total"]
    yield from _pairs("loyalty moves", None, last_month, LIVE, moved, raw.moved(*last_month))
    said = {"left": loyalty_pages.liability(None, today)["left"]}
    yield from _pairs("loyalty balance", None, today, LIVE, said, raw.left(day_of(timezone.now())))


def companions_compared(raw: RawCompanions, last_month: Period) -> Iterator[Compared]:
    """Both arms; what they allow to say is statistics and not counted again."""
    for store in (None, *Store.objects.order_by("pk")):
        arms = companions_page.what_they_bring(store, last_month)["arms"]
        said: dict[str, Any] = {}
        for name, arm in arms.items():
            said |= {f"{name}.clients": arm["clients"], f"{name}.added": arm["added"]["n"] if arm["clients"] else 0}
            said[f"{name}.average"] = arm["average"] and arm["average"]["value"]
        yield from _pairs("companions", store, last_month, LIVE, said, raw.arms(store.pk if store else None))


def _counted_to_the_right(last_month: Period) -> Iterator[Compared]:
    first, last = (day.isoformat() for day in last_month)
    for count in second_counts.every():
        for what, store, said, counted in count.values(last_month):
            yield Compared(f"{count.name} {what}", store, first, last, LIVE, said, counted)


# --- What the pages say -------------------------------------------------------------------------------------------


def _figure(name: str, part: str, store: Store | None, period: Period, counted: Flat) -> Iterator[Compared]:
    """A part of a figure, live and, where its snapshot is shown, as that has it."""
    live = dict(FIGURES[name].parts)[part](store, period)
    yield from _pairs(f"{name} {part}", store, period, LIVE, _flat(part, live), counted)
    kept = Snapshot.objects.filter(
        figure=name, scope=store.pk if store else CHAIN, first=period.first, last=period.last, data__isnull=False
    ).first()
    if kept and kept.data and _is_as_of_now(kept):
        yield from _pairs(f"{name} {part}", store, period, SNAPSHOT, _flat(part, kept.data.get(part)), counted)


def _is_as_of_now(snapshot: Snapshot) -> bool:
    """Whether nothing that it rests on has been written since: one of a day is not renewed with every sale."""
    if not FIGURES[snapshot.figure].standing:
        return not snapshots.is_stale(snapshot)
    return not StaleDay.objects.exists() and not _is_written_since(snapshot.computed_at)


def _is_written_since(moment: datetime | None) -> bool:
    return any(model.history.filter(history_date__gte=moment).exists() for model in (Purchase, Piece, ServiceRequest, Client))


def _flat(part: str, said: Any) -> dict[str, Any]:
    """Every value of a part by its name, but for words and what rests on the model of visits."""
    if part == "cohorts":
        said = {row["month"]: _cohort(row) for row in said or []}
    left_out = ("period", "definitions")
    return {name: value for name, value in leaves_of(said or {}) if not name.startswith(left_out) and not name.endswith(".stake")}


def _cohort(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"clients": row["clients"], **dict(zip(("30", "90", "180", "365"), row["windows"], strict=True))}


def _typical_of_the_night() -> Typical:
    """The medians that the cards are judged by: those of last night, by definition."""
    kept = dict(TypicalInterval.objects.values_list("kind", "days"))
    return Typical({kind: days for kind, days in kept.items() if kind}, kept.get(rhythm.WHOLE_CHAIN))


def _sources_said(store: Store | None, period: Period) -> dict[str, Any]:
    """Clients and revenue of the sources that brought anybody."""
    told = sources.by_source(store, period)
    rows = [*((str(row["key"]), row) for row in told["rows"]), ("unknown", told["unknown"])]
    return {f"{key}.{name}": row[name] for key, row in rows if row["clients"] for name in ("clients", "revenue")}


def _targets_said(store: Store, period: Period) -> dict[str, Any]:
    """What a store reached by receipts; the share of visitors who bought rests on what was typed."""
    told = targets.reached(store, period)
    return {measure.value: told[None, measure.value] for measure in (Measure.REVENUE, Measure.CAPTURE, Measure.RETURNING)}


def _typical_said() -> dict[str, Any]:
    return {kind or ALL_KINDS: days for kind, (days, _clients) in rhythm.typical_intervals().items()}


def _typical_counted(typical: Typical) -> Flat:
    return {**typical.by_kind, **({} if typical.chain is None else {ALL_KINDS: typical.chain})}


def _listed(store: Store | None, today: date) -> set[int]:
    return set(silent_pages.listed("all", today, None, store).order_by().values_list("pk", flat=True))


# --- Side by side -------------------------------------------------------------------------------------------------


def _card_by_card(said: set[int], counted: set[int]) -> tuple[dict[str, Any], Flat]:
    """How many cards are listed, and each that only one of the two lists."""
    of_one = sorted(said ^ counted)[:MOST_TOLD]
    names = {client: f"client {client}" for client in of_one}
    return (
        {"clients": len(said), **{name: int(client in said) for client, name in names.items()}},
        {"clients": len(counted), **{name: int(client in counted) for client, name in names.items()}},
    )


def _pairs(
    figure: str, store: Store | None, period: Period, shown: str, said: Mapping[str, Any], counted: Flat
) -> Iterator[Compared]:
    """Value beside value; one that only one of the two has is compared with nothing."""
    first, last = (day.isoformat() for day in period)
    for name in dict.fromkeys([*said, *counted]):
        yield Compared(f"{figure} {name}", store.code if store else "", first, last, shown, said.get(name), counted.get(name))
