"""How figures look on a page: shares with their intervals, months and days, names, and questions as addresses."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from analytics.asking import segments
from analytics.templatetags import figures
from stores.texts.writing import NBSP

MANY = {"n": 348, "of": 1_000, "value": 34.8, "low": 31.9, "high": 37.8, "few": False}
FEW = {"n": 1, "of": 4, "value": 25.0, "low": 4.6, "high": 69.9, "few": True}


def in_english(told: object) -> str:
    return str(told).replace(NBSP, " ")


def test_a_share_carries_its_interval_and_its_counts() -> None:
    with translation.override("en"):
        told = [in_english(figures.share(one)) for one in (MANY, FEW, None)]

    assert told == [
        '<span title="348 / 1000">34.8 % <small class="text-secondary">(31.9–37.8)</small></span>',
        '<span class="text-secondary">1 / 4 · too few to say</span>',
        "—",
    ]


def test_an_average_carries_its_interval() -> None:
    with translation.override("en"):
        told = [
            in_english(figures.ranged_money(one))
            for one in ({**MANY, "value": 12_345.6, "low": 11_000, "high": 13_000}, FEW, None)
        ]

    assert told == [
        "12 346 ₽ <small class='text-secondary'>(11 000–13 000 ₽)</small>",
        '<span class="text-secondary">25 ₽ · too few to say</span>',
        "—",
    ]


@pytest.mark.parametrize(
    ("told", "css"),
    [
        (MANY, "heat heat-6"),
        ({**MANY, "value": 0.0}, "heat heat-0"),
        ({**MANY, "value": 88.0}, "heat heat-10"),
        (FEW, "heat"),
        (None, "heat"),
    ],
)
def test_a_cell_of_the_heat_map_has_a_shade_for_each_five_points(told: dict[str, Any] | None, css: str) -> None:
    assert figures.heat(told) == css


def test_months_and_days_of_a_snapshot_are_written_out() -> None:
    assert (figures.iso_month("2026-03"), figures.iso_month("2026-03-01"), figures.iso_month("")) == (
        "Март 2026",
        "Март 2026",
        "",
    )
    assert (figures.iso_day("2026-03-05"), figures.iso_day("")) == ("05.03.2026", "")


def test_groups_records_reasons_and_rules_have_their_words() -> None:
    with translation.override("en"):
        assert (figures.group_name("loyal"), figures.group_name("")) == ("loyal", "not yet a client")
        assert figures.record_name("sum_in_a_year") == "largest sum in twelve months"
        assert figures.why_unreached("consent") == "no consent to any message or call"
        assert figures.rule_words("own") == "the client's own visits"
        assert figures.row_name({"key": "ring", "name": ""}, "kind") == "ring"
    assert (figures.nth_name(3), figures.nth_name(11)) == ("3", "11+")


def test_a_record_is_a_sum_or_a_number() -> None:
    assert figures.record_value({"value": 12_000}, "sum_in_a_month") == f"12{NBSP}000{NBSP}₽"
    assert figures.record_value({"value": 7}, "items_in_a_month") == "7"


@pytest.mark.parametrize(
    ("mover", "name"),
    [
        ({"what": "group", "key": "regular", "name": ""}, "regulars"),
        ({"what": "kind", "key": "ring", "name": ""}, "ring"),
        ({"what": "store", "key": 1, "name": "Luxury"}, "Luxury"),
    ],
)
def test_what_moved_the_revenue_is_named(mover: dict[str, Any], name: str) -> None:
    with translation.override("en"):
        assert figures.mover_name(mover) == name


def test_a_number_opens_its_question() -> None:
    asked = segments.definition_of(segments.forms_of(QueryDict(figures.asking("visits", least=2, most=3))))

    assert asked == [[{"what": "visits", "least": 2, "most": 3}]]


def test_chances_and_ends_of_curves() -> None:
    assert (figures.chance(0.345), figures.chance(0.0), figures.chance(None)) == (f"34{NBSP}%", f"0{NBSP}%", "—")
    assert (figures.last_of([1, 2]), figures.last_of([])) == (2, None)
    assert [figures.at_week([1.5, 2.5], week) for week in (1, 2, 3)] == [1.5, 2.5, None]
    assert (figures.whole(2.6), figures.whole(2.4)) == (3, 2)
