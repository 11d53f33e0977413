"""Targets beside what was reached: of a month by store and seller, and how far a month is on its way (``pace``)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum

from analytics.figures import pace, periods
from analytics.figures.changes import SAME_WEEKDAYS
from analytics.figures.pace import Pace
from analytics.figures.periods import Period
from analytics.models import Measure, Target, VisitorCount
from stores.models import Employee, Store
from visits import dialect

# Days before the month by which chance is known.
KNOWN = timedelta(days=84)
Reached = dict[tuple[int | None, str], float | None]
Days = dict[int, dict[date, float]]
FACTS = """
SELECT purchase.seller_id, COUNT(DISTINCT purchase.id),
  COUNT(DISTINCT CASE WHEN purchase.client_id IS NOT NULL THEN purchase.id END), SUM(piece.price),
  SUM(CASE WHEN purchase.client_id IS NOT NULL THEN piece.price ELSE 0 END),
  SUM(CASE WHEN activity.first_day < %(first)s THEN piece.price ELSE 0 END)
FROM purchases_purchase AS purchase
JOIN purchases_piece AS piece ON piece.purchase_id = purchase.id AND piece.returned_on IS NULL
LEFT JOIN visits_clientactivity AS activity ON activity.client_id = purchase.client_id
WHERE purchase.voided_at IS NULL AND purchase.store_id = %(store)s AND purchase.sold_on BETWEEN %(first)s AND %(last)s
GROUP BY purchase.seller_id
"""
BY_DAY = """
SELECT purchase.store_id, purchase.sold_on, SUM(piece.price)
FROM purchases_purchase AS purchase
JOIN purchases_piece AS piece ON piece.purchase_id = purchase.id AND piece.returned_on IS NULL
WHERE purchase.voided_at IS NULL AND purchase.store_id IN ({stores}) AND purchase.sold_on BETWEEN %s AND %s {seller}
GROUP BY purchase.store_id, purchase.sold_on
"""


def reached(store: Store, period: Period) -> Reached:
    """What a store (None) and each of its sellers reached, by measure; None of nothing. Two queries."""
    rows = dialect.fetch(FACTS, {"store": store.pk, "first": period.first, "last": period.last})
    sums = {seller: [float(value or 0) for value in values] for seller, *values in rows}
    told: Reached = {}
    for seller, values in sums.items():
        if seller is not None:
            told |= {(seller, name): value for name, value in _measures(values).items()}
    whole: list[float] = [sum(column) for column in zip(*sums.values(), strict=True)] or [0.0] * 5
    told |= {(None, name): value for name, value in _measures(whole).items()}
    visitors = VisitorCount.objects.filter(store=store, day__range=period).aggregate(n=Sum("visitors"))["n"] or 0
    told[None, Measure.CONVERSION] = min(100.0, 100 * whole[0] / visitors) if visitors else None
    return told


def _measures(values: Sequence[float]) -> dict[str, float | None]:
    receipts, known, revenue, carded, regular = values
    return {
        Measure.REVENUE.value: revenue,
        Measure.CAPTURE.value: 100 * known / receipts if receipts else None,
        Measure.RETURNING.value: 100 * regular / carded if carded else None,
    }


def typed(store: Store, month: date) -> dict[tuple[int | None, str], Decimal]:
    """The targets of a store's month, of itself (None) and of its sellers. One query."""
    rows = Target.objects.filter(store=store, month=month).values_list("seller", "measure", "value")
    return {(seller, measure): value for seller, measure, value in rows}


class Stray(NamedTuple):
    """A store whose revenue strays from its target by more than chance."""

    store: Store
    target: Target
    pace: Pace


class Standing(NamedTuple):
    """The way of the stores that have a target, together; of how many of them all; and who strays, as far as nobody noted it."""

    pace: Pace
    stores: int
    of: int
    strays: list[Stray]


def standing(day: date, stores: Sequence[Store]) -> Standing | None:
    """The revenue of the month that a day is in. A query where there is no target, two where there are."""
    month = periods.month(day)
    targets = {
        target.store_id: target for target in Target.objects.filter(
            month=month.first, measure=Measure.REVENUE, seller=None, store__in=[store.pk for store in stores]
        )
    }  # fmt: skip
    if not targets:
        return None
    sums = _sums(list(targets), month)
    paces = {key: _pace(float(target.value), [sums[key]], month, day) for key, target in targets.items()}
    whole = _pace(sum(float(target.value) for target in targets.values()), [sums[key] for key in targets], month, day)
    strays = [
        Stray(store, targets[store.pk], paces[store.pk]) for store in stores
        if store.pk in targets and paces[store.pk].is_said and targets[store.pk].noted_at is None
    ]  # fmt: skip
    return Standing(whole, len(targets), len(stores), strays)


def of_seller(seller: Employee, store: Store, day: date) -> Pace | None:
    """A seller's own revenue beside their target, due by the days of their store. A query, two more where there is one."""
    month = periods.month(day)
    target = Target.objects.filter(month=month.first, measure=Measure.REVENUE, seller=seller, store=store).first()
    if target is None:
        return None
    own = _sums([store.pk], month, seller=seller)[store.pk]
    return _pace(float(target.value), [own], month, day, [_sums([store.pk], month)[store.pk]])._replace(strays=None)


def _sums(stores: Sequence[int], month: Period, *, seller: Employee | None = None) -> Days:
    """Revenue by store and day, from the days by which chance is known, or last year's month, on. One query."""
    first = min(month.first - KNOWN, month.first - timedelta(days=SAME_WEEKDAYS))
    words = BY_DAY.format(stores=", ".join(["%s"] * len(stores)), seller="" if seller is None else "AND purchase.seller_id = %s")
    sums: Days = defaultdict(dict)
    for store, day, total in dialect.fetch(words, [*stores, first, month.last, *([] if seller is None else [seller.pk])]):
        sums[store][date.fromisoformat(str(day)[:10])] = float(total)
    return sums


def _pace(
    target: float,
    sums: Sequence[dict[date, float]],
    month: Period,
    today: date,
    pattern: Sequence[dict[date, float]] | None = None,
) -> Pace:
    """``pattern``: whose last year says when it is due; the same sums' where nobody else's."""

    def of(first: date, last: date, whose: Sequence[dict[date, float]]) -> list[float]:
        days = (last - first).days + 1
        return [sum(one.get(first + timedelta(days=n), 0.0) for one in whose) for n in range(days)]

    back = timedelta(days=SAME_WEEKDAYS)
    year = of(month.first - back, month.last - back, pattern or sums)
    before = of(month.first - KNOWN, month.first - timedelta(days=1), sums)
    return pace.pace(target, of(month.first, today, sums), year, before)


def proposed(store: Store, month: date, source: str, plus: Decimal) -> dict[tuple[int | None, str], Decimal]:
    """Targets to begin with: those of the ``month`` before, or what was reached in this month of the ``year`` before.

    The revenue by so many per cent more.
    """
    if source == "month":
        found = typed(store, periods.month(month - timedelta(days=1)).first)
        values = dict(found)
    else:
        told = reached(store, periods.month(month).year_before())
        values = {key: Decimal(str(round(value, 1))) for key, value in told.items() if value}
    return {
        (seller, measure): _rounded(value * (100 + plus) / 100) if measure == Measure.REVENUE else value
        for (seller, measure), value in values.items()
    }  # fmt: skip


def _rounded(value: Decimal) -> Decimal:
    """To whole thousands, as people set targets; a small one as it is."""
    return value.quantize(Decimal("1E3")).quantize(Decimal(1)) if value >= 10_000 else value.quantize(Decimal(1))
