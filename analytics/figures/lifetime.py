"""A model of how clients come and stop coming: MBG/NBD, and gamma-gamma for what they leave in a visit.

MBG/NBD (E. P. Batislam, M. Denizel, A. Filiztekin, *Empirical validation and comparison of models for customer base
analysis*, International Journal of Research in Marketing 24, 2007): while a client lives they come at a rate of their own,
gamma distributed (r, alpha); after every visit, the first one too, they are lost with a probability of their own, beta
distributed (a, b). BG/NBD lets nobody go before the second visit, so one-time buyers would look certain to live.
Gamma-gamma (P. S. Fader, B. G. S. Hardie, *The gamma-gamma model of monetary value*, 2013). Scipy optimises; time is in days.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]
ENOUGH = 100  # clients, of whom so many must have come again, or nothing is fitted
_BOUNDS = [(-6.0, 8.0)] * 4  # of the logarithms


class Histories(NamedTuple):
    """Clients alike, as columns: ``x`` visits after the first, the last of them ``seen`` days after it, ``age`` days since
    the first, and how many such ``clients`` there are."""

    x: Floats
    seen: Floats
    age: Floats
    clients: Floats

    @property
    def is_enough(self) -> bool:
        return bool(self.clients[self.x > 0].sum() >= ENOUGH)


@dataclass(frozen=True)
class Model:
    """Parameters of MBG/NBD."""

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, told: Histories) -> Floats:
        """The chance that a client of each row still comes."""
        shape = self.r + told.x
        faded = shape * np.log((self.alpha + told.age) / (self.alpha + told.seen))
        return np.asarray(1 / (1 + self.a / (self.b + told.x) * np.exp(np.minimum(faded, 700))))

    def expected(self, told: Histories, days: float) -> Floats:
        """Visits to expect of a client of each row in the coming ``days``."""
        a = self.a if abs(self.a - 1) > 1e-6 else 1 + 1e-6
        shape, whole = self.r + told.x, self.alpha + told.age
        mixed = special.hyp2f1(shape, self.b + told.x + 1, a + self.b + told.x, days / (whole + days))
        gone = np.exp(shape * np.log(whole / (whole + days)))
        return np.asarray((a + self.b + told.x) / (a - 1) * (1 - gone * mixed) * self.alive(told))


def log_likelihood(model: Model, told: Histories) -> float:
    """Of all rows together."""
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    x = told.x
    common = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha) - special.betaln(a, b)
    stays = special.betaln(a, b + x + 1) - (r + x) * np.log(alpha + told.age)
    went = special.betaln(a + 1, b + x) - (r + x) * np.log(alpha + told.seen)
    return float(np.sum(told.clients * (common + np.logaddexp(stays, went))))


def fit(told: Histories) -> Model | None:
    """The most likely parameters; None where too few have come again to say, or none are found."""
    if not told.is_enough:
        return None
    total = told.clients.sum()

    def cost(logs: Floats) -> float:
        return float(-log_likelihood(Model(*(float(value) for value in np.exp(logs))), told) / total)

    typical = float(np.average(told.seen[told.x > 0] / told.x[told.x > 0], weights=told.clients[told.x > 0]))
    starts = [np.log([r, typical * r, a, b]) for r, a, b in ((0.5, 0.5, 1.5), (1.0, 1.0, 1.0))]
    tried = [optimize.minimize(cost, start, method="L-BFGS-B", bounds=_BOUNDS) for start in starts]
    best = min(tried, key=lambda found: float(found.fun))
    return Model(*(float(value) for value in np.exp(best.x))) if np.isfinite(best.fun) else None


class Spending(NamedTuple):
    """Parameters of gamma-gamma: a visit's sum is gamma (p, ν), ν is gamma (q, v) over clients."""

    p: float
    q: float
    v: float

    def expected(self, visits: Floats, mean: Floats) -> Floats:
        """What a client of each row leaves in a visit, on average: between their own mean and everybody's."""
        return np.asarray(self.p * (self.v + visits * mean) / (self.p * visits + self.q - 1))


def fit_spending(visits: Floats, mean: Floats) -> Spending | None:
    """The most likely parameters over buyers with their number of buying days and mean sum; None below ``ENOUGH``."""
    kept = mean > 0
    visits, mean = visits[kept], mean[kept]
    if len(mean) < ENOUGH:
        return None
    scale = float(mean.mean())
    z = mean / scale

    def cost(logs: Floats) -> float:
        p, q, v = np.exp(logs)
        shape = p * visits
        told = (
            special.gammaln(shape + q) - special.gammaln(shape) - special.gammaln(q) + q * np.log(v)
            + (shape - 1) * np.log(z) + shape * np.log(visits) - (shape + q) * np.log(v + visits * z)
        )  # fmt: skip
        return -float(told.mean())

    found = optimize.minimize(cost, np.log([2.0, 3.0, 2.0]), method="L-BFGS-B", bounds=[(-4.0, 6.0)] * 3)
    p, q, v = (float(value) for value in np.exp(found.x))
    return Spending(p, q, v * scale) if np.isfinite(found.fun) and q > 1 else None
