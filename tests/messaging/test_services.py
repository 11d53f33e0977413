from datetime import date, timedelta

import pytest

from clients.models import Client, Purpose
from clients.selectors import consent_states
from clients.services import record_consents
from messaging import services
from messaging.models import Message, MessageState, Pause, Reason, StopEntry
from messaging.services import SettledError, TooLateError
from stores.models import Employee
from tests.factories import phone_of
from tests.messaging.conftest import NOON, Put
from tests.messaging.phone import Phone


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def test_an_occasion_is_queued_once(queued: Message) -> None:
    again = Message(
        client=queued.client, occasion_key=queued.occasion_key, recipient="+7", text="", send_after=NOON,
        expires_at=NOON + timedelta(days=1),
    )  # fmt: skip

    assert services.queue([again]) == 0
    assert Message.objects.count() == 1


def test_a_text_that_would_be_cut_never_leaves(put: Put) -> None:
    message = put(text="я" * 500, segments=8)

    assert (message.state, message.reason) == (MessageState.SUPPRESSED, Reason.LENGTH)


def test_what_was_late_expires(queued: Message) -> None:
    services.keep_outbox(NOON + timedelta(days=2))

    assert (state(queued), queued.reason) == (MessageState.EXPIRED, Reason.LATE)
    assert [event.kind for event in queued.events.all()] == ["expired"]


@pytest.mark.parametrize(
    ("reason", "end"),
    [(Reason.PAUSE, MessageState.SUPPRESSED), (Reason.CAP, MessageState.SUPPRESSED), (Reason.GATEWAY, "failed")],
)
def test_what_waited_until_its_end_says_for_what(put: Put, reason: Reason, end: str) -> None:
    message = put(reason=reason)

    services.keep_outbox(NOON + timedelta(days=2))

    assert (state(message), message.reason) == (end, reason)


def test_what_a_dead_worker_was_sending_becomes_unknown(put: Put) -> None:
    lost, fresh = put(state="sending", claimed_at=NOON), put(state="sending", claimed_at=NOON + timedelta(minutes=2, seconds=30))

    services.keep_outbox(NOON + timedelta(minutes=3))

    assert [state(lost), lost.reason, state(fresh)] == [MessageState.UNKNOWN, Reason.LOST, MessageState.SENDING]


def test_what_a_worker_from_the_future_was_sending_when_it_died_is_lost_too(put: Put) -> None:
    ahead, fresh = put(state="sending", claimed_at=NOON + timedelta(hours=1)), put(state="sending", claimed_at=NOON)

    services.keep_outbox(NOON)

    assert [state(ahead), ahead.reason, state(fresh)] == [MessageState.UNKNOWN, Reason.LOST, MessageState.SENDING]


def test_stop_wins_over_what_was_queued_before(put: Put, agreed: Client) -> None:
    greeting, code, letter = put(), put(lane="urgent", purpose=""), put(channel="email", purpose="")

    assert [services.stop(phone_of(agreed), reason="СТОП", now=NOON) for _twice in range(2)] == [True, False]

    assert [state(message) for message in (greeting, code, letter)] == ["suppressed", "suppressed", "pending"]
    assert agreed.consents.filter(purpose=Purpose.ADVERTISING_SMS).latest("pk").given is False
    assert StopEntry.objects.count() == 1


def test_who_says_stop_gets_no_advertising_by_another_road(put: Put, agreed: Client) -> None:
    record_consents(agreed, {Purpose.CALLS: True, Purpose.PERSONAL_DATA: True}, by=None, where=None)
    letter = put(channel="email", purpose=Purpose.ADVERTISING_EMAIL)

    services.stop(phone_of(agreed), reason="СТОП", now=NOON)

    assert {state.purpose: state.given for state in consent_states(agreed)} == {
        Purpose.PERSONAL_DATA: True, Purpose.ADVERTISING_SMS: False, Purpose.ADVERTISING_EMAIL: False, Purpose.CALLS: False,
        Purpose.ADVERTISING_MESSENGER: None, Purpose.ADVERTISING_POST: None, Purpose.ADVERTISING_PUSH: None,
    }  # fmt: skip
    assert (state(letter), letter.reason) == (MessageState.SUPPRESSED, Reason.CONSENT)


def test_a_withdrawn_consent_suppresses_at_once_and_only_its_purpose(put: Put, agreed: Client) -> None:
    greeting, code = put(), put(lane="urgent", purpose="")

    services.withdraw(agreed, Purpose.ADVERTISING_SMS, now=NOON)

    assert (state(greeting), greeting.reason, state(code)) == (MessageState.SUPPRESSED, Reason.CONSENT, MessageState.PENDING)


@pytest.mark.parametrize(("arrived", "end"), [(True, "delivered"), (False, "pending"), (None, "failed")])
def test_a_person_decides_about_a_doubt_once(put: Put, manager: Employee, arrived: bool | None, end: str) -> None:
    message = put(state="unknown", attempts=1)

    services.decide(message, arrived=arrived, by=manager, now=NOON)

    assert state(message) == end
    assert message.events.get().by == manager
    if end != "unknown":
        with pytest.raises(SettledError):
            services.decide(message, arrived=True, by=manager, now=NOON)
    assert state(message) == end


def test_a_decision_to_send_again_sends_again(put: Put, manager: Employee) -> None:
    message = put(state="unknown", attempts=1, expires_at=NOON)
    services.decide(message, arrived=False, by=manager, now=NOON + timedelta(hours=1))
    phone = Phone()

    services.send_due_messages(now=NOON + timedelta(hours=1), gateways=phone)

    assert (state(message), phone.texts) == (MessageState.SENT, [(message.recipient, "Ура")])


def test_a_greeting_is_not_sent_again_after_its_day(put: Put, manager: Employee) -> None:
    message = put(state="unknown", attempts=1, occasion_on=date(2026, 11, 21), expires_at=NOON + timedelta(hours=9))

    with pytest.raises(TooLateError):
        services.decide(message, arrived=False, by=manager, now=NOON + timedelta(hours=9))

    assert (state(message), message.events.count()) == (MessageState.UNKNOWN, 0)


def test_a_greeting_that_is_sent_again_keeps_its_end(put: Put, manager: Employee) -> None:
    message = put(state="unknown", attempts=1, occasion_on=date(2026, 11, 21), expires_at=NOON + timedelta(hours=9))

    services.decide(message, arrived=False, by=manager, now=NOON + timedelta(hours=1))

    assert (state(message), message.expires_at) == (MessageState.PENDING, NOON + timedelta(hours=9))


def test_a_hold_ends_once(agreed: Client, seller: Employee) -> None:
    hold = services.pause(agreed, "жалоба", until=None, by=seller)
    services.end_pause(hold.pk, now=NOON)
    services.end_pause(hold.pk, now=NOON + timedelta(days=1))

    hold.refresh_from_db()
    assert hold.ended_at == NOON
    assert not Pause.objects.live(date(2026, 11, 21)).exists()
