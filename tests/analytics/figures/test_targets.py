"""Targets beside what was reached, by store and seller, and the way of the month."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.figures import targets
from analytics.figures.periods import Period
from analytics.models import Target, VisitorCount
from purchases.models import Purchase
from stores.models import Employee, Role, Store
from tests.conftest import Sell
from tests.factories import ClientFactory, employee

MARCH, DAY = Period(date(2026, 3, 1), date(2026, 3, 31)), date(2026, 3, 16)


def by(seller: Employee, purchase: Purchase) -> int:
    return Purchase.objects.filter(pk=purchase.pk).update(seller=seller)


def target(store: Store, said_by: Employee, value: int = 31_000, *, seller: Employee | None = None, **more: object) -> Target:
    facts = {"month": MARCH.first, "measure": "revenue", **more}
    return Target.objects.create(store=store, seller=seller, value=value, by=said_by, **facts)


def test_what_a_store_and_its_sellers_reached(store: Store, seller: Employee, other_store: Store, sell: Sell) -> None:
    other = employee(Role.SELLER, store)
    regular, newcomer = ClientFactory.create(home_store=store), ClientFactory.create(home_store=store)
    sell(regular, date(2026, 2, 1), 7), sell(regular, DAY, 700)
    by(other, sell(newcomer, DAY, 300))
    sell(None, DAY, 1_000, no_card_reason="declined"), sell(regular, DAY, 9, at=other_store)
    VisitorCount.objects.create(store=store, day=DAY, visitors=12)

    told = targets.reached(store, MARCH)

    assert {measure: told[None, measure] for measure in ("revenue", "returning", "conversion")} == {
        "revenue": 2_000, "returning": 70, "conversion": 25,
    }  # fmt: skip
    assert round(told[None, "capture"] or 0, 1) == 66.7
    assert [told[seller.pk, name] for name in ("revenue", "capture", "returning")] == [1_700, 50, 100]
    assert [told[other.pk, name] for name in ("revenue", "capture", "returning")] == [300, 100, 0]


def test_of_a_month_without_sales_there_is_nothing_to_share(store: Store) -> None:
    assert targets.reached(store, MARCH) == {
        (None, "revenue"): 0, (None, "capture"): None, (None, "returning"): None, (None, "conversion"): None,
    }  # fmt: skip


def test_the_way_is_that_of_the_stores_with_a_target(store: Store, other_store: Store, admin: Employee, sell: Sell) -> None:
    assert targets.standing(DAY, [store, other_store]) is None
    target(store, admin)
    client = ClientFactory.create(home_store=store)
    sell(client, DAY, 10_000), sell(client, date(2026, 2, 28), 99), sell(client, DAY, 5, at=other_store)

    told = targets.standing(DAY, [store, other_store])

    assert told is not None
    assert (told.pace.target, told.pace.done, round(told.pace.due), told.stores, told.of) == (31_000, 10_000, 16_000, 1, 2)
    assert told.strays == []


def sold_each_day(store: Store, sell: Sell, until: date) -> None:
    client = ClientFactory.create(home_store=store)
    for n in range(90):
        sell(client, MARCH.first - timedelta(days=n + 1), 1_000 + n % 3)
    for n in range((until - MARCH.first).days + 1):
        sell(client, MARCH.first + timedelta(days=n), 100)


def test_who_strays_is_told_until_somebody_notes_it(store: Store, admin: Employee, sell: Sell) -> None:
    found = target(store, admin)
    sold_each_day(store, sell, DAY)

    told = targets.standing(DAY, [store])
    assert told is not None
    assert [(stray.store, stray.target, stray.pace.gap < 0) for stray in told.strays] == [(store, found, True)]

    Target.objects.update(noted_at="2026-03-16T10:00Z")
    again = targets.standing(DAY, [store])
    assert again is not None
    assert (again.strays, again.pace) == ([], told.pace)


def test_a_seller_has_a_way_of_their_own(store: Store, seller: Employee, admin: Employee, sell: Sell) -> None:
    assert targets.of_seller(seller, store, DAY) is None
    target(store, admin, 6_200, seller=seller)
    client = ClientFactory.create(home_store=store)
    sell(client, DAY, 700)
    by(employee(Role.SELLER, store), sell(client, DAY, 5_000))

    told = targets.of_seller(seller, store, DAY)

    assert told is not None
    assert (told.done, round(told.due), told.strays) == (700, 3_200, None)


@pytest.mark.parametrize(("source", "plus", "revenue", "capture"), [("month", 10, 33_000, 60), ("year", 0, 500, 100)])
def test_targets_begin_with_those_of_the_month_or_with_the_year_before(
    store: Store, admin: Employee, sell: Sell, source: str, plus: int, revenue: int, capture: int
) -> None:
    target(store, admin, 30_000, month=date(2026, 2, 1)), target(store, admin, 60, month=date(2026, 2, 1), measure="capture")
    sell(ClientFactory.create(home_store=store), date(2025, 3, 5), 500)

    told = targets.proposed(store, MARCH.first, source, Decimal(plus))

    assert (told[None, "revenue"], told[None, "capture"]) == (revenue, capture)
