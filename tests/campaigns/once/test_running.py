"""Messages and errands are made once each, never to who bought, complained, stopped or is paused since; held and called off."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.models import Campaign, Touch
from campaigns.once import freezing, measuring, running
from clients.models import Client
from clients.services import record_consents
from messaging import errands
from messaging import services as messaging_services
from messaging.models import Errand, Message, Pause, TurnedOff
from portal.models import Review
from stores.chain_day import day_of
from stores.models import Employee, Store
from tests import factories
from tests.campaigns.once.conftest import NOON, TODAY, Draft
from tests.conftest import Sell
from tests.present import present

Agreed = Callable[..., Client]
LATER = NOON + timedelta(hours=1)


def started(campaign: Campaign) -> Campaign:
    freezing.freeze(campaign, now=NOON)
    running.move(campaign, "start")
    return campaign


def test_who_agreed_to_calls_is_a_sellers_errand_and_others_get_a_message(
    draft: Draft, agreed: Agreed, seller: Employee, store: Store
) -> None:
    called, written = agreed("calls"), agreed("advertising_sms")
    campaign = started(draft())

    made = [running.run(campaign, now=LATER) for _twice in range(2)]

    (errand,), (message,) = Errand.objects.all(), Message.objects.all()
    assert made == [2, 0]
    assert (errand.client, errand.store, errand.assignee, errand.topic) == (called, store, seller, "offer")
    assert (errand.occasion_key, errand.reason) == (f"{campaign.source}:1:{called.pk}:1", "Новая коллекция. Скидка 10 %")
    assert errand.script == "Елена Викторовна, приглашаем примерить."
    assert (message.client, message.text, message.purpose) == (written, "Елена Викторовна, приглашаем!", "advertising_sms")
    assert (message.occasion_key, message.source) == (f"{campaign.source}:1:{written.pk}:1", campaign.source)
    campaign.refresh_from_db()
    assert (campaign.state, set(Touch.objects.values_list("state", flat=True))) == ("measuring", {"made"})


def test_calls_are_spread_over_days(draft: Draft, agreed: Agreed, seller: Employee, store: Store) -> None:
    for _each in range(5):
        agreed("calls")

    running.run(started(draft(calls_a_day=2)), now=LATER)

    days = list(Errand.objects.order_by("due_on").values_list("due_on", flat=True))
    assert days == [TODAY, TODAY, *[TODAY + timedelta(days=1)] * 2, TODAY + timedelta(days=2)]


def test_a_paused_campaign_makes_nothing_until_it_goes_on(draft: Draft, agreed: Agreed) -> None:
    agreed("calls")
    campaign = started(draft())

    assert [running.move(campaign, "pause"), running.move(campaign, "pause"), running.run(campaign, now=LATER)] == [
        True,
        False,
        0,
    ]
    assert [running.move(campaign, "start"), running.move(campaign, "go_on"), running.run(campaign, now=LATER)] == [
        False,
        True,
        1,
    ]


def test_a_cancelled_campaign_calls_off_what_has_not_gone(draft: Draft, agreed: Agreed) -> None:
    agreed("calls"), agreed("advertising_sms")
    campaign = started(draft())
    running.run(campaign, now=LATER)

    cancelled = [running.cancel(campaign, now=LATER) for _twice in range(2)]

    assert (cancelled, Errand.objects.get().outcome, Message.objects.get().state) == ([True, False], "dropped", "suppressed")
    assert running.run(campaign, now=LATER) == 0
    assert set(Touch.objects.values_list("state", "reason")) == {("over", "decided")}


def test_who_was_not_content_is_asked_what_was_wrong_and_offered_nothing(
    draft: Draft, agreed: Agreed, sell: Sell, store: Store
) -> None:
    unhappy, other = agreed("calls"), agreed("calls")
    review = Review.objects.create(client=unhappy, store=store, purchase=sell(unhappy, TODAY - timedelta(days=9), 1_000),
                                   asked_on=TODAY - timedelta(days=3), score=3, answered_at=NOON - timedelta(days=3))  # fmt: skip
    campaign = started(draft())

    for _twice in range(2):
        running.run(campaign, now=LATER)

    told = Errand.objects.order_by("pk").values_list("client", "topic", "is_service")
    assert sorted(told, reverse=True) == [(other.pk, "offer", False), (review.client_id, "complaint", True)]
    progress = measuring.progress(campaign)
    assert (progress.calls, progress.heard) == (1, 1)  # who is asked is no contact of the campaign


def test_whom_three_calls_did_not_reach_is_written_to_once(draft: Draft, agreed: Agreed, seller: Employee) -> None:
    agreed("calls", "advertising_sms"), agreed("calls")
    campaign = started(draft())
    running.run(campaign, now=LATER)
    for errand in Errand.objects.all():
        for day in range(3):
            errands.close(errand, "no_answer", by=seller, now=LATER + timedelta(days=day))

    made = [running.run(campaign, now=LATER + timedelta(days=20)) for _twice in range(2)]

    assert (made, [message.occasion_key[-2:] for message in Message.objects.all()]) == ([2, 0], [":2"])


@pytest.mark.parametrize("event", ["buys", "complains", "stops", "takes consent back", "is paused"])
def test_what_waits_to_be_sent_does_not_go_after_it(
    draft: Draft, agreed: Agreed, store: Store, seller: Employee, sell: Sell, event: str
) -> None:
    client, now = agreed("advertising_sms"), timezone.now().replace(hour=2)
    campaign = draft(way="sms", occasion_until=day_of(now) + timedelta(days=9))
    freezing.freeze(campaign, now=now)
    running.move(campaign, "start")
    running.run(campaign, now=now)
    happen(event, client, store, seller, sell, now=now)

    messaging_services.send_due_messages(now=now + timedelta(minutes=1), gateways=lambda name: pytest.fail(name))

    message = Message.objects.get(source=campaign.source)
    assert (message.state, bool(message.reason)) in [("suppressed", True), ("pending", True)]


numbers = count(1)
EVENTS = ["buys", "complains", "stops", "takes consent back", "is paused", "waits"]


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(st.sampled_from(EVENTS), min_size=1, max_size=4), at=st.integers(0, 4))
def test_whatever_happens_before_it_is_made_nobody_is_contacted_who_should_not_be(
    draft: Draft, store: Store, seller: Employee, sell: Sell, events: list[str], at: int
) -> None:
    client = factories.ClientFactory.create(home_store=store, last_name=f"Белова{'а' * (next(numbers) % 40)}")
    record_consents(client, {"calls": True, "advertising_sms": True}, by=None, where=None)
    campaign = draft(question={"ticked": [client.pk]}, way="sms")
    for event in events[:at]:
        happen(event, client, store, seller, sell)
    try:
        started(campaign)
    except freezing.NobodyError:
        assert set(events[:at]) - {"waits", "buys"}
    for event in events[at:]:
        happen(event, client, store, seller, sell)

    running.run(campaign, now=LATER)

    allowed = not set(events) - {"waits"}
    assert Message.objects.filter(source=campaign.source, state="pending").exists() is allowed


def happen(event: str, client: Client, store: Store, seller: Employee, sell: Sell, now: datetime = NOON) -> None:
    if event == "buys":
        sell(client, day_of(now), 10_000)
    elif event == "complains":
        asked, _new = errands.ask_for(
            client, store=store, occasion_key=f"care:{next(numbers)}", reason="!", due_on=TODAY, is_service=True
        )
        errands.close(asked, "complained", by=seller, now=now)
    elif event == "stops":
        messaging_services.stop(str(client.phone), reason="STOP", now=now)
    elif event == "takes consent back":
        record_consents(client, {"advertising_sms": False}, by=None, where=None)
    elif event == "is paused":
        Pause.objects.create(client=client, reason="!", by=seller)


def test_whose_day_of_judgement_has_come_is_not_run(draft: Draft, agreed: Agreed) -> None:
    agreed("calls")
    campaign = started(draft(window_days=7))

    assert [running.due(NOON), running.due(NOON + timedelta(days=7))] == [[campaign], []]


def test_a_newsletter_goes_with_its_page_and_not_to_who_turned_its_topic_off_since(newsletter: Draft, agreed: Agreed) -> None:
    reader, other = agreed("advertising_email"), agreed("advertising_email")
    campaign = started(newsletter())
    TurnedOff.objects.create(client=other, topic=present(campaign.topic))

    running.run(campaign, now=LATER)

    message = Message.objects.get()
    assert (message.client, message.subject, message.channel) == (reader, "Елена, новинки", "email")
    assert message.text == "Новая коллекция\n\nЕлена Викторовна, приходите."
    assert (present(message.letter).source, present(message.letter).topic) == (campaign.source, campaign.topic)
    assert Touch.objects.get(client=other).reason == "topic"
