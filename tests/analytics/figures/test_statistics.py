"""Against published examples and statsmodels' numbers, typed in."""

import pytest

from analytics.figures.statistics import difference, needed, wilson


@pytest.mark.parametrize(
    ("successes", "size", "low", "high"),
    # R. G. Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_an_interval_of_a_proportion(successes: int, size: int, low: float, high: float) -> None:
    found = wilson(successes, size)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    # R. G. Newcombe 1998, "Interval estimation for the difference", table II, method 10.
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((6, 7), (2, 7), 0.0582, 0.8062),
     ((5, 56), (0, 29), -0.0381, 0.1926), ((0, 10), (0, 20), -0.1611, 0.2775), ((10, 10), (0, 10), 0.6075, 1.0)],
)  # fmt: skip
def test_an_interval_of_a_difference(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    found = difference((one[0], other[0]), (one[1], other[1]))

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_how_many_it_takes() -> None:
    # 10 % against 15 %, equal groups, 80 % power: 686 in each (Fleiss, table A.4, without the correction).
    assert needed(0.10, 0.05, 0.5) == 1_372
    assert needed(0.10, 0.05, 0.1) > needed(0.10, 0.05, 0.5)


def test_nothing_came_of_nothing_is_no_proof() -> None:
    assert difference((0, 0), (40, 40)).low < 0 < difference((0, 0), (40, 40)).high
