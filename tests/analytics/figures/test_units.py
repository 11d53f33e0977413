"""Unit economics by hand, expenses and visitors as they are typed and brought in lists."""

from datetime import date
from decimal import Decimal
from typing import Any

from analytics.figures import units
from analytics.figures.periods import Period
from analytics.models import Expense, VisitorCount
from clients.models import Client
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def spend(amount: int, purpose: str = "attract", month: date = date(2026, 3, 1), **more: Any) -> Expense:
    return Expense.objects.create(month=month, channel="2GIS", purpose=purpose, amount=Decimal(amount), **more)


def test_the_six_figures_by_hand(store: Store, sell: Sell) -> None:
    spend(10_000)
    spend(3_000, "retain")
    spend(9_000, month=date(2025, 12, 1))
    VisitorCount.objects.create(store=store, day=date(2026, 3, 5), visitors=40)
    VisitorCount.objects.create(store=store, day=date(2025, 3, 5), visitors=900)
    first, second = ClientFactory.create(), ClientFactory.create()
    sell(first, date(2026, 3, 5), 20_000)
    sell(second, date(2026, 3, 6), 40_000)
    sell(first, date(2026, 5, 5), 30_000)

    told = units.units(None, YEAR, margin=Decimal(40))

    assert (told["cost_per_visitor"], told["cost_per_buyer"], told["cost_per_return"]) == (250, 5_000, 3_000)
    assert (told["average_first"], told["newcomers"], told["return_visits"]) == (30_000, 2, 1)
    assert (told["life"], told["margin"]) == ({"clients": 2, "revenue": 45_000}, 18_000)
    assert told["come_again"] is None


def test_what_nobody_noted_is_not_guessed(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 3, 5), 20_000)

    told = units.units(None, YEAR)

    assert [told[name] for name in ("cost_per_visitor", "cost_per_buyer", "cost_per_return", "margin")] == [None] * 4
