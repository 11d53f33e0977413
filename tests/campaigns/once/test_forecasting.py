"""What a draft says before anything goes: whom it reaches, its price, what it may bring and what would show."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from campaigns.models import Campaign
from campaigns.once import forecasting
from campaigns.once.forecasting import Left, Outlook, Visible
from clients.models import Client
from messaging.models import Route
from tests.campaigns.once.conftest import NOON, TODAY, Draft
from tests.conftest import Sell

Agreed = Callable[..., Client]


def found(chosen: int = 0, check: int = 0) -> Outlook:
    return Outlook(chosen, {"call": chosen}, [], Decimal(check))


def test_it_tells_who_is_reached_who_is_not_and_what_they_leave_as_a_rule(draft: Draft, agreed: Agreed, sell: Sell) -> None:
    called, _written, _nothing = agreed("calls"), agreed("advertising_sms"), agreed()
    for days, price in ((100, 10_000), (50, 20_000)):
        sell(called, TODAY - timedelta(days=days), price)

    told = forecasting.outlook(draft(), now=NOON)

    assert told == Outlook(3, {"call": 1, "sms": 1}, [Left("consent", "нет согласия", 1)], Decimal("15000.0"))


def test_messages_cost_by_the_longest_name_and_the_first_gateway(db: None, draft: Draft) -> None:
    Route.objects.filter(channel="sms").update(is_on=False)
    Route.objects.update_or_create(channel="sms", gateway="console", defaults={"is_on": True, "price": Decimal("3.50")})

    told = forecasting.price(draft(text="я" * 100), Outlook(4, {"sms": 3, "call": 1}, [], Decimal(0)))

    assert told == (3, 6, Decimal("21.00"), 0, None)


def test_where_nothing_alike_was_done_one_in_twenty_is_assumed(draft: Draft) -> None:
    told = forecasting.forecast(draft(holdout=10), found(100, 1_000_000))

    assert (told.assumed, told.buyers, round(told.revenue.value)) == (True, 0.05, 45_000)
    assert 0 < told.revenue.low < told.revenue.value < told.revenue.high


def test_closed_campaigns_of_the_same_way_teach_the_forecast(draft: Draft) -> None:
    for way, bought in (("call", 200), ("sms", 1)):
        made = draft(way=way, as_of=TODAY, judge_on=TODAY, result={"treated": {"clients": 1_000, "bought": bought}})
        Campaign.objects.filter(pk=made.pk).update(state="closed")

    told = forecasting.forecast(draft(), found(100, 1_000))

    assert (told.plans, round(told.buyers, 3)) == (1, 0.197)
    assert told.share.high - told.share.low < 0.06


@pytest.mark.parametrize(
    ("holdout", "chosen", "gap"),
    [(10, 3993, 0.05), (20, 2223, 0.05), (50, 1372, 0.05), (50, 398, 0.10), (10, 5, None), (0, 9999, None)],
)
def test_it_says_what_effect_would_show(draft: Draft, holdout: int, chosen: int, gap: float | None) -> None:
    assert forecasting.visible(draft(holdout=holdout), found(chosen)) == Visible(0.10, gap)
