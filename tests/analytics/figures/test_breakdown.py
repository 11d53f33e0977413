"""The report in detail adds up to the report."""

from datetime import timedelta
from decimal import Decimal

from analytics.figures import breakdown, returning
from analytics.figures.periods import Period
from catalogue.kinds import PRICE_BANDS
from clients.models import Client
from stores.models import Employee, Store
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import Sell
from tests.factories import ClientFactory


def test_the_breakdown_adds_up_to_the_report_in_every_dimension(histories: Histories, store: Store) -> None:
    histories(50)
    period = Period(TODAY - timedelta(days=200), TODAY)
    for place in (None, store):
        report = returning.returning_report(*period, store=place)
        for rows in breakdown.detail(place, period).values():
            for side, group in (("regular", report.regular), ("newcomer", report.newcomer)):
                assert sum(row[side]["items"] for row in rows) == group.items
                assert Decimal(str(sum(row[side]["revenue"] for row in rows))) == group.revenue


def test_rows_have_their_names_and_bands_their_order(
    store: Store, other_store: Store, sell: Sell, card: Client, seller: Employee
) -> None:
    sell(card, TODAY - timedelta(days=300), 100)
    sell(card, TODAY, 2_999, 10_000)
    sell(ClientFactory.create(), TODAY, 500_000, at=other_store)

    told = breakdown.detail(None, Period(TODAY, TODAY))

    both = [(row["key"], row["name"], row["regular"]["items"], row["newcomer"]["items"]) for row in told["store"]]
    assert both == [(other_store.pk, other_store.name, 0, 1), (store.pk, store.name, 2, 0)]
    assert [(row["key"], row["regular"]["revenue"], row["newcomer"]["revenue"]) for row in told["band"]] == [
        (0, 2_999, 0),
        (10_000, 10_000, 0),
        (max(PRICE_BANDS), 0, 500_000),
    ]
    assert [(row["key"], row["name"]) for row in told["seller"]] == [(seller.pk, str(seller))]


def test_records_of_the_detail_are_json_and_nobodys_where_nothing_was_bought(sell: Sell, card: Client) -> None:
    nobody = breakdown.record_holders(None, Period(TODAY, TODAY))
    sell(card, TODAY, 700, 300)

    told = breakdown.record_holders(None, Period(TODAY, TODAY))

    assert set(nobody.values()) == {None}
    assert told["sum_in_a_month"] == {"client": card.pk, "name": str(card), "month": "2026-06-01", "value": 1_000}
    assert told["items_in_a_year"] == {"client": card.pk, "name": str(card), "month": "", "value": 2}
