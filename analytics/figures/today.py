"""The day at a glance, live: a few indexed ranges of ``Visit`` and the sales without a card (docs/figures.md)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from analytics.figures import periods
from analytics.figures.changes import SAME_WEEKDAYS
from analytics.figures.periods import Period
from analytics.figures.returning import money, percent
from clients.models import Client
from purchases.models import Piece, Purchase
from stores.models import Store
from visits import dialect
from visits.models import CHAIN, Visit

WEEK, WEEKS, RECENT = 7, 12, 28


class Till(NamedTuple):
    """Kept pieces and their revenue over some days, with and without a card; ``carded`` and ``regular`` are parts of it:
    what cards bought, and what those bought whose first visit day is before the days."""

    items: int = 0
    revenue: Decimal = Decimal(0)
    carded: Decimal = Decimal(0)
    regular: Decimal = Decimal(0)

    @property
    def returning(self) -> Decimal | None:
        """The regulars' share of what cards bought, in per cent."""
        return percent(self.regular, self.carded)

    @property
    def average(self) -> Decimal | None:
        """Average price of a piece."""
        return self.revenue / self.items if self.items else None

    def against(self, other: "Till") -> Decimal | None:
        """By how many per cent the revenue is above the other's; None where that is nothing."""
        return 100 * (self.revenue / other.revenue - 1) if other.revenue else None


class Compared(NamedTuple):
    """Days against the same weekdays of a week and of a year (364 days) before."""

    key: str
    period: Period
    now: Till
    week: Till
    year: Till

    @property
    def by_week(self) -> Decimal | None:
        return self.now.against(self.week)

    @property
    def by_year(self) -> Decimal | None:
        return self.now.against(self.year)


def compared(today: date, stores: Sequence[Store] | None) -> list[Compared]:
    """Today, the last seven days and the month so far. ``stores`` None is the chain. Two queries."""
    spans = {
        "today": Period(today, today),
        "week": Period(today - timedelta(days=WEEK - 1), today),
        "month": Period(today.replace(day=1), today),
    }
    wanted = {(key, days): _back(span, days) for key, span in spans.items() for days in (0, WEEK, SAME_WEEKDAYS)}
    tills = _tills(list(wanted.values()), stores)
    return [Compared(key, span, *(tills[wanted[key, days]] for days in (0, WEEK, SAME_WEEKDAYS))) for key, span in spans.items()]


class Course(NamedTuple):
    """Revenue by day: of the last four weeks, and of the month as it grew, beside the same weekdays of last year, all of them."""

    recent: list[Decimal]
    month: list[Decimal]
    year: list[Decimal]


def course(today: date, stores: Sequence[Store] | None) -> Course:
    """With and without a card. Two queries."""
    month = periods.month(today)
    recent, year = Period(today - timedelta(days=RECENT - 1), today), _back(month, SAME_WEEKDAYS)
    sums = _by_day([Period(min(recent.first, month.first), today), year], stores)

    def of(period: Period) -> list[Decimal]:
        days = (period.last - period.first).days + 1
        return [sums.get(period.first + timedelta(days=n), Decimal(0)) for n in range(days)]

    so_far = of(Period(month.first, today))
    return Course(of(recent), list(accumulate(so_far)), list(accumulate(of(year))))


def weeks(today: date, stores: Sequence[Store] | None) -> list[Till]:
    """The last twelve spans of seven days, the newest last. Two queries."""
    spans = [_back(Period(today - timedelta(days=WEEK - 1), today), WEEK * n) for n in reversed(range(WEEKS))]
    tills = _tills(spans, stores)
    return [tills[span] for span in spans]


def _by_day(spans: list[Period], stores: Sequence[Store] | None) -> dict[date, Decimal]:
    visits = Visit.objects.filter(scope__in=_scopes(stores)).order_by()
    inside = Q()
    for span in spans:
        inside |= Q(day__range=span)
    sums = {day: money(total) for day, total in visits.filter(inside).values_list("day").annotate(Sum("total"))}
    for day, (_items, paid) in _without_card(spans, stores).items():
        sums[day] = sums.get(day, Decimal(0)) + paid
    return sums


def _scopes(stores: Sequence[Store] | None) -> list[int]:
    return [CHAIN] if stores is None else [store.pk for store in stores] or [-1]


def _back(period: Period, days: int) -> Period:
    return Period(period.first - timedelta(days=days), period.last - timedelta(days=days))


def _tills(spans: list[Period], stores: Sequence[Store] | None) -> dict[Period, Till]:
    scopes = _scopes(stores)
    one = f"""SELECT %s, COALESCE(SUM(items), 0), COALESCE(SUM(total), 0),
        COALESCE(SUM(CASE WHEN first_day < %s THEN total END), 0)
    FROM visits_visit WHERE scope IN ({", ".join(["%s"] * len(scopes))}) AND day BETWEEN %s AND %s"""
    params = [part for n, span in enumerate(spans) for part in (n, span.first, *scopes, *span)]
    carded = {int(n): row for n, *row in dialect.fetch(" UNION ALL ".join([one] * len(spans)), params)}
    bare = _without_card(spans, stores)
    tills = {}
    for n, span in enumerate(spans):
        items, total, regular = carded[n]
        more = [sums for day, sums in bare.items() if span.first <= day <= span.last]
        revenue = money(total) + sum((paid for _items, paid in more), Decimal(0))
        tills[span] = Till(int(items) + sum(n for n, _paid in more), revenue, money(total), money(regular))
    return tills


def _without_card(spans: list[Period], stores: Sequence[Store] | None) -> dict[date, tuple[int, Decimal]]:
    inside = Q()
    for span in spans:
        inside |= Q(purchase__sold_on__range=span)
    pieces = Piece.objects.kept().filter(inside, purchase__client=None)
    if stores is not None:
        pieces = pieces.filter(purchase__store__in=stores)
    days = pieces.order_by().values("purchase__sold_on").annotate(n=Count("pk"), paid=Sum("price"))
    return {day: (int(n), money(paid)) for day, n, paid in days.values_list("purchase__sold_on", "n", "paid")}


class Registered(NamedTuple):
    """Cards of the day, and of how many of its receipts the client is known."""

    cards: int
    receipts: int
    with_card: int

    @property
    def capture(self) -> Decimal | None:
        return percent(self.with_card, self.receipts)


def registered(today: date, stores: Sequence[Store] | None) -> Registered:
    """Two queries over the day's rows."""
    cards, receipts = Client.objects.live().filter(registered_on=today), Purchase.objects.kept().filter(sold_on=today)
    if stores is not None:
        cards, receipts = cards.filter(home_store__in=stores), receipts.filter(store__in=stores)
    counted = receipts.aggregate(all=Count("pk"), known=Count("client"))
    return Registered(cards.count(), counted["all"], counted["known"])
