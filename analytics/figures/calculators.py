"""Sums that a manager does on the back of an envelope, done right. Formulas and examples: docs/figures.md."""

from decimal import Decimal
from typing import NamedTuple

HUNDRED = Decimal(100)


def profit(purchases: int, price: Decimal, *, lead_cost: Decimal, purchase_cost: Decimal) -> Decimal:
    """Profit of a client who bought so many times at one price: n·p − lead cost − purchase cost."""
    return purchases * price - lead_cost - purchase_cost


class CampaignEffect(NamedTuple):
    """What a campaign brings: those who answer, their revenue, and that of those who buy once more."""

    answer: Decimal
    revenue: Decimal
    again: Decimal
    revenue_again: Decimal

    @property
    def total(self) -> Decimal:
        return self.revenue + self.revenue_again


def campaign(
    audience: int, response: Decimal, average: Decimal, *, again: Decimal = Decimal(0), average_again: Decimal = Decimal(0)
) -> CampaignEffect:
    """Audience × response × average receipt; ``response`` and ``again`` (of those who answered) in per cent."""
    answer = audience * response / HUNDRED
    more = answer * again / HUNDRED
    return CampaignEffect(answer, answer * average, more, more * average_again)


class Loss(NamedTuple):
    """A year of churn: clients lost in it, the years that their money is missing, and how much that is."""

    year: int
    lost: Decimal
    years_missing: int
    amount: Decimal


def churn(clients: int, value: Decimal, rate: Decimal, years: int) -> list[Loss]:
    """``clients`` of yearly ``value`` lose ``rate`` per cent of those left each year; each lost cohort is missing in its own
    and every remaining year."""
    left, rows = Decimal(clients), []
    for year in range(1, years + 1):
        lost = left * rate / HUNDRED
        left -= lost
        rows.append(Loss(year, lost, years - year + 1, lost * value * (years - year + 1)))
    return rows


def churn_loss(clients: int, value: Decimal, rate: Decimal, years: int) -> Decimal:
    """All of it."""
    return sum((row.amount for row in churn(clients, value, rate, years)), Decimal(0))
