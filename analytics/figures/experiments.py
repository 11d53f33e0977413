"""Two arms over strata: what a comparison allows to say of the share that bought and of the money that each brought.

An arm is drawn by chance within a stratum (a month and a holdout), so only within one are the two alike: counts over
different holdouts are never added. Shares: the stratified score interval (O. Miettinen, M. Nurminen, *Comparative
analysis of two rates*, Statistics in Medicine 4, 1985, formulas 8 and 9) under the weights of Cochran, Mantel and
Haenszel. Money: a randomisation test within the strata, after what each spent in the year before is taken out of what
they spent since (A. Deng and others, *Improving the sensitivity of online controlled experiments*, WSDM 2013).
``tests/analytics/figures/test_experiments.py`` holds both to their word by simulation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import acos, cos, pi, sqrt
from typing import TYPE_CHECKING, NamedTuple

from analytics.figures.statistics import Interval, Z

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# Below so many expected buyers in the smaller arm a share says nothing; of money, below so many where it is planned.
FEW_BUYERS, FEW_FOR_MONEY = 10, 30
DRAWS = 999
SURE = 0.05
# Sizes of arms that chance would make once in a thousand times are no chance.
UNFIT = 0.001
NARROW = 1e-7


class Says(StrEnum):
    """What a comparison allows to say."""

    MORE = "more"
    LESS = "less"
    UNCLEAR = "unclear"
    TOO_FEW = "too_few"


class Share(NamedTuple):
    """How many more bought, as a share, with its interval; no numbers where there are too few."""

    difference: float | None
    low: float | None
    high: float | None
    says: Says


class Money(NamedTuple):
    """How much more each brought, and how often chance alone does as much (``p``); no interval: inverting the test misses."""

    difference: float | None
    p: float | None
    says: Says


class Verdict(NamedTuple):
    """``arms_fit``: whether the arms have the sizes that were planned; None where nobody planned any. False says all."""

    share: Share
    money: Money
    arms_fit: bool | None


@dataclass
class Arm:
    """Clients of one arm in a stratum: how many, how many bought, what each brought and had brought in the year before."""

    size: int = 0
    bought: int = 0
    sums: list[float] = field(default_factory=list)
    before: list[float] = field(default_factory=list)

    def add(self, *, bought: bool, total: float, before: float = 0.0) -> None:
        self.size += 1
        self.bought += bought
        self.sums.append(total)
        self.before.append(before)


@dataclass
class Stratum:
    """Clients among whom the arms were drawn by one rule; ``planned`` is the part to be held out, None if nobody knows."""

    treated: Arm = field(default_factory=Arm)
    held: Arm = field(default_factory=Arm)
    planned: float | None = None

    @property
    def size(self) -> int:
        return self.treated.size + self.held.size

    @property
    def weight(self) -> float:
        return self.treated.size * self.held.size / self.size if self.size else 0.0

    @property
    def rate(self) -> float:
        """The share that bought, the arms together."""
        return (self.treated.bought + self.held.bought) / self.size


def judge(strata: Sequence[Stratum]) -> Verdict:
    """What the strata together allow to say. Those without one of the arms tell nothing and are left out."""
    fit = arms_fit(strata)
    told = [stratum for stratum in strata if stratum.weight]
    if fit is False or not told:
        word = Says.UNCLEAR if told else Says.TOO_FEW
        return Verdict(Share(None, None, None, word), Money(None, None, word), fit)
    return Verdict(judge_share(told), judge_money(told), fit)


# --- The share that bought ------------------------------------------------------------------------------------


def judge_share(strata: Sequence[Stratum]) -> Share:
    """How many more of the treated bought. Strata with both arms."""
    expected = [sum(s.rate * arm(s).size for s in strata) for arm in (_treated, _held)]
    if min(expected) < FEW_BUYERS:
        return Share(None, None, None, Says.TOO_FEW)
    found = share_interval(strata)
    return Share(*found, _said(found.low > 0, found.high < 0))


def share_interval(strata: Sequence[Stratum]) -> Interval:
    """The weighted difference of the shares with the bounds at which its score reaches the quantile."""
    weights = [stratum.weight for stratum in strata]
    rates = [(s.treated.bought / s.treated.size, s.held.bought / s.held.size) for s in strata]
    gap = sum(w * (one - other) for w, (one, other) in zip(weights, rates, strict=True)) / sum(weights)

    def score(delta: float) -> float:
        spread = sum((w * w * _variance(s, delta)) for w, s in zip(weights, strata, strict=True))
        return (gap - delta) * sum(weights) / sqrt(spread) if spread > 0 else float("inf") * (1 if gap >= delta else -1)

    return Interval(gap, _root(lambda d: score(d) - Z, -1 + NARROW, gap), _root(lambda d: score(d) + Z, gap, 1 - NARROW))


def _variance(stratum: Stratum, delta: float) -> float:
    """Of the difference of the shares, under the rates that are likeliest where it is ``delta``."""
    t, c = stratum.treated, stratum.held
    held = _restricted(t.bought, t.size, c.bought, c.size, delta)
    treated = min(1.0, max(0.0, held + delta))
    return (treated * (1 - treated) / t.size + held * (1 - held) / c.size) * stratum.size / max(1, stratum.size - 1)


def _restricted(t_bought: int, t_size: int, c_bought: int, c_size: int, delta: float) -> float:
    """The likeliest rate of the held arm where the treated one's is ``delta`` higher: the middle root of a cubic."""
    size, bought = t_size + c_size, t_bought + c_bought
    l2 = (t_size + 2 * c_size) * delta - size - bought
    l1 = (c_size * delta - size - 2 * c_bought) * delta + bought
    l0 = c_bought * delta * (1 - delta)
    q = l2**3 / (3 * size) ** 3 - l1 * l2 / (6 * size**2) + l0 / (2 * size)
    p = sqrt(max(0.0, l2**2 / (3 * size) ** 2 - l1 / (3 * size))) * (1 if q > 0 else -1)
    angle = (pi + acos(max(-1.0, min(1.0, q / p**3)))) / 3 if p else pi / 2
    return min(1.0, 1.0 - delta, max(0.0, -delta, 2 * p * cos(angle) - l2 / (3 * size)))


def _root(falls: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function is nought."""
    while high - low > NARROW:
        middle = (low + high) / 2
        low, high = (middle, high) if falls(middle) > 0 else (low, middle)
    return (low + high) / 2


# --- The money that each brought ------------------------------------------------------------------------------


def judge_money(strata: Sequence[Stratum]) -> Money:
    """How much more each of the treated brought. Strata with both arms and the sums of their clients."""
    buyers = sum(min(_planned(s), 1 - _planned(s)) * (s.treated.bought + s.held.bought) for s in strata)
    if buyers < FEW_FOR_MONEY:
        return Money(None, None, Says.TOO_FEW)
    gap, chance = _randomised(strata)
    return Money(gap, chance, _said(chance <= SURE and gap > 0, chance <= SURE and gap < 0))


def _planned(stratum: Stratum) -> float:
    return stratum.held.size / stratum.size if stratum.planned is None else stratum.planned


def _randomised(strata: Sequence[Stratum]) -> tuple[float, float]:
    """The difference, and how often new arms, drawn by a fixed seed, differ as much (equal-tailed)."""
    import numpy as np

    chance = np.random.default_rng([stratum.size for stratum in strata])
    whole = sum(stratum.weight for stratum in strata)
    gaps = np.zeros(DRAWS + 1)  # what was seen first, then what was drawn
    for stratum, values in zip(strata, _less_what_was_before(strata), strict=True):
        held, treated = stratum.held.size, stratum.treated.size
        # The treated stand first. The smaller arm is drawn, whichever it is, and the difference turned round for the treated.
        smaller, sign = (held, 1) if held <= treated else (treated, -1)
        seen = values[treated:].sum() if sign > 0 else values[:treated].sum()
        draws = [values[chance.choice(stratum.size, smaller, replace=False, shuffle=False)].sum() for _ in range(DRAWS)]
        sums = np.array([seen, *draws])
        gaps += sign * stratum.weight / whole * ((values.sum() - sums) / (stratum.size - smaller) - sums / smaller)
    above, below = int((gaps >= gaps[0] - NARROW).sum()), int((gaps <= gaps[0] + NARROW).sum())
    return float(gaps[0]), min(1.0, 2 * min(above, below) / (DRAWS + 1))


def _less_what_was_before(strata: Sequence[Stratum]) -> list["Numbers"]:
    """Each client's sum, the treated first, less what the year before lets expect of it (CUPED, one slope over all strata)."""
    import numpy as np

    sums = [np.array(s.treated.sums + s.held.sums, dtype=float) for s in strata]
    before = [np.array(s.treated.before + s.held.before, dtype=float) for s in strata]
    apart = [(x - x.mean(), y - y.mean()) for x, y in zip(before, sums, strict=True)]
    spread = sum(float((x * x).sum()) for x, _y in apart)
    slope = sum(float((x * y).sum()) for x, y in apart) / spread if spread > 0 else 0.0
    return [y - slope * x for y, (x, _y) in zip(sums, apart, strict=True)]


# --- The arms themselves --------------------------------------------------------------------------------------


def arms_fit(strata: Sequence[Stratum]) -> bool | None:
    """Whether the arms have the sizes that were planned, by χ² over the strata; None where nobody planned any."""
    planned = [stratum for stratum in strata if stratum.planned is not None and 0 < stratum.planned < 1 and stratum.size]
    if not planned:
        return None
    from scipy.stats import chi2

    off = sum((s.held.size - _planned(s) * s.size) ** 2 / (_planned(s) * (1 - _planned(s)) * s.size) for s in planned)
    return bool(chi2.sf(off, len(planned)) >= UNFIT)


def _said(is_more: bool, is_less: bool) -> Says:
    return Says.MORE if is_more else Says.LESS if is_less else Says.UNCLEAR


def _treated(stratum: Stratum) -> Arm:
    return stratum.treated


def _held(stratum: Stratum) -> Arm:
    return stratum.held
