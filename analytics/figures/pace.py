"""How far a month is on the way to its target, and whether that is more than chance (docs/figures.md).

By today there should be the part of the target that last year had by the same weekday: days of the week and of the month weigh as
they did then. How far chance takes the sum from there is asked of the days before the month: what daily sums stray from the
mean of their weekday. ``tests/analytics/figures/test_pace.py`` holds the bound to its word by simulation.
"""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

# Beyond so many standard deviations, whichever day one looks: less than one month in twenty by chance alone.
BOUND = 3.5
# Nothing is said before so many days of the month, nor where fewer days before it are known, or so few of them sold anything.
FIRST_DAYS, FEWEST_KNOWN, FEWEST_SOLD = 5, 42, 20
WEEK = 7


class Pace(NamedTuple):
    """``done`` of the ``target``, ``due`` by today; ``strays``: standard deviations from there, None of too little known."""

    target: float
    done: float
    due: float
    strays: float | None

    @property
    def part(self) -> float:
        """Done of the target, in per cent."""
        return 100 * self.done / self.target if self.target else 0.0

    @property
    def gap(self) -> float:
        return self.done - self.due

    @property
    def is_said(self) -> bool:
        """Whether it is more than chance does."""
        return self.strays is not None and abs(self.strays) > BOUND


def pace(target: float, so_far: Sequence[float], year: Sequence[float], before: Sequence[float]) -> Pace:
    """``so_far``: sums of the month's days until today; ``year``: of all its days on the same weekdays of last year.

    ``before``: of the days before the month, the newest last.
    """
    share = _share(len(so_far), year)
    due, done = target * share, sum(so_far)
    spread = _spread(before)
    if spread is None or len(so_far) < FIRST_DAYS or target <= 0 or len(so_far) >= len(year):
        return Pace(target, done, due, None)
    # What this month strays by, and what last year's, of which the part is known, strayed by.
    variance = due * spread
    whole = sum(year)
    if whole > 0:
        variance += target**2 * share * (1 - share) * spread / whole
    return Pace(target, done, due, (done - due) / sqrt(variance) if variance > 0 else None)


def _share(days: int, year: Sequence[float]) -> float:
    """The part of the month that is due after its first days; each day alike where nothing is known of last year."""
    whole = sum(year)
    if min(len(year), days) == len(year):
        return 1.0
    return sum(year[:days]) / whole if whole > 0 else days / len(year)


def _spread(before: Sequence[float]) -> float | None:
    """By how much daily sums stray: the variance within weekdays for each rouble of the mean."""
    if len(before) < FEWEST_KNOWN or sum(day > 0 for day in before) < FEWEST_SOLD:
        return None
    weekdays = [list(before[n::WEEK]) for n in range(WEEK)]
    means = [sum(days) / len(days) for days in weekdays]
    squares = sum((sum_ - mean) ** 2 for days, mean in zip(weekdays, means, strict=True) for sum_ in days)
    return squares * len(before) / (len(before) - WEEK) / sum(before)
