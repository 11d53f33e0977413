"""What receipts are bought for."""

from datetime import date

from analytics.figures.occasions import by_occasion
from analytics.figures.periods import Period
from clients.models import Client
from purchases.models import Purchase
from stores.models import Store
from tests.conftest import Sell

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def test_receipts_revenue_and_average_by_occasion(card: Client, store: Store, other_store: Store, sell: Sell) -> None:
    for day, occasion, *prices in (
        (1, "birthday", 10_000, 2_000), (2, "birthday", 4_000), (3, "wedding", 90_000), (4, "", 1_000), (5, "holiday", 500),
    ):  # fmt: skip
        sold = sell(card, date(2026, 3, day), *prices)
        Purchase.objects.filter(pk=sold.pk).update(occasion=occasion)
    Purchase.objects.get(occasion="holiday").pieces.update(returned_on=date(2026, 3, 6))
    sell(card, date(2026, 3, 7), 800, at=other_store)

    told, there = by_occasion(store, MARCH), by_occasion(other_store, MARCH)

    assert [(row["key"], row["receipts"], row["revenue"], row["average"]) for row in told["rows"]] == [
        ("birthday", 2, 16_000, 8_000), ("wedding", 1, 90_000, 90_000),
    ]  # fmt: skip
    assert [round(row["share"], 1) for row in told["rows"]] == [66.7, 33.3]
    assert (told["said"]["receipts"], told["said"]["share"], told["not_said"]["receipts"]) == (3, 75.0, 1)
    assert (there["rows"], there["total"]["revenue"]) == ([], 800)


def test_nothing_of_nothing(db: None) -> None:
    assert by_occasion(None, MARCH)["total"] == {"receipts": 0, "share": None, "revenue": 0, "average": None}
