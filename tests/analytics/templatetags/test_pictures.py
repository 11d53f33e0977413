"""Pictures of a page, from what its figures say."""

from decimal import Decimal

from django.utils import translation

from analytics.figures.today import Course, Till
from analytics.templatetags import pictures

WEEKS = [Till(revenue=Decimal(5)), Till(revenue=Decimal(9), carded=Decimal(8), regular=Decimal(2))]


def test_the_weeks_give_their_revenues_and_their_returning_shares() -> None:
    assert pictures.revenues(WEEKS) == [5, 9]
    assert pictures.returning_shares(WEEKS) == [None, 25]


def test_a_month_that_sold_nothing_has_no_picture() -> None:
    none = [Decimal(0)] * 3

    assert pictures.growth(Course(none, none, none)) is None


def test_a_day_beyond_the_month_is_its_last() -> None:
    assert [pictures.at_day([1, 2, 3], day) for day in (1, 3, 31)] == [1, 3, 3]
    assert pictures.at_day([], 1) is None


def test_a_waterfall_names_its_bars() -> None:
    told = {
        "before": 10.0, "now": 25.0,
        "steps": [{"what": "kind", "key": "ring", "name": "", "moved": 20.0}, {"what": "rest", "key": None, "name": "", "moved": -5.0}],
    }  # fmt: skip

    with translation.override("ru"):
        bars = pictures.falls(told, "год назад")

    assert [(bar.name, bar.moved, bar.way) for bar in bars] == [
        ("год назад", 10, 0), ("кольцо", 20, 1), ("остальное", -5, -1), ("сейчас", 25, 0),
    ]  # fmt: skip
