"""The model of visits: its formulas against simulation and integration, and that it finds what made the data."""

import numpy as np
import pytest

from analytics.figures import lifetime
from analytics.figures.lifetime import Floats, Histories, Model, Spending
from tests.present import present

TRUTH = Model(r=0.9, alpha=80.0, a=0.8, b=2.0)


def lived(model: Model, many: int, seed: int = 7, until: float = 900.0) -> tuple[Histories, Floats]:
    """Clients who come and go by the model: columns of ``Histories`` and the visits of the year after."""
    chance = np.random.default_rng(seed)
    rates, leaving = chance.gamma(model.r, 1 / model.alpha, many), chance.beta(model.a, model.b, many)
    ages = chance.uniform(30, until, many)
    x, seen, later = np.zeros(many), np.zeros(many), np.zeros(many)
    for n in range(many):
        day = 0.0
        while chance.random() >= leaving[n]:
            day += chance.exponential(1 / rates[n])
            if day > ages[n] + 365:
                break
            if day > ages[n]:
                later[n] += 1
            else:
                x[n], seen[n] = x[n] + 1, day
    return Histories(x, seen, ages, np.ones(many)), later


def test_it_finds_the_parameters_that_made_the_data() -> None:
    told, _later = lived(TRUTH, 20_000)

    found = present(lifetime.fit(told))

    best = lifetime.log_likelihood(found, told)
    assert best >= lifetime.log_likelihood(TRUTH, told)
    mean_rate, mean_leaving = found.r / found.alpha, found.a / (found.a + found.b)
    assert mean_rate == pytest.approx(TRUTH.r / TRUTH.alpha, rel=0.1)
    assert mean_leaving == pytest.approx(TRUTH.a / (TRUTH.a + TRUTH.b), rel=0.1)


def test_expectations_hold_on_days_that_it_has_not_seen() -> None:
    told, later = lived(TRUTH, 20_000, seed=11)

    ahead = TRUTH.expected(told, 365)

    for low, high in ((0, 0), (1, 2), (3, 100)):
        chosen = (told.x >= low) & (told.x <= high)
        assert ahead[chosen].sum() == pytest.approx(later[chosen].sum(), rel=0.08)


def test_one_time_buyers_do_not_look_certain_to_live() -> None:
    told = Histories(np.zeros(3), np.zeros(3), np.array([10.0, 200.0, 900.0]), np.ones(3))

    alive = TRUTH.alive(told)

    assert alive[0] > alive[1] > alive[2]
    assert alive[0] < 0.75
    assert alive[2] < 0.3


def test_too_few_who_came_again_are_not_fitted() -> None:
    told, _later = lived(TRUTH, 60)

    assert lifetime.fit(told) is None


def test_rows_alike_may_stand_together() -> None:
    told, _later = lived(TRUTH, 500)
    doubled = Histories(*(np.concatenate([column, column]) for column in told))
    together = told._replace(clients=told.clients * 2)

    assert lifetime.log_likelihood(TRUTH, doubled) == pytest.approx(lifetime.log_likelihood(TRUTH, together))


def test_gamma_gamma_draws_a_buyer_toward_everybody() -> None:
    chance = np.random.default_rng(3)
    truth = Spending(p=4.0, q=3.5, v=30_000.0)
    visits = chance.integers(1, 9, 8_000).astype(float)
    nu = chance.gamma(truth.q, 1 / truth.v, 8_000)
    mean = chance.gamma(truth.p * visits, 1 / (nu * visits))

    found = present(lifetime.fit_spending(visits, mean))

    usual = truth.p * truth.v / (truth.q - 1)
    assert found.p * found.v / (found.q - 1) == pytest.approx(usual, rel=0.06)
    once = found.expected(np.array([1.0]), np.array([usual * 4]))[0]
    often = found.expected(np.array([20.0]), np.array([usual * 4]))[0]
    assert usual < once < often < usual * 4
    assert lifetime.fit_spending(visits[:50], mean[:50]) is None
