"""The report as other programs read it, there and back."""

import json
from datetime import date
from decimal import Decimal

import pytest

from analytics.figures import report_json, returning
from clients.models import Client
from tests.conftest import Sell


def test_nothing_sold_gives_nulls_and_no_error(db: None) -> None:
    data = report_json.as_json(returning.returning_report(date(2026, 1, 1), date(2026, 1, 31)))

    assert data["average_price"] == {"regular": None, "newcomer": None, "premium_percent": None}
    assert data["items"]["regular_share"] is None


def test_a_report_survives_json(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 2, 5), 700, 300)
    report = returning.returning_report(date(2026, 2, 1), date(2026, 2, 28))

    assert report_json.from_json(json.loads(json.dumps(report_json.as_json(report)))) == report


@pytest.mark.parametrize(
    ("value", "told"),
    [(None, None), (Decimal("12.00"), 12), (Decimal("12.345"), 12.34), (Decimal("-0.5"), -0.5), (Decimal(0), 0)],
)
def test_a_number_has_two_decimals_at_most_and_a_whole_one_none(value: Decimal | None, told: float | None) -> None:
    number = report_json.number(value)

    assert (number, type(number)) == (told, type(told))


def test_a_month_survives_json(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 1, 5), 700, 300)
    sell(card, date(2026, 2, 5), 500)
    january, february = returning.months(date(2026, 2, 28), count=2)

    again = [report_json.month_from_json(json.loads(json.dumps(report_json.month_as_json(one)))) for one in (january, february)]

    assert again == [january, february]
    assert (january.newcomer_items, january.returning_share, february.regular_revenue, february.returning_share) == (
        2,
        0,
        500,
        100,
    )
