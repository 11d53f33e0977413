"""Counting from the raw rows with pandas: the example of the definitions, and the report that the chain printed."""

import json
from datetime import date

import pytest

from analytics.raw_count import RawCount
from stores.models import Store
from tests.conftest import DATA, Sell
from tests.factories import ClientFactory
from tests.lists import bring


def test_the_example_of_the_definitions_is_counted_as_it_is_told(store: Store, other_store: Store, sell: Sell) -> None:
    anna, boris = ClientFactory.create(home_store=store), ClientFactory.create(home_store=other_store)
    sell(anna, date(2026, 1, 5), 10_000)
    sell(anna, date(2026, 3, 3), 20_000)
    sell(boris, date(2026, 3, 7), 6_000)
    sell(boris, date(2026, 3, 20), 2_000, at=other_store)
    sell(None, date(2026, 3, 20), 700, no_card_reason="declined")

    raw = RawCount()

    march = raw.returning(date(2026, 3, 1), date(2026, 3, 31), None)
    assert march == {
        "items.total": 3, "items.regular": 1, "items.newcomer": 2, "items.converted": 2,
        "items.regular_share": 100 / 3, "items.newcomer_share": 200 / 3, "items.converted_share_of_newcomers": 100,
        "revenue.total": 28_000, "revenue.regular": 20_000, "revenue.newcomer": 8_000, "revenue.converted": 8_000,
        "revenue.regular_share": pytest.approx(71.43, abs=0.005), "revenue.newcomer_share": pytest.approx(28.57, abs=0.005),
        "revenue.converted_share_of_newcomers": 100,
        "average_price.regular": 20_000, "average_price.newcomer": 4_000, "average_price.premium_percent": 400,
        "clients.regular": 1, "clients.newcomer": 1, "clients.converted": 1,
        "items_per_client.regular": 1, "items_per_client.newcomer": 2, "items_per_client.premium_percent": -50,
        "records.items_in_a_month": 2, "records.items_in_a_year": 2,
        "records.sum_in_a_month": 20_000, "records.sum_in_a_year": 30_000,
        "without_card.items": 1, "without_card.revenue": 700,
    }  # fmt: skip
    in_the_other = raw.returning(date(2026, 3, 1), date(2026, 3, 31), other_store.pk)
    assert (in_the_other["items.converted"], in_the_other["clients.newcomer"], in_the_other["without_card.items"]) == (1, 1, 0)
    assert raw.cohorts(date(2026, 6, 17), other_store.pk) == {}
    assert raw.reached(date(2026, 3, 1), date(2026, 3, 31), store.pk) == {
        "revenue": 26_700, "capture": pytest.approx(66.67, abs=0.005), "returning": pytest.approx(76.92, abs=0.005),
    }  # fmt: skip
    assert raw.reached(date(2026, 4, 1), date(2026, 4, 30), store.pk) == {"revenue": 0, "capture": None, "returning": None}


def test_the_list_of_the_acceptance_gives_the_report_that_the_chain_printed(db: None) -> None:
    for kind in ("clients", "purchases", "services"):
        bring(kind, DATA / "december-2018" / f"{kind}.csv")
    expected = json.loads((DATA / "december-2018" / "expected.json").read_text())

    counted = RawCount().returning(date(2018, 12, 1), date(2018, 12, 31), None)

    for section in ("items", "revenue", "average_price", "clients", "items_per_client", "records"):
        for name, value in expected[section].items():
            assert counted[f"{section}.{name}"] == pytest.approx(value, abs=0.5), (section, name)
