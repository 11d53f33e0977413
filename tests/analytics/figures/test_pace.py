"""How far a month is on its way: what is due by today, and that chance alone is said less than once in twenty months."""

from math import log

import numpy as np
import pytest

from analytics.figures.pace import BOUND, FEWEST_KNOWN, FIRST_DAYS, pace

WEEK = np.array([0.8, 0.8, 0.9, 1.0, 1.3, 1.6, 1.2]) / np.mean([0.8, 0.8, 0.9, 1.0, 1.3, 1.6, 1.2])
STEADY = [100.0, 120.0] * 42


def days(chance: np.random.Generator, receipts: float, count: int, *, noise: float, since: int) -> list[float]:
    """Sums of days: receipts by chance, weekdays that differ, days that are better or worse by themselves, dear pieces rare."""
    told = []
    for n in range(count):
        own = chance.lognormal(-(noise**2) / 2, noise)
        many = chance.poisson(receipts * WEEK[(since + n) % 7] * own)
        told.append(float(np.exp(chance.normal(log(30_000) - 0.28, 0.75, many)).sum()))
    return told


def month_strays(chance: np.random.Generator, receipts: float, noise: float, *, reached: float = 1.0) -> bool:
    """Whether it is said on any day of a month that reaches so much of its target."""
    target = receipts * 30_000 * float(sum(WEEK[(84 + n) % 7] for n in range(30)))
    before, year = (days(chance, receipts, *some, noise=noise, since=since) for *some, since in ((84, 0), (30, 84)))
    now = days(chance, receipts * reached, 30, noise=noise, since=84)
    return any(pace(target, now[:n], year, before).is_said for n in range(1, 30))


@pytest.mark.parametrize(("receipts", "noise"), [(2, 0.0), (2, 0.3), (6, 0.3), (20, 0.3)])
def test_chance_alone_is_said_less_than_once_in_twenty_months(receipts: float, noise: float) -> None:
    chance = np.random.default_rng(2018)

    assert sum(month_strays(chance, receipts, noise) for _month in range(400)) <= 20


def test_a_month_that_goes_wrong_is_said() -> None:
    chance = np.random.default_rng(2018)

    assert sum(month_strays(chance, 20, 0.3, reached=0.6) for _month in range(50)) >= 45


def test_days_are_due_as_they_were_last_year() -> None:
    told = pace(1_000, [10, 20], [1, 3, 4, 2], [])

    assert (told.target, told.done, told.due, told.gap, told.part, told.strays) == (1_000, 30, 400, -370, 3, None)
    assert pace(1_000, [10, 20], [0, 0, 0, 0], []).due == 500
    assert pace(1_000, [10] * 4, [1, 3, 4, 2], []).due == 1_000


def test_it_strays_by_what_days_before_stray_by() -> None:
    year = [100.0] * 30
    steady, wild = STEADY, [0.0, 0.0, 0.0, 440.0] * 21

    calm, rough = (pace(3_300, [10.0] * 10, year, before).strays or 0.0 for before in (steady, wild))

    assert calm < -BOUND < rough < 0
    assert pace(3_300, [10.0] * 10, year, steady).is_said


@pytest.mark.parametrize(
    ("so_far", "before", "target"),
    [(FIRST_DAYS - 1, STEADY, 3_000), (10, STEADY[: FEWEST_KNOWN - 1], 3_000), (10, [0.0] * 84, 3_000), (30, STEADY, 3_000), (10, STEADY, 0)],
)  # fmt: skip
def test_too_little_is_known_to_say_anything(so_far: int, before: list[float], target: float) -> None:
    assert pace(target, [0.0] * so_far, [100.0] * 30, before).is_said is False
