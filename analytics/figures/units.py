"""Unit economics of a period from expenses, visitors and visits, each figure undefined rather than guessed (docs/figures.md)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum

from analytics.figures.coming_back import YEAR, share
from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money
from analytics.models import Expense, ExpensePurpose, VisitorCount
from stores.models import Store
from visits import dialect
from visits.models import CHAIN, ClientActivity


def units(store: Store | None, period: Period, *, margin: Decimal | None = None) -> dict[str, Any]:
    """Spent, visitors and the six figures. Five queries.

    Expenses are those of the months that begin in the period; with a store, its own (those of the chain are nobody's share).
    ``margin``: gross margin in per cent, None where nobody said it.
    """
    spent = _spent(store, period)
    visitors = _visitors(store, period)
    told, life = _bought(store, period), _life(store)
    return {
        "spent": {name: number(amount) for name, amount in spent.items()},
        "visitors": visitors, "newcomers": told.buyers, "return_visits": told.returns,
        "cost_per_visitor": _per(spent["attract"], visitors), "cost_per_buyer": _per(spent["attract"], told.buyers),
        "average_first": _per(told.revenue, told.buyers), "come_again": _come_again(store, period),
        "cost_per_return": _per(spent["retain"], told.returns), "life": {"clients": life[0], "revenue": _per(life[1], life[0])},
        "margin_percent": number(margin),
        "margin": None if margin is None or not life[0] else number(life[1] * margin / 100 / life[0]),
    }  # fmt: skip


def _per(amount: Decimal, many: int) -> int | float | None:
    """None where there is nothing to divide by, or nothing was noted to divide."""
    return number(amount / many) if many and amount else None


def _spent(store: Store | None, period: Period) -> dict[str, Decimal]:
    noted = Expense.objects.filter(month__range=period)
    if store:
        noted = noted.filter(store=store)
    sums = noted.aggregate(**{name: Sum("amount", filter=Q(purpose=name)) for name in ExpensePurpose.values})
    return {name: sums[name] or Decimal(0) for name in ExpensePurpose.values}


def _visitors(store: Store | None, period: Period) -> int:
    counted = VisitorCount.objects.filter(day__range=period)
    return (counted.filter(store=store) if store else counted).aggregate(n=Sum("visitors"))["n"] or 0


class Bought(NamedTuple):
    """Clients whose first visit day was a buying one inside the period, what they left on it, and the buying days of the period
    that were not a client's first visit day."""

    buyers: int
    revenue: Decimal
    returns: int


def _bought(store: Store | None, period: Period) -> Bought:
    """One query."""
    sql = """SELECT SUM(CASE WHEN day = first_day THEN 1 ELSE 0 END), SUM(CASE WHEN day = first_day THEN total END),
        SUM(CASE WHEN day > first_day THEN 1 ELSE 0 END)
    FROM visits_visit WHERE scope = %s AND day BETWEEN %s AND %s AND items > 0"""
    ((buyers, revenue, returns),) = dialect.fetch(sql, [store.pk if store else CHAIN, *period])
    return Bought(int(buyers or 0), money(revenue or 0), int(returns or 0))


def _come_again(store: Store | None, period: Period) -> dict[str, Any] | None:
    """The share of newcomers who came again within a year: those of the year whose windows ended with the period."""
    until = period.last - timedelta(days=YEAR)
    sql = f"""SELECT COUNT(*), SUM(CASE WHEN second_day <= {dialect.plus_days("first_day", YEAR)} THEN 1 ELSE 0 END)
    FROM visits_visit WHERE scope = %s AND day = first_day AND day >= %s AND day < %s"""
    ((newcomers, again),) = dialect.fetch(sql, [store.pk if store else CHAIN, until - timedelta(days=YEAR), until])
    return share(int(again or 0), int(newcomers))


def _life(store: Store | None) -> tuple[int, Decimal]:
    """Buyers and all that they ever spent; with a store, of the clients whose home it is."""
    activities = ClientActivity.objects.filter(items__gt=0)
    if store:
        activities = activities.filter(client__home_store=store)
    sums = activities.aggregate(clients=Count("pk"), spent=Sum("spent"))
    return sums["clients"], sums["spent"] or Decimal(0)
