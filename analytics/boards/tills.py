"""The till day by day, of the chain and of stores at once, live: what boards say of today, of seven days and of the month."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from analytics.figures.changes import SAME_WEEKDAYS
from analytics.figures.periods import Period
from analytics.figures.returning import money
from purchases.models import Piece
from visits.models import CHAIN, Visit

# Twelve weeks and the week before them, so that each has its neighbour.
RECENT = 13 * 7


class Days:
    """Revenue and pieces by day, with and without a card."""

    def __init__(self) -> None:
        self.sums: dict[date, Decimal] = {}
        self.pieces: dict[date, int] = {}

    def add(self, day: date, pieces: int, total: Decimal) -> None:
        self.sums[day] = self.sums.get(day, Decimal(0)) + total
        self.pieces[day] = self.pieces.get(day, 0) + pieces

    def revenue(self, period: Period) -> Decimal:
        return sum((self.sums.get(day, Decimal(0)) for day in _each(period)), Decimal(0))

    def items(self, period: Period) -> int:
        return sum(self.pieces.get(day, 0) for day in _each(period))

    def course(self, period: Period) -> list[Decimal]:
        return [self.sums.get(day, Decimal(0)) for day in _each(period)]


def _each(period: Period) -> list[date]:
    return [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]


def back(period: Period, days: int) -> Period:
    return Period(period.first - timedelta(days=days), period.last - timedelta(days=days))


def by_day(scopes: Collection[int], today: date) -> dict[int, Days]:
    """The last thirteen weeks, this month, and this month as it was a year (364 days) before. Two queries."""
    month = Period(today.replace(day=1), today)
    spans = [Period(today - timedelta(days=RECENT - 1), today), back(month, SAME_WEEKDAYS)]
    found = {scope: Days() for scope in scopes}
    carded = Visit.objects.filter(_inside("day", spans), scope__in=scopes).order_by().values("scope", "day")
    for scope, day, items, total in carded.annotate(n=Sum("items"), paid=Sum("total")).values_list("scope", "day", "n", "paid"):
        found[scope].add(day, int(items or 0), money(total or 0))
    for store, day, items, paid in _without_card(scopes, spans):
        for scope in {CHAIN, store} & found.keys():
            found[scope].add(day, int(items), money(paid))
    return found


def _inside(field: str, spans: list[Period]) -> Q:
    inside = Q()
    for span in spans:
        inside |= Q(**{f"{field}__range": span})
    return inside


def _without_card(scopes: Collection[int], spans: list[Period]) -> Any:
    pieces = Piece.objects.kept().filter(_inside("purchase__sold_on", spans), purchase__client=None).order_by()
    if CHAIN not in scopes:
        pieces = pieces.filter(purchase__store__in=scopes)
    days = pieces.values("purchase__store", "purchase__sold_on").annotate(n=Count("pk"), paid=Sum("price"))
    return days.values_list("purchase__store", "purchase__sold_on", "n", "paid")
