"""The whole column says whether the day or the month comes first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports import day_order
from imports.day_order import ASK, DAY, MONTH, ColumnOfDays

DAYS = st.lists(st.dates(date(1990, 1, 1), date(2026, 11, 1)), min_size=1, max_size=60)


def order_of(cells: list[str]) -> str:
    column = ColumnOfDays()
    for cell in cells:
        column.see(cell)
    return column.order


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]))
def test_day_first_is_never_read_month_first(days: list[date], shape: str) -> None:
    assert order_of([day.strftime(shape) for day in days]) in (DAY, ASK)


@given(DAYS, st.sampled_from(["%m/%d/%Y", "%m/%d/%Y %H:%M", "%m-%d-%y"]))
def test_a_month_first_column_is_read_so_or_asked(days: list[date], shape: str) -> None:
    cells = [day.strftime(shape) for day in days]
    order = order_of(cells)

    assert order == MONTH or all(day.day <= 12 for day in days)
    if order == MONTH:
        assert [day_order.in_order(cell, order)[:5] for cell in cells] == [day.strftime("%d.%m") for day in days]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03.04.2026", "05.06.2026"], DAY), (["03/04/2026"], ASK), (["03/03/2026"], DAY), (["", "нет", "2026-04-03"], DAY),
        (["04.03.2026", "03.25.2026"], DAY), (["25/03/2026", "03/25/2026"], ASK), (["03.04.2026", "05.06.2026", "07/08/2026"], DAY),
        (["03/25/2026", *["03/26/2026"] * 9, "25/03/2026"], MONTH),
    ],
)  # fmt: skip
def test_orders(cells: list[str], order: str) -> None:
    assert order_of(cells) == order


def test_where_nobody_can_tell_the_cell_is_marked() -> None:
    assert day_order.put_in_order({"a": "03/04/2026", "b": "25/03/2026", "c": "03/25/2026", "d": ""}, dict.fromkeys("abcd", ASK)) == {
        "a": "?03/04/2026", "b": "25/03/2026", "c": "25.03.2026", "d": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "leaves_open"),
    [("03/04/2026", True), ("03.04.26", True), ("25/04/2026", False), ("03/25/2026", False), ("03/03/2026", False), ("", False)],
)
def test_a_cell_alone_leaves_the_order_open_or_tells_it(cell: str, leaves_open: bool) -> None:
    assert ColumnOfDays().see(cell) is leaves_open
