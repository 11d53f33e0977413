"""The December of the acceptance folder, and the bounds of a period."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from analytics import snapshots
from analytics.figures import report_json, returning
from analytics.figures.periods import Period, presets
from analytics.models import Snapshot
from clients.models import Client
from imports.models import StagedRow
from stores.models import Store
from tests.conftest import DATA, Sell
from tests.factories import ClientFactory
from tests.lists import bring, verdicts
from tests.present import present
from visits.models import StaleDay

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


def test_nothing_sold_gives_nulls_and_no_error(db: None) -> None:
    data = report_json.as_json(returning.returning_report(date(2026, 1, 1), date(2026, 1, 31)))

    assert data["average_price"] == {"regular": None, "newcomer": None, "premium_percent": None}
    assert data["items"]["regular_share"] is None


def test_a_report_survives_json(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 2, 5), 700, 300)
    report = returning.returning_report(date(2026, 2, 1), date(2026, 2, 28))

    assert report_json.from_json(json.loads(json.dumps(report_json.as_json(report)))) == report


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


def test_periods_before() -> None:
    assert Period(date(2026, 3, 1), date(2026, 3, 31)).before() == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert Period(date(2026, 1, 1), date(2026, 12, 31)).before() == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert Period(date(2026, 3, 5), date(2026, 3, 11)).before() == Period(date(2026, 2, 26), date(2026, 3, 4))
    assert all(period.first <= period.last for _name, period in presets(date(2026, 1, 1)).values())


def test_the_report_keeps_its_number_of_queries(sell: Sell, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(3):
        sell(ClientFactory.create(), date(2026, 2, 1 + number), 100)
        with django_assert_num_queries(4):
            returning.returning_report(date(2026, 2, 1), date(2026, 2, 28))


def test_snapshots_are_made_and_made_anew_when_days_change(card: Client, sell: Sell) -> None:
    today = date(2026, 3, 15)
    sell(card, date(2026, 2, 5), 700)
    snapshots.recompute_all(today)
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    assert not StaleDay.objects.exists()

    sell(card, date(2026, 2, 6), 300)
    assert snapshots.report(february).report.total.revenue == 1000
    assert snapshots.refresh_stale() > 0

    kept = Snapshot.objects.get(figure="returning", scope=0, first=february.first, last=february.last)
    assert (present(kept.data)["report"]["revenue"]["total"], StaleDay.objects.count()) == (1000, 0)


@pytest.mark.parametrize("arguments", [("2026-02-01", "2026-01-01"), ("2026-01-01", "2026-02-01", "--store", "nowhere")])
def test_a_wrong_command_says_why(db: None, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("returning_report", *arguments, stdout=StringIO())
