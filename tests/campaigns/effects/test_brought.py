"""What it all brought, as the figure tells it: what followed and cost adds up, what was caused is told of each by its own."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from campaigns import touching
from campaigns.effects import brought
from campaigns.models import Campaign, Program, Touch
from campaigns.touching import Chosen
from clients.models import Client
from messaging.models import Errand, Message
from stores.models import Store
from tests.campaigns.effects.test_following import contacted, greeted
from tests.conftest import Sell
from tests.factories import ClientFactory

OCTOBER = date(2026, 10, 10)
Frozen = Callable[..., Campaign]
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def _december(monkeypatch: pytest.MonkeyPatch) -> None:
    """All the days of October are over."""
    monkeypatch.setattr(timezone, "localdate", lambda *_a: date(2026, 12, 20))


def of(source: str, store: Store | None = None) -> dict[str, Any]:
    return next(row for row in brought.sources(store, YEAR) if row["source"] == source)


def test_it_is_a_figure_like_the_others() -> None:
    assert FIGURES["brought"] is brought.FIGURE
    assert brought.FIGURE.rests_on(YEAR) == Period(date(2025, 10, 3), YEAR.last)


def test_followed_and_costs_of_a_program(card: Client, sell: Sell, program: Program, store: Store) -> None:
    message = greeted(program, card, OCTOBER)
    Message.objects.filter(pk=message.pk).update(segments=2, cost=7)
    sell(card, OCTOBER, 1_000)

    row = of(program.key)

    told = {name: row[name] for name in ("buyers", "orders", "revenue", "messages", "segments", "cost", "calls")}
    assert told == {"buyers": 1, "orders": 1, "revenue": 1_000, "messages": 1, "segments": 2, "cost": 7, "calls": 0}
    assert row["caused"]["says"] == "nobody_held"


def test_calls_and_their_minutes_are_of_whose_key_it_is(card: Client, store: Store) -> None:
    noon = datetime.fromisoformat("2026-10-10T12:00+10:00")
    touches = [contacted(card, OCTOBER + timedelta(days=n), source) for n, source in enumerate(("silent", "silent", "event:5"))]
    for touch, (outcome, tries) in zip(touches, (("done", 1), ("no_answer", 3), ("done", 0)), strict=True):
        Errand.objects.create(
            client=card, store=store, occasion_key=touch.key(), reason="звонок", due_on=OCTOBER, outcome=outcome, result=outcome,
            tries=tries, done_at=noon,
        )  # fmt: skip

    assert [(of(source)["calls"], of(source)["minutes"]) for source in ("silent", "event:5")] == [(5, 8), (1, 4)]


def test_what_was_caused_is_told_by_its_own_comparison(store: Store, sell: Sell) -> None:
    for n in range(60):
        client = ClientFactory.create(home_store=store)
        touch = contacted(client)
        if n % 2:
            Touch.objects.filter(pk=touch.pk).update(arm="held", state="over", stratum="2026-10:50")
        else:
            Touch.objects.filter(pk=touch.pk).update(stratum="2026-10:50")
            sell(client, OCTOBER, 1_000)

    caused = of("silent")["caused"]

    assert (caused["says"], caused["treated"], caused["held"], caused["buyers"]) == ("more", 30, 30, 30)
    assert caused["low"] <= 30 <= caused["high"] + 1


def test_arms_that_do_not_fit_say_that_alone(store: Store) -> None:
    for _n in range(40):
        touching.write("silent", [Chosen(ClientFactory.create(home_store=store).pk, "1", OCTOBER)], phase="1", holdout=0)
    Touch.objects.update(stratum="2026-10:50", state="made")

    assert of("silent")["caused"]["says"] == "unfit"


def test_a_campaign_is_told_as_it_was_judged(card: Client, frozen: Frozen, store: Store) -> None:
    campaign = frozen(judge_on=OCTOBER + timedelta(days=30))
    contacted(card, OCTOBER, campaign.source)

    assert of(campaign.source)["caused"] | {"says": "later", "judge_on": "2026-11-09"} == of(campaign.source)["caused"]

    share = {"difference": 0.1, "low": 0.02, "high": 0.18, "says": "more"}
    money = {"difference": 150.0, "p": 0.04, "says": "more"}
    sides = {"treated": {"clients": 100}, "held": {"clients": 50}}
    Campaign.objects.update(state="closed", result={**sides, "share": share, "money": money, "arms_fit": True})
    caused = of(campaign.source)["caused"]

    assert [caused[name] for name in ("says", "buyers", "low", "high", "money")] == ["more", 10, 2, 18, 15_000]
    assert of(campaign.source, store)["caused"]["says"] == "whole"


def test_a_source_that_nobody_knows_is_told_like_the_others(card: Client, sell: Sell) -> None:
    contacted(card, source="event:5")
    sell(card, OCTOBER, 10)

    assert (of("event:5")["revenue"], of("event:5")["caused"]["says"]) == (10, "nobody_held")


def test_revenue_stands_beside_by_month_and_store(card: Client, sell: Sell, store: Store, other_store: Store) -> None:
    sell(card, OCTOBER, 10), sell(card, OCTOBER, 100, at=other_store)
    sell(None, date(2026, 11, 1), 1_000, no_card_reason="declined")

    assert brought.revenue(None, YEAR) == [
        {"month": "2026-10", "store": store.pk, "carded": 10, "bare": 0},
        {"month": "2026-10", "store": other_store.pk, "carded": 100, "bare": 0},
        {"month": "2026-11", "store": store.pk, "carded": 0, "bare": 1_000},
    ]
    assert [row["carded"] for row in brought.revenue(other_store, YEAR)] == [100]


def test_months_and_stores_add_up_to_the_whole(card: Client, sell: Sell, other_store: Store) -> None:
    contacted(card, date(2026, 9, 25)), contacted(card, OCTOBER, "event:5")
    sell(card, date(2026, 9, 30), 1), sell(card, OCTOBER, 10), sell(card, OCTOBER, 100, at=other_store)

    sums = [sum(row["revenue"] for row in part(None, YEAR)) for part in (brought.sources, brought.by_month, brought.by_store)]

    assert (sums, brought.total(None, YEAR)) == ([111, 111, 111], {"buyers": 1})
