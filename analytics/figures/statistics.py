"""What a comparison of two groups allows to say: intervals, and how many people a difference needs.

Proportions: Wilson's score interval and Newcombe's hybrid interval for a difference (R. G. Newcombe, *Interval
estimation for the difference between independent proportions*, Statistics in Medicine 17, 1998, methods 3 and 10).
"""

from math import ceil, sqrt
from statistics import NormalDist
from typing import NamedTuple

# Below so many in a group nothing is said (docs/figures.md).
FEW = 30
CONFIDENCE, POWER = 0.95, 0.8
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
Z_POWER = NormalDist().inv_cdf(POWER)


class Interval(NamedTuple):
    """A value with the bounds between which the truth lies with 95 % confidence."""

    value: float
    low: float
    high: float


class Sample(NamedTuple):
    """Numbers of a group: how many, their sum and the sum of their squares."""

    size: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        return self.total / self.size

    @property
    def variance(self) -> float:
        return max(0.0, (self.squares - self.size * self.mean**2) / (self.size - 1))


def wilson(successes: int, size: int) -> Interval:
    """The interval of a proportion; ``size`` above zero."""
    share, spread = successes / size, Z * Z / size
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / size + spread / (4 * size))
    return Interval(share, (middle - half) / (1 + spread), (middle + half) / (1 + spread))


def difference(successes: tuple[int, int], sizes: tuple[int, int]) -> Interval:
    """The interval of the difference of two proportions, the first minus the second; both sizes above zero."""
    one, other = (wilson(s, n) for s, n in zip(successes, sizes, strict=True))
    gap = one.value - other.value
    low = gap - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = gap + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Interval(gap, low, high)


def needed(base: float, gap: float, held_out: float) -> int:
    """How many people in all a difference ``gap`` over the share ``base`` needs to show in four of five trials.

    ``held_out`` is the part of them that gets nothing (0 < held_out < 1). The usual formula for two proportions with
    unequal groups (J. L. Fleiss, *Statistical Methods for Rates and Proportions*, 3rd ed., 4.2): no effect is judged by the
    spread of both groups together, as the score interval judges it. w being the part held out,
    n = (z₁₋α/₂·√(p̄q̄/w + p̄q̄/(1 − w)) + z_power·√(p₁q₁/w + p₂q₂/(1 − w)))² / gap².
    """
    other, rest = min(base + gap, 1.0), 1 - held_out
    both = base * held_out + other * rest
    if_none = both * (1 - both) * (1 / held_out + 1 / rest)
    if_some = base * (1 - base) / held_out + other * (1 - other) / rest
    return ceil((Z * sqrt(if_none) + Z_POWER * sqrt(if_some)) ** 2 / gap**2)
