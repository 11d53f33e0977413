"""Who comes back: regulars against newcomers over a period (docs/figures.md).

Regular: the client's first visit day is before the period. Newcomer: it falls inside. Converted: a newcomer
with two or more visit days inside. Kept pieces count, as of now. With a store chosen the pieces of that
store count, while the group of a client is decided by the whole chain.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, Self

from django.db.models import Case, Count, F, Max, Q, Sum, When
from django.db.models.functions import TruncMonth

from clients.models import Client
from purchases.models import Piece
from stores.bases import replica
from stores.models import Store
from visits.models import CHAIN, Visit

HUNDRED = Decimal(100)


class Group(NamedTuple):
    """One line of the report. ``revenue`` in the chain's currency, discounts taken off."""

    clients: int
    items: int
    revenue: Decimal

    def __add__(self, other: Self) -> "Group":  # type: ignore[override]
        return Group(self.clients + other.clients, self.items + other.items, self.revenue + other.revenue)

    @property
    def average_price(self) -> Decimal | None:
        return self.revenue / self.items if self.items else None

    @property
    def items_per_client(self) -> Decimal | None:
        return Decimal(self.items) / self.clients if self.clients else None


class Records(NamedTuple):
    """The largest number of items and sum of one client in a calendar month and in all, over twelve months."""

    items_in_a_month: int
    items_in_a_year: int
    sum_in_a_month: Decimal
    sum_in_a_year: Decimal


class WithoutCard(NamedTuple):
    """Kept pieces sold without a card in the period: outside the report, shown beside it."""

    items: int
    revenue: Decimal


@dataclass(frozen=True)
class ReturningReport:
    """The report over ``first..last``, both days included."""

    first: date
    last: date
    regular: Group
    newcomer: Group
    converted: Group
    records: Records
    without_card: WithoutCard

    @property
    def total(self) -> Group:
        return self.regular + self.newcomer

    @property
    def price_premium(self) -> Decimal | None:
        """How many percent more a regular pays for a piece than a newcomer."""
        return premium(self.regular.average_price, self.newcomer.average_price)

    @property
    def items_premium(self) -> Decimal | None:
        """How many percent more pieces a regular buys than a newcomer."""
        return premium(self.regular.items_per_client, self.newcomer.items_per_client)


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """``part`` in percent of ``whole``; None of nothing."""
    return HUNDRED * part / whole if whole else None


def premium(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """By how many percent ``one`` is above ``other``; None where one of them is not there."""
    return HUNDRED * (one / other - 1) if one is not None and other else None


def returning_report(first: date, last: date, *, store: Store | None = None) -> ReturningReport:
    """Regulars against newcomers over first..last, both days included. Four queries, none over raw receipts
    but that of the sales without a card."""
    scope = store.pk if store else CHAIN
    groups = group_sums(first, last, scope)
    return ReturningReport(
        first=first,
        last=last,
        regular=groups["regular"],
        newcomer=groups["newcomer"],
        converted=groups["converted"],
        records=records(last, scope),
        without_card=without_card(first, last, store),
    )


# One pass over one index range: each row belongs to one group, and a buyer counts on the first day of the period
# that they bought on (the previous buying day in this scope is before the period).
_SUMS = """
SELECT CASE WHEN first_day < %(first)s THEN 'regular' WHEN second_day <= %(last)s THEN 'converted' ELSE 'once' END,
       COUNT(CASE WHEN items > 0 AND (previous_buying_day IS NULL OR previous_buying_day < %(first)s) THEN 1 END),
       SUM(items), SUM(total)
FROM visits_visit WHERE scope = %(scope)s AND day BETWEEN %(first)s AND %(last)s GROUP BY 1
"""


def group_sums(first: date, last: date, scope: int) -> dict[str, Group]:
    """Clients, items and revenue of each group in a scope. One query over one index range."""
    with replica.connection().cursor() as cursor:
        cursor.execute(_SUMS, {"first": first, "last": last, "scope": scope})
        found = {name: Group(int(clients), int(items), money(total)) for name, clients, items, total in cursor.fetchall()}
    nobody = Group(0, 0, money(0))
    converted = found.get("converted", nobody)
    newcomer = converted + found.get("once", nobody)
    return {"regular": found.get("regular", nobody), "newcomer": newcomer, "converted": converted}


def money(value: Any) -> Decimal:
    """A sum as the database gave it (SQLite gives floats), to the kopeck."""
    return Decimal(str(value)).quantize(Decimal("0.01"))


def year_before(last: date) -> date:
    """The first of the twelve months' days that end with ``last``."""
    try:
        return last.replace(year=last.year - 1) + timedelta(days=1)
    except ValueError:
        return date(last.year - 1, 3, 1)


def records(last: date, scope: int) -> Records:
    """Records of single clients over the twelve months that end with ``last``. Two queries."""
    visits = Visit.objects.filter(scope=scope, day__range=(year_before(last), last), items__gt=0).order_by()
    by_month = visits.annotate(month=TruncMonth("day")).values("client", "month")
    best = {}
    for span, clients in (("month", by_month), ("year", visits.values("client"))):
        sums = clients.annotate(n=Sum("items"), paid=Sum("total"))
        best[span] = sums.aggregate(items=Max("n"), total=Max("paid"))
    return Records(
        best["month"]["items"] or 0,
        best["year"]["items"] or 0,
        money(best["month"]["total"] or 0),
        money(best["year"]["total"] or 0),
    )


class RecordRow(NamedTuple):
    """A record and whose it is; ``month`` (its first day, ISO) for those of a calendar month."""

    client: int
    name: str
    month: str
    value: Decimal


def record_rows(last: date, store: Store | None) -> dict[str, RecordRow | None]:
    """The records by the names of ``Records``, each with its client; None where nothing was bought. Five queries."""
    span = (year_before(last), last)
    visits = Visit.objects.filter(scope=store.pk if store else CHAIN, day__range=span, items__gt=0).order_by()
    by_month = visits.annotate(month=TruncMonth("day")).values("client", "month")
    found: dict[str, Any] = {}
    for name, clients, what in (
        ("items_in_a_month", by_month, "items"),
        ("items_in_a_year", visits.values("client"), "items"),
        ("sum_in_a_month", by_month, "total"),
        ("sum_in_a_year", visits.values("client"), "total"),
    ):
        found[name] = clients.annotate(value=Sum(what)).order_by("-value", "client").first()
    names = Client.objects.in_bulk({row["client"] for row in found.values() if row})
    return {name: row and _record(row, names[row["client"]]) for name, row in found.items()}


def _record(row: dict[str, Any], client: Client) -> RecordRow:
    month = row["month"].isoformat() if row.get("month") else ""
    return RecordRow(client.pk, str(client), month, Decimal(str(row["value"])))


def without_card(first: date, last: date, store: Store | None) -> WithoutCard:
    """What was sold without a card. One query."""
    pieces = Piece.objects.kept().filter(purchase__client=None, purchase__sold_on__range=(first, last))
    if store:
        pieces = pieces.filter(purchase__store=store)
    sums = pieces.aggregate(items=Count("pk"), revenue=Sum("price"))
    return WithoutCard(sums["items"], money(sums["revenue"] or 0))


class Month(NamedTuple):
    """A calendar month of a scope: pieces and revenue of its regulars and newcomers."""

    month: date
    regular_items: int
    newcomer_items: int
    regular_revenue: Decimal
    newcomer_revenue: Decimal

    @property
    def last(self) -> date:
        """Its last day."""
        return next_month(self.month) - timedelta(days=1)

    @property
    def returning_share(self) -> Decimal | None:
        return percent(self.regular_revenue, self.regular_revenue + self.newcomer_revenue)


def months(last: date, *, count: int = 12, store: Store | None = None) -> list[Month]:
    """The ``count`` calendar months that end with the one of ``last``, each a period of its own. One query."""
    starts = month_starts(last, count)
    visits = (
        Visit.objects.filter(scope=store.pk if store else CHAIN, day__gte=starts[0], day__lt=next_month(starts[-1]))
        .order_by()
        .annotate(month=TruncMonth("day"))
        .annotate(regular=Case(When(first_day__lt=F("month"), then=True), default=False))
        .values("month")
        .annotate(
            ri=Sum("items", filter=Q(regular=True)),
            ni=Sum("items", filter=Q(regular=False)),
            rr=Sum("total", filter=Q(regular=True)),
            nr=Sum("total", filter=Q(regular=False)),
        )
    )
    found = {row["month"]: row for row in visits}
    empty: dict[str, Any] = {}
    return [
        Month(
            month,
            row.get("ri") or 0,
            row.get("ni") or 0,
            money(row.get("rr") or 0),
            money(row.get("nr") or 0),
        )
        for month in starts
        for row in (found.get(month, empty),)
    ]


def next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def month_starts(last: date, count: int) -> list[date]:
    """First days of the ``count`` months that end with the month of ``last``, oldest first."""
    number = last.year * 12 + last.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(number - count + 1, number + 1)]
