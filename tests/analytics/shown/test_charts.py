"""What charts draw: plain numbers and words, nothing of too few, and no ranking of people."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from analytics.figures.returning import Group, Month, Records, ReturningReport, WithoutCard
from analytics.shown import charts

NOBODY = Group(0, 0, Decimal(0))


def report(regular: Group = NOBODY, newcomer: Group = NOBODY) -> ReturningReport:
    records, bare = Records(0, 0, Decimal(0), Decimal(0)), WithoutCard(0, Decimal(0))
    return ReturningReport(date(2026, 3, 1), date(2026, 3, 31), regular, newcomer, NOBODY, records, bare)


def test_regulars_and_newcomers_share_full_bars() -> None:
    drawn = charts.of_report(report(Group(1, 1, Decimal(20_000)), Group(1, 2, Decimal(10_000))), [])

    assert [series["data"] for series in drawn["shares"]["series"]] == [[33.3, 66.7], [66.7, 33.3]]
    assert drawn["averages"]["data"] == [20_000, 5_000]


def test_nothing_sold_draws_nought() -> None:
    drawn = charts.of_report(report(), [Month(date(2026, 3, 1), 0, 0, Decimal(0), Decimal(0))])

    assert [series["data"] for series in drawn["shares"]["series"]] == [[0, 0], [0, 0]]
    assert (drawn["averages"]["data"], drawn["months"]["line"]["data"]) == ([0, 0], [None])


def test_months_have_their_share_as_a_line() -> None:
    drawn = charts.by_month([Month(date(2026, 3, 1), 1, 2, Decimal(10_000), Decimal(20_000))])

    assert (drawn["rows"], drawn["line"]["data"]) == (["Мар 2026"], [33.3])
    assert [series["data"] for series in drawn["series"]] == [[10_000], [20_000]]


def test_the_breakdown_draws_every_dimension_but_the_sellers() -> None:
    row = {"key": "ring", "name": "Анна", "regular": {"items": 1, "revenue": 700}, "newcomer": {"items": 0, "revenue": 0}}
    by = {**{name: [row] for name in ("kind", "first_kind", "store", "seller")}, "band": [{**row, "key": 10_000}]}

    drawn = charts.of_breakdown({"by": by})

    assert drawn.keys() == {"by-kind", "by-first_kind", "by-store", "by-band"}
    assert [series["data"] for series in drawn["by-kind"]["series"]] == [[700], [0]]


@pytest.mark.parametrize(
    ("dimension", "key", "name", "words"),
    [
        ("kind", "ring", "", "ring"), ("first_kind", "", "", "service only"), ("band", 10_000, "", "from 10\xa0000 ₽"),
        ("store", 1, "Luxury", "Luxury"), ("seller", None, "", "not noted"),
    ],
)  # fmt: skip
def test_a_row_is_called_by_what_it_is(dimension: str, key: str | int | None, name: str, words: str) -> None:
    with translation.override("en"):
        assert charts.row_name(dimension, {"key": key, "name": name}) == words


def test_chances_of_too_few_are_not_drawn() -> None:
    many, few = {"value": 20.0, "low": 15.0, "high": 26.0, "few": False}, {"value": 50.0, "low": 1.0, "high": 99.0, "few": True}
    data = {
        "curves": [{"year": "2025", "weeks": [1.0]}, {"year": "2026", "weeks": []}],
        "next": {"nth": [{"nth": 1, **many}, {"nth": 2, **few}, {"nth": 4, **many}]}, "concentration": {"points": [(0, 0), (100, 100)]},
    }  # fmt: skip

    drawn = charts.of_coming_back(data)

    assert (drawn["next"]["rows"], drawn["next"]["data"]) == (["1", "4"], [[20.0, 15.0, 26.0]] * 2)
    assert [series["name"] for series in drawn["curves"]["series"]] == ["2025"]
    assert drawn["lorenz"]["points"] == [(0, 0), (100, 100)]


@pytest.mark.parametrize(("place", "name"), [(1, "1"), (10, "10"), (11, "11+"), (12, "11+")])
def test_later_purchases_stand_together(place: int, name: str) -> None:
    assert charts.nth_name(place) == name


def test_weeks_are_called_by_their_monday() -> None:
    drawn = charts.of_silent(
        {"weeks": [{"week": "2026-03-02", "fell": 3, "back": 1}], "expected": [{"week": "2026-06-15", "clients": 2, "usual": 1}]}
    )

    assert (drawn["weeks"]["rows"], [series["data"] for series in drawn["weeks"]["series"]]) == (["02.03"], [[3], [1]])
    assert (drawn["expected"]["rows"], [series["data"] for series in drawn["expected"]["series"]]) == (["15.06"], [[2]])


def test_a_kind_that_was_promised_nothing_is_drawn_as_nought() -> None:
    drawn = charts.of_desk([{"name": "ремонт", "median_days": 4, "median_promised": None}])["kinds"]

    assert (drawn["rows"], [series["data"] for series in drawn["series"]]) == (["ремонт"], [[4], [0]])


@pytest.mark.parametrize(("values", "quarters"), [([], []), ([700.0, 900.0], ["1", "2"])])
def test_life_is_drawn_as_long_as_it_is_known(values: list[float], quarters: list[str]) -> None:
    data = {"groups": {"rows": [{"group": "loyal", "clients": 5}]}, "life": [{"year": "2025", "values": values}]}

    drawn = charts.of_worth(data)

    assert (drawn["life"]["rows"], [one["data"] for one in drawn["life"]["series"]]) == (quarters, [values] if values else [])
