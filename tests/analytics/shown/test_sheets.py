"""A figure's JSON as one table for a spreadsheet: nothing of it is lost, and its words are people's."""

from typing import Any

import pytest
from django.utils import translation

from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.shown import sheets
from tests.analytics.conftest import TODAY, Histories


def table(data: dict[str, Any]) -> list[list[object]]:
    with translation.override("en"):
        return sheets.table_of(data)[1]


def test_rows_become_a_table_with_every_column_that_any_of_them_has() -> None:
    data = {"by_kind": [{"name": "repair", "overdue": {"n": 1, "of": 2}}, {"name": "cleaning", "windows": [5, None]}]}

    assert table(data) == [
        ["By kind of service"],
        ["Name", "Later than promised N", "Later than promised Of", "Within days 1", "Within days 2"],
        ["repair", 1, 2, None, None],
        ["cleaning", None, None, 5, None],
        [],
    ]


def test_values_become_two_columns_and_what_is_inside_them_a_block() -> None:
    data = {"won": {"within": 180, "buyers": {"n": 3, "of": 4}, "rows": [], "records": None}}

    assert table(data) == [
        ["Came for a service, then bought"],
        ["Within days", 180],
        ["Buyers"],
        ["N", 3],
        ["Of", 4],
        ["In detail", None],
        ["Records", None],
        [],
    ]


def test_lists_of_plain_values_and_a_part_that_is_one_value() -> None:
    data = {"moves": [["", "new", 3], ["new", "loyal", 1]], "values": [1, 2], "life": [], "model": None}

    assert table(data) == [
        ["Moves"], ["", "new", 3], ["new", "loyal", 1], [], ["By quarter"], [1], [2], [], ["Value over life"], [],
        ["Model of visits"], ["", None], [],
    ]  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_every_number_of_every_figure_stands_in_its_sheet(histories: Histories, name: str) -> None:
    histories(15)
    data = FIGURES[name].compute(None, Period(TODAY.replace(day=1), TODAY))

    _header, rows = sheets.table_of(data)

    assert sorted(map(repr, numbers(rows))) == sorted(map(repr, numbers(data)))


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [number for one in value for number in numbers(one)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []
