"""Two texts: offered where the better one would show, split by lot, told once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from campaigns import touching
from campaigns.models import Touch
from campaigns.once import freezing, measuring, running, wordings
from campaigns.once.forecasting import outlook
from campaigns.once.wordings import Room
from clients.models import Client
from messaging.models import Message
from tests.campaigns.once.conftest import NOON, TODAY, Draft
from tests.conftest import Sell

Agreed = Callable[..., Client]


@pytest.fixture
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordings, "needed", lambda: 20)


def test_it_takes_so_many_as_the_page_says() -> None:
    assert 1_300 < wordings.needed() < 1_450
    assert [Room(clients).is_enough for clients in (None, wordings.needed() - 1, wordings.needed())] == [False, False, True]
    assert [bool(Room(clients).why_not) for clients in (None, 100, 5_000)] == [True, True, False]


def test_only_those_count_who_are_written_to(draft: Draft, agreed: Agreed) -> None:
    for _each in range(4):
        agreed("advertising_sms")
    campaign = draft(way="sms", holdout=50)

    assert wordings.room_for(campaign, outlook(campaign, now=NOON)).clients == 2


@pytest.mark.usefixtures("_few_are_enough")
def test_each_gets_one_of_them_and_who_is_held_gets_none(draft: Draft, agreed: Agreed) -> None:
    for _each in range(60):
        agreed("advertising_sms")
    campaign = draft(way="sms", text="Первый", text_b="Второй", holdout=20)

    freezing.freeze(campaign, now=NOON)
    running.move(campaign, "start")
    running.run(campaign, now=NOON + timedelta(minutes=1))

    variants = dict(Touch.objects.values_list("client", "variant"))
    held = set(Touch.objects.filter(arm="held").values_list("client", flat=True))
    assert {variants[client] for client in held} == {""}
    assert {variant for client, variant in variants.items() if client not in held} == {"a", "b"}
    said = {"a": "Первый", "b": "Второй"}
    assert all(message.text == said[variants[message.client_id or 0]] for message in Message.objects.all())
    assert measuring.progress(campaign).second == list(variants.values()).count("b")


def test_where_too_few_would_tell_nothing_everybody_gets_the_first(draft: Draft, agreed: Agreed) -> None:
    agreed("advertising_sms")
    campaign = draft(way="sms", text="Первый", text_b="Второй")

    freezing.freeze(campaign, now=NOON)
    running.move(campaign, "start")
    running.run(campaign, now=NOON + timedelta(minutes=1))

    assert (Touch.objects.get().variant, Message.objects.get().text) == ("", "Первый")


@pytest.mark.usefixtures("_few_are_enough")
def test_the_better_one_is_told_on_the_day(draft: Draft, agreed: Agreed, sell: Sell) -> None:
    for _each in range(80):
        agreed("advertising_sms")
    campaign = draft(way="sms", text="Первый", text_b="Второй")
    freezing.freeze(campaign, now=NOON)
    running.move(campaign, "start")
    for number, touch in enumerate(Touch.objects.order_by("pk").select_related("client")):
        if touch.variant == "b" or number % 5 == 0:
            sell(touch.client, TODAY + timedelta(days=2), 10_000)

    measuring.judge_due(NOON + timedelta(days=30))

    campaign.refresh_from_db()
    told = campaign.result["wordings"]
    assert (told["says"], told["b"]["bought"]) == ("more", told["b"]["clients"])
    assert told["interval"][1] > 0
    assert told["a"]["clients"] + told["b"]["clients"] == campaign.result["treated"]["clients"]


@pytest.mark.parametrize(("bought", "says"), [((3, 4), "too_few"), ((30, 34), "unclear"), ((60, 30), "less"), ((30, 60), "more")])
def test_what_may_be_said(bought: tuple[int, int], says: str) -> None:
    assert wordings.told([("a", 200, bought[0]), ("b", 200, bought[1])])["says"] == says


def test_where_nobody_was_split_nothing_is_told() -> None:
    assert (wordings.told([]), wordings.told([("a", 10, 1)])) == ({}, {})


def test_the_lot_of_wordings_knows_nothing_of_the_arms() -> None:
    """Of those who are held and of those who are not, half would get the second."""
    clients = range(1, 8_001)
    second = {client for client in clients if touching.is_held("campaign:1", f"1:{touching.WORDINGS}", client, 50)}
    held = {client for client in clients if touching.is_held("campaign:1", "1", client, 20)}

    assert abs(len(second & held) / len(held) - 0.5) < 0.04
    assert abs(len(second) / len(clients) - 0.5) < 0.02
