"""How numbers move in words, and the numbers of every kind of chart."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from analytics.boards.said import Picture, grown, moved, table_of


@pytest.mark.parametrize(
    ("now", "before", "words", "is_up", "is_good"),
    [(150, 100, "+50\xa0%", True, True), (80, 100, "−20\xa0%", False, False), (100, 100, "0\xa0%", True, True)],
)
def test_a_sum_grows_in_per_cent(now: int, before: int, words: str, is_up: bool, is_good: bool) -> None:
    change = grown(Decimal(now), Decimal(before), "")

    assert change is not None
    assert change[:3] == (words, is_up, is_good)


@pytest.mark.parametrize(("now", "before"), [(None, Decimal(1)), (Decimal(1), None), (Decimal(1), Decimal(0))])
def test_nothing_is_said_beside_nothing(now: Decimal | None, before: Decimal | None) -> None:
    assert grown(now, before, "") is None


def test_a_share_moves_in_points() -> None:
    with translation.override("ru"):
        change = moved(Decimal("61.5"), Decimal("60"), "к прошлому")

    assert change is not None
    assert change.words == "+1,5\xa0п.\xa0п."
    assert moved(None, Decimal(1), "") is None


CHARTS: list[tuple[dict[str, Any], list[list[str]]]] = [
    (
        {"kind": "months", "rows": ["Jan", "Feb"], "series": [{"name": "a", "data": [1.0, 2.0]}], "line": {"name": "%", "data": [5.0, None]}},
        [["Jan", "1\xa0₽", "5.0\xa0%"], ["Feb", "2\xa0₽", ""]],
    ),
    ({"kind": "bars", "rows": ["a"], "data": [1200.0], "unit": "₽"}, [["a", "1\xa0200\xa0₽"]]),
    ({"kind": "lines", "rows": ["1", "2"], "axis": "w", "unit": "%", "series": [{"name": "y", "data": [7.0]}]},
     [["1", "7.0\xa0%"], ["2", ""]]),
    ({"kind": "intervals", "rows": ["1"], "axis": "n", "unit": "%", "data": [[10, 5, 15]]}, [["1", "10.0\xa0% (5.0–15.0)"]]),
    ({"kind": "curve", "axis": "x", "name": "y", "points": [[0, 0], [50, 80], [100, 100]]},
     [["0.0\xa0%", "0.0\xa0%"], ["50.0\xa0%", "80.0\xa0%"], ["100.0\xa0%", "100.0\xa0%"]]),
    ({"kind": "pairs", "rows": ["1.11"], "series": [{"name": "a", "data": [3]}, {"name": "b", "data": [0]}]}, [["1.11", "3", "0"]]),
]  # fmt: skip


@pytest.mark.parametrize(("chart", "rows"), CHARTS, ids=[str(chart["kind"]) for chart, _rows in CHARTS])
def test_each_kind_of_chart_has_its_numbers(chart: dict[str, Any], rows: list[list[str]]) -> None:
    with translation.override("en"):
        table = table_of(chart)

    assert table.rows == rows
    assert {len(row) for row in table.rows} == {len(table.head)}


def test_a_picture_of_nothing_is_empty() -> None:
    def picture(value: float) -> Picture:
        return Picture({"kind": "pairs", "rows": ["1.11"], "series": [{"name": "a", "data": [value]}]})

    assert (picture(0).is_empty, picture(2).is_empty, Picture({"kind": "bars", "rows": [], "data": []}).is_empty) == (
        True,
        False,
        True,
    )
