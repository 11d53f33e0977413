"""Sellers and stores: shares with intervals, marks only where chance does not explain, and what missing data costs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from analytics.figures import people
from analytics.figures.periods import Period
from clients.models import CardState, Client, Purpose
from clients.services import record_consents
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import Sell
from tests.factories import ClientFactory

DAY = date(2026, 3, 5)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def sold(sell: Sell, card: Client) -> Callable[..., None]:
    """``sold(seller, with_card, without, reason)``."""
    from purchases.models import Purchase

    def make(who: Employee, with_card: int, without: int = 0, reason: str = "hurry") -> None:
        before = set(Purchase.objects.values_list("pk", flat=True))
        for _sale in range(with_card):
            sell(card, DAY, 1_000)
        for _sale in range(without):
            sell(None, DAY, 1_000, no_card_reason=reason)
        Purchase.objects.exclude(pk__in=before).update(seller=who)

    return make


def rows_by_key(table: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {row["key"]: row for row in table["rows"]}


def test_capture_counts_all_sales_and_marks_what_chance_does_not_explain(store: Store, sold: Callable[..., None]) -> None:
    good, poor, new = (factories.employee(Role.SELLER, store) for _ in range(3))
    sold(good, 60, 0)
    sold(poor, 15, 45)
    sold(new, 1, 3)

    rows = rows_by_key(people.by_seller(None, MARCH))

    assert [(rows[who.pk]["capture"]["n"], rows[who.pk]["capture"]["of"]) for who in (good, poor, new)] == [
        (60, 60),
        (15, 60),
        (1, 4),
    ]
    assert [rows[who.pk]["capture"]["mark"] for who in (good, poor, new)] == ["above", "below", ""]
    assert rows[new.pk]["capture"]["few"]


def test_a_client_who_declines_is_never_held_against_a_seller(store: Store, sold: Callable[..., None]) -> None:
    good, unlucky = (factories.employee(Role.SELLER, store) for _ in range(2))
    sold(good, 60, 0)
    sold(unlucky, 30, 30, "declined")

    row = rows_by_key(people.by_seller(None, MARCH))[unlucky.pk]

    assert (row["capture"]["value"], row["declined"], row["capture"]["mark"]) == (50.0, 30, "")


def test_rows_stand_by_name_and_a_store_alone_sees_itself(
    store: Store, other_store: Store, sold: Callable[..., None], seller: Employee, sell: Sell, card: Client
) -> None:
    sold(seller, 2)
    sell(card, DAY, 5_000, at=other_store)

    assert [row["name"] for row in people.by_store(None, MARCH)["rows"]] == sorted([store.name, other_store.name])
    assert [row["key"] for row in people.by_store(other_store, MARCH)["rows"]] == [other_store.pk]
    assert people.by_store(None, MARCH)["total"]["average"]["value"] == pytest.approx(7_000 / 3, abs=0.01)


def test_who_won_a_newcomer_gets_their_return(store: Store, seller: Employee, sell: Sell) -> None:
    last = MARCH.last
    for number in range(4):
        client = ClientFactory.create(home_store=store, registered_by=seller)
        record_consents(client, {Purpose.PERSONAL_DATA: True}, by=seller, where=store)
        record_consents(client, {Purpose.PERSONAL_DATA: number > 0}, by=seller, where=store)
        sell(client, last - timedelta(days=300), 1_000)
        if number < 3:
            sell(client, last - timedelta(days=300 - 180 * (number == 0) - 10 * (number == 1) - 181 * (number == 2)), 1_000)
    sell(ClientFactory.create(), DAY, 1_000)

    row = people.by_seller(None, MARCH)["rows"][0]

    assert (row["again"]["n"], row["again"]["of"]) == (2, 4)
    assert (row["complete"]["n"], row["complete"]["of"]) == (3, 4)


def test_what_missing_data_costs(store: Store, seller: Employee, sell: Sell) -> None:
    reached, silent_one, bare = (ClientFactory.create(home_store=store) for _ in range(3))
    nameless = ClientFactory.create(home_store=store, state=CardState.INCOMPLETE, phone=None)
    for client, price in ((reached, 100), (silent_one, 2_000), (bare, 30_000), (nameless, 400_000)):
        sell(client, DAY, price)
    record_consents(reached, {Purpose.ADVERTISING_SMS: True}, by=seller, where=store)
    for given in (True, False):
        record_consents(silent_one, {Purpose.CALLS: given}, by=seller, where=store)

    told = people.missing(None, MARCH)

    assert [(row["why"], row["clients"], row["spent"]) for row in told["rows"]] == [("phone", 1, 400_000), ("consent", 2, 32_000)]
    assert (told["unreached"], told["clients"], told["spent"], told["compliments"]) == (3, 4, 432_000, 3)
