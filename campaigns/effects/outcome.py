"""What came of a program that touches: what followed, what it caused, and the clients behind each number.

Everybody who was chosen counts in their arm, contacted or not. A client chosen again within the window belongs to the first time.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet, Sum

from analytics.figures import experiments
from analytics.figures.experiments import Stratum, Verdict
from campaigns.effects.effect import WINDOW, Comparison, Effect, EffectRow, Group, month_row
from campaigns.models import Arm, TouchState
from clients.models import Client
from messaging.models import Message
from stores.models import Store
from visits import dialect

YEAR = 365
# Days from the one on which a client was chosen.
AHEAD = {"year_before": -YEAR, "window_end": WINDOW.days, "window_before": -WINDOW.days}
ROWS = """
SELECT touch.client_id, touch.stratum, touch.store_id, touch.arm, touch.state,
  CASE WHEN touch.counted_from <= %(over)s THEN 1 ELSE 0 END,
  COUNT(visit.id), SUM(CASE WHEN visit.items > 0 THEN 1 ELSE 0 END), COALESCE(SUM(visit.total), 0),
  COALESCE(SUM(CASE WHEN NOT EXISTS (
      SELECT 1 FROM campaigns_touch AS later WHERE later.client_id = touch.client_id AND later.arm = 'treated'
        AND later.counted_from > touch.counted_from AND later.counted_from <= visit.day) THEN visit.total ELSE 0 END), 0),
  COALESCE((SELECT SUM(earlier.total) FROM visits_visit AS earlier
            WHERE earlier.client_id = touch.client_id AND earlier.scope = 0
              AND earlier.day < touch.counted_from AND earlier.day >= {year_before}), 0)
FROM campaigns_touch AS touch
LEFT JOIN visits_visit AS visit ON visit.client_id = touch.client_id AND visit.scope = 0
  AND visit.day >= touch.counted_from AND visit.day < {window_end}
WHERE touch.source = %(source)s AND touch.counted_from BETWEEN %(first)s AND %(last)s AND touch.arm <> 'out' {stores}
  AND NOT (touch.arm = 'held' AND touch.reason = 'quiet')
  AND NOT EXISTS (SELECT 1 FROM campaigns_touch AS first WHERE first.source = touch.source AND first.client_id = touch.client_id
                  AND first.arm <> 'out' AND NOT (first.arm = 'held' AND first.reason = 'quiet')
                  AND first.counted_from < touch.counted_from AND first.counted_from > {window_before})
GROUP BY touch.id, touch.client_id, touch.stratum, touch.store_id, touch.arm, touch.state, touch.counted_from
ORDER BY touch.id
"""


class Chooser(Protocol):
    """A program or an evening: ``key`` is the source of its touches and messages."""

    @property
    def key(self) -> str: ...


class Row(NamedTuple):
    """A touch: whether its window is over, and what its client did in it. ``followed`` is what no later touch can claim."""

    client: int
    stratum: str
    store: int | None
    arm: str
    state: str
    is_full: int
    came: int
    bought: int
    total: Decimal
    followed: Decimal
    before: Decimal

    @property
    def month(self) -> str:
        return self.stratum.partition(":")[0]

    @property
    def is_held(self) -> bool:
        return self.arm == Arm.HELD


class Followed(NamedTuple):
    """What came after the contacts, caused by them or not: clients, buyers, revenue kept, and what messages cost."""

    contacted: int
    buyers: int
    revenue: Decimal
    cost: Decimal


class Outcome(NamedTuple):
    """The page of a program: its numbers, what followed, what may be said of what it caused (by how many, how much in all)."""

    effect: Effect
    followed: Followed
    verdict: Verdict
    buyers_caused: int | None
    money_caused: float | None


def outcome_of(program: Chooser, first: date, last: date, *, today: date, stores: Sequence[Store] | None) -> Outcome:
    """Of those chosen in ``first..last``, both included. Three queries; ``stores`` None is the chain."""
    rows = _rows(program.key, first, last, today, stores)
    verdict = experiments.judge(strata_of(rows))
    treated = sum(not row.is_held and bool(row.is_full) for row in rows)
    gap, money = verdict.share.difference, verdict.money.difference
    return Outcome(
        _effect(rows, first, last), _followed(program, rows, first, last), verdict,
        None if gap is None else round(gap * treated), None if money is None else money * treated,
    )  # fmt: skip


class Judged(NamedTuple):
    """What may be said of what a source caused, and of how many of its clients, in both arms, the days are over."""

    verdict: Verdict
    treated: int
    held: int


def judged(source: str, first: date, last: date, *, today: date, stores: Sequence[Store] | None) -> Judged:
    """Of those whom any source of touches chose in ``first..last``, both included. One query."""
    strata = strata_of(_rows(source, first, last, today, stores))
    return Judged(experiments.judge(strata), sum(one.treated.size for one in strata), sum(one.held.size for one in strata))


def _rows(source: str, first: date, last: date, today: date, stores: Sequence[Store] | None) -> list[Row]:
    only = "" if stores is None else f"AND touch.store_id IN ({', '.join(str(store.pk) for store in stores) or 'NULL'})"
    sql = ROWS.format(
        stores=only, **{name: dialect.plus_days("touch.counted_from", ahead) for name, ahead in AHEAD.items()}
    )  # fmt: skip
    params = {"source": source, "first": first, "last": last, "over": today - WINDOW}
    return [_row(values) for values in dialect.fetch(sql, params)]


def _row(values: Sequence[Any]) -> Row:
    *facts, bought, total, followed, before = values
    return Row._make([*facts, bought or 0, *(Decimal(str(money)) for money in (total, followed, before))])


def strata_of(rows: Sequence[Row]) -> list[Stratum]:
    """Those whose windows are over, by month and by the part that was held out then."""
    strata: dict[str, Stratum] = {}
    for row in rows:
        if row.is_full:
            stratum = strata.setdefault(row.stratum, Stratum(planned=int(row.stratum.partition(":")[2]) / 100))
            arm = stratum.held if row.is_held else stratum.treated
            arm.add(bought=bool(row.bought), total=float(row.total), before=float(row.before))
    return list(strata.values())


def _effect(rows: Sequence[Row], first: date, last: date) -> Effect:
    names = {store.pk: store for store in Store.objects.all()}
    months = sorted({row.month for row in rows})
    stores = sorted({row.store or 0 for row in rows})
    told = [month_row(name, _compared([row for row in rows if row.month == name]), first, last) for name in months]
    by_store = [(pk, _compared([row for row in rows if (row.store or 0) == pk])) for pk in stores]
    shops = [EffectRow(str(pk), names.get(pk), compared, first, last) for pk, compared in by_store]
    return Effect(_compared(rows), told, sorted(shops, key=lambda row: -row.compared.written.planned))


def _compared(rows: Sequence[Row]) -> Comparison:
    return Comparison(*(_group([row for row in rows if row.is_held == held]) for held in (False, True)))


def _group(rows: Sequence[Row]) -> Group:
    full = [row for row in rows if row.is_full]
    made = sum(row.state == TouchState.MADE for row in rows)
    came, bought = (sum(bool(getattr(row, what)) for row in full) for what in ("came", "bought"))
    return Group(len(rows), made, made, len(full), came, bought, sum((row.total for row in full), Decimal(0)))


def _followed(program: Chooser, rows: Sequence[Row], first: date, last: date) -> Followed:
    contacted = [row for row in rows if row.state == TouchState.MADE]
    told = Message.objects.filter(source=program.key, counted_from__range=(first, last)).aggregate(cost=Sum("cost", default=0))
    buyers = [row for row in contacted if row.followed]
    return Followed(len(contacted), len(buyers), sum((row.followed for row in buyers), Decimal(0)), Decimal(str(told["cost"])))


def clients_behind(
    program: Chooser, first: date, last: date, show: str, *, today: date, stores: Sequence[Store] | None, store: str = ""
) -> "QuerySet[Client]":
    """The clients behind a number of the page (one of ``effect.SHOWN``), of one store (its key, 0 for no home) or of all."""
    rows = [row for row in _rows(program.key, first, last, today, stores) if row.is_held == show.startswith("held")]
    if store:
        rows = [row for row in rows if (row.store or 0) == int(store)]
    if show in ("sent", "delivered"):
        rows = [row for row in rows if row.state == TouchState.MADE]
    if show.endswith(("came", "bought")):
        rows = [row for row in rows if row.is_full and (row.bought if show.endswith("bought") else row.came)]
    keys = sorted({row.client for row in rows})
    return Client.objects.filter(pk__any=keys).select_related("home_store").order_by("name_key", "pk")
