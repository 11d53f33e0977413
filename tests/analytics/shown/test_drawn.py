"""Small pictures: where their points lie."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.shown import drawn

SUMS = st.lists(st.decimals(0, 10_000_000, places=2), min_size=1, max_size=31)


def test_the_highest_value_is_at_the_top_and_nought_at_the_bottom() -> None:
    assert drawn.spark([0, 5, 10]) == drawn.Spark("0,30 60,16 120,2", "0.0,32 0,30 60,16 120,2 120.0,32")


@pytest.mark.parametrize("values", [[], [3], [0, 0], [None, 4]])
def test_nothing_is_drawn_of_nothing(values: list[float]) -> None:
    assert drawn.spark(values) is None


def test_nothing_is_told_of_a_day_without_a_figure() -> None:
    told = drawn.spark([2, None, 4])

    assert told is not None
    assert told.line == "0,16 120,2"


def test_a_month_ends_where_it_is_and_last_year_goes_on_to_its_end() -> None:
    told = drawn.course([Decimal(100), Decimal(300)], [Decimal(50), Decimal(150), Decimal(400)])

    assert told is not None
    assert (told.now, told.before) == ("0,75 50,25", "0,87.5 50,62.5 100,0")
    assert [(mark.at, mark.value) for mark in told.sums] == [(75, 100), (50, 200), (25, 300), (0, 400)]
    assert [(mark.at, mark.value) for mark in told.days] == [(0, 1)]
    assert (told.x, told.y) == (50, 25)


@given(now=SUMS, before=SUMS)
def test_no_point_leaves_the_picture_and_few_marks_stand_in_it(now: list[Decimal], before: list[Decimal]) -> None:
    told = drawn.course(now, before)

    if told is None:
        assert max(*now, *before) <= 0
        return
    points = [float(part) for line in (told.now, told.before) for point in line.split() for part in point.split(",")]
    assert all(0 <= part <= 100 for part in points)
    assert 1 <= len(told.sums) <= 10


@given(before=st.floats(0, 1e7), moves=st.lists(st.floats(-1e6, 1e6), max_size=6))
def test_a_waterfall_leads_from_one_sum_to_the_other_and_stays_inside(before: float, moves: list[float]) -> None:
    now = before + sum(moves)

    first, *steps, last = drawn.waterfall(before, [("step", moved) for moved in moves], now, first="then", last="now")

    assert (first.moved, last.moved, [step.moved for step in steps]) == (before, now, moves)
    assert all(bar.start >= -0.01 and bar.start + bar.width <= 100.02 for bar in (first, *steps, last))
    assert [step.way for step in steps] == [1 if moved >= 0 else -1 for moved in moves]
