"""What came of a program: who was written to, who came within 30 days and bought for how much, and who came anyway.

Everybody for whom the program queued a message counts as written to, whatever became of it, and is compared with those
held out by the same rule at the same moment: so the comparison is fair (docs/figures.md). Whom the program has no way to
reach is in neither group.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Q, QuerySet

from analytics.figures import periods, statistics
from analytics.figures.statistics import Interval
from campaigns.models import Program
from clients.models import Client
from imports import bulk
from messaging.models import Message, MessageState, Reason
from stores.models import Store

Name = TypeVar("Name", str, int)
WINDOW = timedelta(days=30)
# Shares that a manager would like to tell from nothing, in points.
GAPS = (0.02, 0.03, 0.05, 0.10)
USUAL_SHARE = 0.10


class Group(NamedTuple):
    """Clients of a program, written to or held out. ``came`` and ``bought`` are those of the full windows alone.

    ``sent`` were handed over, also where the phone never got them.
    ``full`` is how many have had their 30 days; ``revenue`` in the chain's currency.
    """

    planned: int = 0
    sent: int = 0
    delivered: int = 0
    full: int = 0
    came: int = 0
    bought: int = 0
    revenue: Decimal = Decimal(0)

    def plus(self, other: "Group") -> "Group":
        """Both groups as one."""
        pairs: Iterator[tuple[Any, Any]] = zip(self, other, strict=True)
        return Group._make(one + more for one, more in pairs)

    @property
    def share(self) -> Interval | None:
        """The share that came, with its interval; None for nobody."""
        return statistics.wilson(self.came, self.full) if self.full else None

    @property
    def average(self) -> Decimal | None:
        """Revenue per client, whether they came or not."""
        return self.revenue / self.full if self.full else None


@dataclass(frozen=True)
class Comparison:
    """A program's clients beside those held out; sums of several cells add up."""

    written: Group
    held: Group


class EffectRow(NamedTuple):
    """A line of the page: a month (its days ``first..last`` inside the period) or a store, and what came of it there."""

    key: str
    label: object
    compared: Comparison
    first: date
    last: date


class Effect(NamedTuple):
    """The page of a program: the whole period, its months and its stores."""

    total: Comparison
    months: list[EffectRow]
    stores: list[EffectRow]


CAME = """
visit.client_id = message.client_id AND visit.scope = 0 AND visit.day >= message.counted_from AND visit.day < {window_end}
"""
SQL = """
SELECT {month} AS month, cells.store_id, cells.held, COUNT(*),
  SUM(CASE WHEN cells.sent_at IS NOT NULL OR cells.state IN ('sent', 'delivered') THEN 1 ELSE 0 END),
  SUM(CASE WHEN cells.state = 'delivered' THEN 1 ELSE 0 END),
  SUM(cells.is_full), SUM(cells.came * cells.is_full), SUM(cells.bought * cells.is_full),
  SUM(cells.total * cells.is_full)
FROM (
  SELECT message.occasion_on, message.store_id, message.state, message.sent_at, message.id,
    CASE WHEN message.reason = 'holdout' THEN 1 ELSE 0 END AS held,
    CASE WHEN message.counted_from <= %s THEN 1 ELSE 0 END AS is_full,
    CASE WHEN COUNT(visit.id) > 0 THEN 1 ELSE 0 END AS came,
    CASE WHEN COALESCE(SUM(visit.items), 0) > 0 THEN 1 ELSE 0 END AS bought,
    COALESCE(SUM(visit.total), 0) AS total
  FROM messaging_message AS message
  LEFT JOIN visits_visit AS visit ON {came}
  WHERE message.source = %s AND message.occasion_on BETWEEN %s AND %s AND message.reason <> 'road' {stores}
  GROUP BY message.id, message.occasion_on, message.store_id, message.state, message.sent_at, message.reason, message.counted_from
) AS cells
GROUP BY 1, 2, 3
"""
POSTGRES = {"month": "to_char(cells.occasion_on, 'YYYY-MM')", "window_end": "message.counted_from + 30"}
SQLITE = {"month": "strftime('%%Y-%%m', cells.occasion_on)", "window_end": "date(message.counted_from, '+30 days')"}


def effect_of(program: Program, first: date, last: date, *, today: date, stores: Sequence[Store] | None) -> Effect:
    """What came of the occasions of ``first..last``, both included. One query over the program's messages of these days.

    ``stores`` None is the chain with the clients without a home. A window is full when 30 days have passed ``today``.
    """
    cells = _cells(program, first, last, today=today, stores=stores)
    names = {store.pk: store for store in Store.objects.all()}
    months = [month_row(month, found, first, last) for month, found in _by(cells, lambda cell: cell.month)]
    shops = [EffectRow(str(pk), names.get(pk), found, first, last) for pk, found in _by(cells, lambda cell: cell.store)]
    shops.sort(key=lambda row: -row.compared.written.planned)
    return Effect(_sum(cells), months, shops)


def month_row(name: str, compared: Comparison, first: date, last: date) -> EffectRow:
    """A month of a page, with those of its days that are inside the period."""
    days = periods.month(date.fromisoformat(f"{name}-01"))
    return EffectRow(name, days.first, compared, max(first, days.first), min(last, days.last))


class Cell(NamedTuple):
    """Clients of one month and store, written to or held out; store 0 is no home."""

    month: str
    store: int
    held: bool
    group: Group


def _dialect() -> dict[str, str]:
    words = POSTGRES if connection.vendor == "postgresql" else SQLITE
    return {**words, "came": CAME.format(**words)}


def _cells(program: Program, first: date, last: date, *, today: date, stores: Sequence[Store] | None) -> list[Cell]:
    only = "" if stores is None else f"AND message.store_id IN ({', '.join(str(store.pk) for store in stores) or 'NULL'})"
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(**_dialect(), stores=only), [today - WINDOW, program.key, first, last])
        rows = cursor.fetchall()
    return [Cell(month, store or 0, bool(held), _group(counts)) for month, store, held, *counts in rows]


def _group(counts: Sequence[Any]) -> Group:
    planned, sent, delivered, full, came, bought, revenue = (count or 0 for count in counts)
    return Group(planned, sent, delivered, full, came, bought, Decimal(str(revenue)))


def _by(cells: Sequence[Cell], key: Callable[[Cell], Name]) -> list[tuple[Name, Comparison]]:
    """The cells summed by a key, in its order."""
    ordered = sorted(cells, key=key)
    return [(name, _sum(group)) for name, group in groupby(ordered, key=key)]


def _sum(cells: Iterable[Cell]) -> Comparison:
    sides = {False: Group(), True: Group()}
    for cell in cells:
        sides[cell.held] = sides[cell.held].plus(cell.group)
    return Comparison(sides[False], sides[True])


class Need(NamedTuple):
    """How many clients a difference of so many points needs to show."""

    gap: float
    clients: int


def needs(compared: Comparison, holdout: int) -> list[Need]:
    """For each of the usual differences: how many clients it takes, with ``holdout`` per cent held out (or ten)."""
    known = compared.held.share or compared.written.share
    base = known.value if known and known.value else USUAL_SHARE
    return [Need(gap, statistics.needed(base, gap, (holdout or 10) / 100)) for gap in GAPS]


SHOWN = ("planned", "sent", "delivered", "came", "bought", "held", "held-came", "held-bought")
HANDED_OVER = Q(sent_at__isnull=False) | Q(state__in=(MessageState.SENT, MessageState.DELIVERED))


def clients_behind(
    program: Program, first: date, last: date, show: str, *, today: date, stores: Sequence[Store] | None, store: str = ""
) -> "QuerySet[Client]":
    """The clients behind a number of the page (one of ``SHOWN``), of one store (its key, 0 for no home) or of all."""
    messages = Message.objects.filter(source=program.key, occasion_on__range=(first, last)).exclude(reason=Reason.ROAD)
    if stores is not None:
        messages = messages.filter(store__in=stores)
    if store:
        messages = messages.filter(store=None) if store == "0" else messages.filter(store=int(store))
    held = show.startswith("held")
    messages = messages.filter(reason=Reason.HOLDOUT) if held else messages.exclude(reason=Reason.HOLDOUT)
    if show in ("sent", "delivered"):
        messages = messages.filter(HANDED_OVER if show == "sent" else Q(state=MessageState.DELIVERED))
    if show.endswith(("came", "bought")):
        came = _who_came(list(messages.values_list("pk", flat=True)), today, bought=show.endswith("bought"))
        messages = messages.filter(pk__any=came)
    return Client.objects.filter(pk__in=messages.values("client")).select_related("home_store").order_by("name_key", "pk")


def _who_came(messages: list[int], today: date, *, bought: bool) -> list[int]:
    """Those of the messages whose window is full and whose client came in it, or bought something that was kept."""
    if not messages:
        return []
    rows, params = bulk.table_of([[str(pk)] for pk in messages], {"pk": "text"})
    visit = _dialect()["came"] + (" AND visit.items > 0" if bought else "")
    sql = f"""SELECT message.id FROM messaging_message AS message JOIN {rows} ON message.id = CAST(t.pk AS bigint)
    WHERE message.counted_from <= %s AND EXISTS (SELECT 1 FROM visits_visit AS visit WHERE {visit})"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, today - WINDOW])
        return [pk for (pk,) in cursor.fetchall()]
