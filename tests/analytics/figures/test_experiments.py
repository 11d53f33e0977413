"""The statistics keep their word: simulated without an effect, with one of the advertised size, and over strata."""

from functools import cache

import numpy as np
import pytest

from analytics.figures import experiments
from analytics.figures.experiments import Arm, Says, Stratum
from analytics.figures.statistics import needed
from tests.present import present

TRIALS = 10_000
SIDE = 0.033
SIZES = [(300, 30, 0.50), (900, 100, 0.25), (2700, 300, 0.10), (9000, 1000, 0.10), (500, 500, 0.10)]


def shares(treated: tuple[int, int], held: tuple[int, int], planned: float | None = None) -> Stratum:
    """A stratum of ``(bought, of)`` in each arm."""
    return Stratum(Arm(treated[1], treated[0]), Arm(held[1], held[0]), planned)


@cache
def judged(bought: int, treated: int, bought_too: int, held: int) -> experiments.Share:
    """The same counts are drawn again and again, and judged once."""
    return experiments.judge_share([shares((bought, treated), (bought_too, held))])


@pytest.mark.parametrize(("treated", "held", "share"), SIZES)
def test_without_an_effect_neither_side_speaks_too_often(treated: int, held: int, share: float) -> None:
    chance = np.random.default_rng(1)
    drawn = zip(chance.binomial(treated, share, TRIALS), chance.binomial(held, share, TRIALS), strict=True)

    told = [judged(int(one), treated, int(other), held) for one, other in drawn]

    said = [one.says for one in told]
    assert said.count(Says.MORE) / TRIALS <= SIDE
    assert said.count(Says.LESS) / TRIALS <= SIDE
    inside = [present(one.low) <= 0 <= present(one.high) for one in told if one.low is not None]
    assert 0.93 <= sum(inside) / len(inside) <= 0.97


@pytest.mark.parametrize(("gap", "part"), [(0.05, 0.1), (0.05, 0.2), (0.05, 0.5), (0.10, 0.1), (0.10, 0.2), (0.10, 0.5)])
def test_an_effect_of_the_advertised_size_is_found_in_four_of_five(gap: float, part: float) -> None:
    people = needed(0.10, gap, part)
    held = round(people * part)
    treated = people - held
    chance = np.random.default_rng(2)
    drawn = zip(chance.binomial(treated, 0.10 + gap, TRIALS), chance.binomial(held, 0.10, TRIALS), strict=True)

    said = [judged(int(one), treated, int(other), held).says for one, other in drawn]

    assert 0.77 <= said.count(Says.MORE) / TRIALS <= 0.83


def test_a_changed_holdout_makes_no_effect_out_of_nothing() -> None:
    """In the quiet month half were held out, in the busy one a tenth: added up, the treated seem to come more often."""
    quiet, busy = shares((25, 500), (25, 500)), shares((270, 900), (30, 100))

    together = experiments.share_interval([shares((295, 1400), (55, 600))])
    apart = experiments.share_interval([quiet, busy])

    assert together.low > 0.08
    assert apart.value == pytest.approx(0)
    assert apart.low < 0 < apart.high


def test_one_stratum_is_the_interval_of_the_textbook() -> None:
    """Newcombe's example 56/70 against 48/80: 0.0528 to 0.3382 by this method."""
    found = experiments.share_interval([shares((56, 70), (48, 80))])

    assert found == pytest.approx((0.2, 0.0528, 0.3382), abs=2e-4)


def sums(chance: np.random.Generator, treated: int, held: int, share: float, times: float = 1.0) -> Stratum:
    """Spending with a long tail; who spends much spent much before."""
    stratum = Stratum()
    for arm, size, factor in ((stratum.treated, treated, times), (stratum.held, held, 1.0)):
        before = np.exp(chance.normal(9, 1, size))
        now = np.where(chance.random(size) < share, before * np.exp(chance.normal(0, 0.8, size)) * factor, 0)
        for was, total in zip(before, now, strict=True):
            arm.add(bought=bool(total), total=float(total), before=float(was))
    return stratum


@pytest.mark.parametrize(("treated", "held", "share"), [(900, 100, 0.40), (500, 500, 0.10)])
def test_money_without_an_effect_is_rarely_more_or_less(treated: int, held: int, share: float) -> None:
    chance = np.random.default_rng(3)

    said = [experiments.judge_money([sums(chance, treated, held, share)]).says for _trial in range(300)]

    # 300 trials of a rate of 2.5 %: more than 17 of them come once in a thousand times.
    assert said.count(Says.MORE) <= 17
    assert said.count(Says.LESS) <= 17
    assert said.count(Says.TOO_FEW) <= 30


def test_money_with_a_large_effect_is_seen_and_the_same_when_asked_again() -> None:
    stratum = sums(np.random.default_rng(4), 2_000, 1_000, 0.3, times=1.6)

    told, again = experiments.judge_money([stratum]), experiments.judge_money([stratum])

    assert (told.says, told) == (Says.MORE, again)


def test_too_few_say_so() -> None:
    few = shares((60, 300), (6, 30))

    told = experiments.judge([few])

    assert told == ((None, None, None, Says.TOO_FEW), (None, None, Says.TOO_FEW), None)


@pytest.mark.parametrize(("held", "fits"), [(100, True), (120, True), (150, False)])
def test_arms_of_other_sizes_than_planned_say_nothing_but_that(held: int, fits: bool) -> None:
    stratum = shares((90, 900), (30, held), planned=0.1)

    told = experiments.judge([stratum])

    assert told.arms_fit is fits
    assert fits or (told.share.says, told.share.difference, told.money.p) == (Says.UNCLEAR, None, None)


def test_nobody_at_all_is_too_few() -> None:
    assert experiments.judge([]).share.says == Says.TOO_FEW
