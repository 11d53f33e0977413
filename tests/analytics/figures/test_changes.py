"""What changed most, and what moved it."""

from datetime import date, timedelta

from analytics.figures import changes
from analytics.figures.periods import Period
from clients.models import Client
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory, StoreFactory


def test_what_changed_most_is_told_by_what_moved_it(store: Store, other_store: Store, sell: Sell) -> None:
    now = date(2026, 6, 17)
    old = ClientFactory.create()
    sell(old, now - timedelta(days=40), 10_000)
    sell(old, now - timedelta(days=10), 50_000)
    sell(ClientFactory.create(), now - timedelta(days=5), 1_000, at=other_store)

    told = changes.changed(None, Period(now, now))

    before = told["before"]
    assert (before["now"], before["before"]) == (51_000, 10_000)
    assert [(m["what"], m["key"], m["moved"]) for m in before["movers"]] == [
        ("group", "regular", 50_000), ("kind", "ring", 41_000), ("store", store.pk, 40_000),
    ]  # fmt: skip


def test_in_one_store_no_store_moved_it(store: Store, other_store: Store, sell: Sell, card: Client) -> None:
    now = date(2026, 6, 17)
    sell(card, now, 1_000)
    sell(card, now, 70_000, at=other_store)

    told = changes.changed(store, Period(now, now))

    assert told["days"] == ["2026-05-21", "2026-06-17"]
    assert [(m["what"], m["key"], m["moved"]) for m in told["year"]["movers"]] == [
        ("kind", "ring", 1_000),
        ("group", "newcomer", 1_000),
    ]


def test_what_did_not_move_is_not_told(sell: Sell, card: Client) -> None:
    now = date(2026, 6, 17)
    for days in (500, 364, 28, 0):
        sell(card, now - timedelta(days=days), 1_000)

    told = changes.changed(None, Period(now, now))

    assert [told[name] for name in ("before", "year")] == [{"now": 1_000, "before": 1_000, "movers": [], "steps": []}] * 2


def test_the_steps_lead_from_one_sum_to_the_other(sell: Sell, card: Client) -> None:
    now, stores = date(2026, 6, 17), StoreFactory.create_batch(8)
    for number, place in enumerate(stores, 1):
        sell(card, now, 1_000 * number, at=place)
        sell(card, now - timedelta(days=364), 3_500, at=place)

    told = changes.changed(None, Period(now, now))["year"]

    assert [step["what"] for step in told["steps"]] == ["store"] * 5 + ["rest"]
    assert told["before"] + sum(step["moved"] for step in told["steps"]) == told["now"]
    assert told["steps"][0] == {"what": "store", "key": stores[7].pk, "name": stores[7].name, "moved": 4_500}


def test_in_one_store_the_steps_are_kinds(store: Store, sell: Sell, card: Client) -> None:
    now = date(2026, 6, 17)
    sell(card, now, 1_000)

    told = changes.changed(store, Period(now, now))["year"]

    assert [(step["what"], step["key"], step["moved"]) for step in told["steps"]] == [("kind", "ring", 1_000)]
