"""Who may be written to now, asked as a message is claimed: consent, stop list, pauses, cap and quiet hours."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from clients.models import CardState, Client, Purpose
from clients.services import record_consents
from messaging import services
from messaging.models import Errand, Letter, Message, MessageState, Reason, StopEntry, Topic, TurnedOff
from stores.models import Employee
from tests.conftest import Decided
from tests.factories import ClientFactory, StoreFactory, phone_of
from tests.messaging.conftest import NIGHT, NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send, state
from tests.present import present


def test_nothing_goes_at_night_and_all_of_it_in_the_morning(queued: Message) -> None:
    assert send(now=NIGHT) == 0
    assert (state(queued), queued.reason) == (MessageState.PENDING, Reason.NIGHT)
    assert queued.send_after == NIGHT + timedelta(hours=10)

    assert send(now=NIGHT + timedelta(hours=10)) == 1


def test_what_would_wait_beyond_its_day_expires(put: Put) -> None:
    message = put(expires_at=NIGHT + timedelta(hours=1))

    send(now=NIGHT)

    assert (state(message), message.reason) == (MessageState.EXPIRED, Reason.LATE)


def test_the_night_is_that_of_the_home_store(put: Put) -> None:
    moscow = ClientFactory.create(home_store=StoreFactory.create(time_zone="Europe/Moscow"))
    record_consents(moscow, {Purpose.ADVERTISING_SMS: True}, by=None, where=None)
    here, there = put(), put(moscow)

    assert send(now=NOON) == 1

    assert [state(here), state(there)] == [MessageState.SENT, MessageState.PENDING]


@pytest.mark.parametrize("lane", ["urgent", "bulk"])
def test_a_service_message_needs_no_consent_and_knows_no_night(put: Put, card: Client, lane: str) -> None:
    record_consents(card, {Purpose.ADVERTISING_SMS: False}, by=None, where=None)
    message = put(lane=lane, purpose="")

    assert send(now=NIGHT, lane=lane) == 1
    assert state(message) == MessageState.SENT


def withdraw(client: Client) -> None:
    record_consents(client, {Purpose.ADVERTISING_SMS: False}, by=None, where=None)


def stop(client: Client) -> None:
    StopEntry.objects.create(recipient=phone_of(client))


def spoil(client: Client) -> None:
    type(client).objects.filter(pk=client.pk).update(state=CardState.INCOMPLETE, email=None)


def lose_phone(client: Client) -> None:
    type(client).objects.filter(pk=client.pk).update(state=CardState.INCOMPLETE, phone=None)


@pytest.mark.parametrize(
    ("happened", "reason"),
    [(withdraw, Reason.CONSENT), (stop, Reason.STOP), (spoil, Reason.CARD), (lose_phone, Reason.CONTACT)],
)
def test_what_happened_after_queueing_suppresses(queued: Message, happened: Callable[[Client], None], reason: Reason) -> None:
    happened(present(queued.client))
    phone = Phone()

    assert send(phone) == 0

    assert (state(queued), queued.reason, phone.came) == (MessageState.SUPPRESSED, reason, [])


def test_the_stop_list_stops_service_messages_too(put: Put, card: Client) -> None:
    message = put(lane="urgent", purpose="")
    stop(card)

    send(lane="urgent")

    assert state(message) == MessageState.SUPPRESSED


def test_a_hold_puts_off_and_its_end_lets_go(queued: Message, agreed: Client, seller: Employee) -> None:
    hold = services.pause(agreed, "жалоба", until=None, by=seller)
    send()
    assert (state(queued), queued.reason) == (MessageState.PENDING, Reason.PAUSE)
    services.end_pause(hold.pk, now=NOON)

    assert send(now=NOON + timedelta(hours=6)) == 1


def test_a_hold_lasts_through_its_last_day(put: Put, agreed: Client, seller: Employee) -> None:
    services.pause(agreed, "ремонт", until=date(2026, 11, 21), by=seller)
    message = put(expires_at=NOON + timedelta(hours=1))

    assert send() == 0
    assert (state(message), message.reason, message.send_after) == ("pending", Reason.PAUSE, NOON + timedelta(minutes=50))
    send(now=NOON + timedelta(minutes=50))

    assert (state(message), message.reason) == (MessageState.SUPPRESSED, Reason.PAUSE)


def test_the_cap_counts_messages_of_one_batch_errands_and_other_channels(put: Put, agreed: Client, decided: Decided) -> None:
    decided(cap_week=3)
    put(channel="email", purpose=Purpose.ADVERTISING_EMAIL, state="sent", claimed_at=NOON - timedelta(days=2))
    Errand.objects.create(client=agreed, occasion_key="call:1", reason="давно не были", due_on=date(2026, 11, 20))
    batch = [put() for _message in range(3)]
    phone = Phone()

    assert send(phone) == 1

    assert [state(message) for message in batch] == ["sent", "pending", "pending"]
    assert {message.reason for message in batch} == {"", Reason.CAP}


def test_the_cap_of_a_month_holds_beside_that_of_a_week(put: Put, decided: Decided) -> None:
    decided(cap_month=2)
    for days in (10, 20, 40):
        put(state="delivered", claimed_at=NOON - timedelta(days=days))
    message = put()

    assert (send(), state(message), message.reason) == (0, MessageState.PENDING, Reason.CAP)


def test_service_messages_do_not_count(put: Put, decided: Decided) -> None:
    decided(cap_week=1)
    put(purpose="", state="sent", claimed_at=NOON - timedelta(days=1))
    put()

    assert send() == 1


def test_an_errand_of_this_morning_counts(put: Put, decided: Decided) -> None:
    decided(cap_week=1)
    message = put()
    early = NOON - timedelta(hours=2, minutes=30)
    Errand.objects.create(client=present(message.client), occasion_key="call:2", reason="звонок", due_on=date(2026, 11, 21))
    Message.objects.update(send_after=early - timedelta(hours=1))

    assert send(now=early) == 0


@pytest.mark.parametrize("wrong", [{"text": ""}, {"segments": 7}])
def test_what_would_arrive_empty_or_cut_never_leaves(put: Put, wrong: dict[str, object]) -> None:
    message = put()
    Message.objects.update(**wrong)
    phone = Phone()

    assert send(phone) == 0

    assert (state(message), message.reason, phone.came) == (MessageState.SUPPRESSED, Reason.LENGTH, [])


@pytest.mark.parametrize(
    ("allowed", "occasion", "goes"),
    [(False, date(2026, 11, 21), False), (True, date(2026, 11, 21), True), (True, None, False)],
)
def test_who_has_no_e_mail_is_greeted_where_the_chain_allows_it(
    put: Put, agreed: Client, allowed: bool, occasion: date | None, goes: bool, decided: Decided
) -> None:
    decided(greets_without_email=allowed)
    message = put(occasion_on=occasion)
    Client.objects.filter(pk=agreed.pk).update(state=CardState.INCOMPLETE, email=None, no_email="none", no_email_at=NOON)

    send()

    assert (state(message) == MessageState.SENT, message.reason) == (goes, "" if goes else Reason.CARD)


def test_who_was_never_asked_for_an_e_mail_is_not_greeted(put: Put, agreed: Client, decided: Decided) -> None:
    decided(greets_without_email=True)
    message = put(occasion_on=NOON.date())
    Client.objects.filter(pk=agreed.pk).update(state=CardState.INCOMPLETE, email=None)

    send()

    assert (state(message), message.reason) == (MessageState.SUPPRESSED, Reason.CARD)


def test_a_letter_about_a_topic_that_was_turned_off_does_not_go(put: Put, agreed: Client) -> None:
    letter = Letter.objects.create(source="campaign:1", topic=Topic.objects.get(key="new"), subject="!", html="<p>", text="-")
    TurnedOff.objects.create(client=agreed, topic=Topic.objects.get(key="new"))
    about, plain = (put(channel="email", purpose=Purpose.ADVERTISING_EMAIL, letter=one) for one in (letter, None))

    assert send() == 1

    assert (state(about), about.reason, state(plain)) == (MessageState.SUPPRESSED, Reason.TOPIC, MessageState.SENT)
