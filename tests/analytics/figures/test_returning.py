"""The December of the acceptance folder, and the bounds of a period."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from analytics.figures import returning
from clients.models import Client
from imports.models import StagedRow
from stores.models import Store
from tests.conftest import DATA, Sell
from tests.factories import ClientFactory
from tests.lists import bring, verdicts

FOLDER = DATA / "december-2018"


@pytest.fixture
def december(db: None) -> dict[str, list[StagedRow]]:
    return {kind: bring(kind, FOLDER / f"{kind}.csv") for kind in ("clients", "purchases", "services")}


def rounded_like(ours: Any, expected: Any) -> Any:
    """Our figures to as many decimals as the expected ones have."""
    if isinstance(expected, dict):
        return {key: rounded_like(ours[key], value) for key, value in expected.items()}
    places = len(str(expected).partition(".")[2]) if isinstance(expected, float) else None
    return round(ours, places) if isinstance(expected, float) else ours


def test_december_equals_what_the_chain_printed(december: dict[str, list[StagedRow]]) -> None:
    out = StringIO()
    call_command("returning_report", "2018-12-01", "2018-12-31", "--json", stdout=out)
    ours, expected = json.loads(out.getvalue()), json.loads((FOLDER / "expected.json").read_text())

    assert rounded_like(ours, expected) == expected


def test_all_three_lists_come_in_whole_and_once(december: dict[str, list[StagedRow]]) -> None:
    assert {outcome for rows in december.values() for outcome in verdicts(rows)} == {"created"}

    for kind, rows in december.items():
        assert verdicts(bring(kind, FOLDER / f"{kind}.csv")) == ["unchanged"] * len(rows)


def test_both_days_of_a_period_are_inside(sell: Sell) -> None:
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    for day in (date(2026, 2, 28), first, last, date(2026, 4, 1)):
        sell(ClientFactory.create(), day, 100)

    assert returning.returning_report(first, last).total.items == 2


def test_with_a_store_chosen_the_chain_decides_who_is_regular(store: Store, other_store: Store, card: Client, sell: Sell) -> None:
    sell(card, date(2026, 1, 5), 100, at=other_store)
    sell(card, date(2026, 2, 5), 700)

    report = returning.returning_report(date(2026, 2, 1), date(2026, 2, 28), store=store)

    assert (report.regular, report.newcomer) == (returning.Group(1, 1, Decimal(700)), returning.Group(0, 0, Decimal(0)))


def test_sales_without_a_card_stand_beside(sell: Sell) -> None:
    sell(None, date(2026, 2, 5), 700, no_card_reason="declined")

    report = returning.returning_report(date(2026, 2, 1), date(2026, 2, 28))

    assert (report.total.items, report.without_card) == (0, returning.WithoutCard(1, Decimal(700)))


@pytest.mark.parametrize(
    ("last", "start"),
    [
        (date(2018, 12, 31), date(2018, 1, 1)),
        (date(2018, 2, 28), date(2017, 3, 1)),
        (date(2020, 2, 29), date(2019, 3, 1)),
        (date(2026, 11, 21), date(2025, 11, 22)),
    ],
)
def test_twelve_months_end_with_the_period(last: date, start: date) -> None:
    assert returning.year_before(last) == start


def test_the_report_keeps_its_number_of_queries(sell: Sell, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(3):
        sell(ClientFactory.create(), date(2026, 2, 1 + number), 100)
        with django_assert_num_queries(4):
            returning.returning_report(date(2026, 2, 1), date(2026, 2, 28))


def test_records_name_their_holders(sell: Sell) -> None:
    often, once = ClientFactory.create(), ClientFactory.create()
    sell(often, date(2026, 3, 5), 100, 100)
    sell(often, date(2026, 3, 6), 100)
    sell(once, date(2026, 2, 6), 90_000)

    rows = returning.record_rows(date(2026, 3, 31), None)

    assert {name: (row.client, row.month, row.value) for name, row in rows.items() if row} == {
        "items_in_a_month": (often.pk, "2026-03-01", 3),
        "items_in_a_year": (often.pk, "", 3),
        "sum_in_a_month": (once.pk, "2026-02-01", 90_000),
        "sum_in_a_year": (once.pk, "", 90_000),
    }
