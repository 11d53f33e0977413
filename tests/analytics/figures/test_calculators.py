"""The examples of docs/figures.md."""

from decimal import Decimal

import pytest

from analytics.figures import calculators


@pytest.mark.parametrize(("purchases", "expected"), [(1, 2_000), (2, 7_000), (10, 47_000)])
def test_profit_of_a_client(purchases: int, expected: int) -> None:
    assert calculators.profit(purchases, Decimal(5_000), lead_cost=Decimal(500), purchase_cost=Decimal(2_500)) == expected


def test_effect_of_a_campaign_to_everybody_and_to_the_right_ones() -> None:
    wide = calculators.campaign(100_000, Decimal(5), Decimal(10))
    narrow = calculators.campaign(20_000, Decimal(5), Decimal(45), again=Decimal(50), average_again=Decimal(50))

    assert wide.total == 50_000
    assert (narrow.revenue, narrow.revenue_again, narrow.total) == (45_000, 25_000, 70_000)


def test_loss_by_churn() -> None:
    lost = calculators.churn_loss(5_000, Decimal(800), Decimal(10), 3)

    assert lost == 2_244_000
    assert lost - calculators.churn_loss(5_000, Decimal(800), Decimal(7), 3) == pytest.approx(641_000, abs=500)
    assert [row.lost for row in calculators.churn(5_000, Decimal(800), Decimal(10), 3)] == [500, 450, 405]
