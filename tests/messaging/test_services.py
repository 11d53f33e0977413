from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from clients.models import Purpose
from clients.services import record_consents
from messaging import services, texts
from messaging.gateways import GatewayRefusedError, GatewayUncertainError
from messaging.models import Message, MessageState, StopEntry

# 12:00 in Vladivostok, and 23:00 there.
NOON = datetime(2026, 11, 21, 2, tzinfo=UTC)
NIGHT = datetime(2026, 11, 21, 13, tzinfo=UTC)


class Phone:
    """The far side of the network: remembers what came, fails as told."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.came = []

    def send(self, *, recipient, text, message_id):
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure
        self.came.append((recipient, text))
        return f"id-{message_id}"


@pytest.fixture
def queued(card):
    record_consents(card, {Purpose.ADVERTISING_SMS: True}, by=None, where=None)
    message = Message(
        client=card, occasion_key="birthday:2026:1", purpose=Purpose.ADVERTISING_SMS, recipient=card.phone, text="Ура",
        send_after=NOON - timedelta(hours=1), expires_at=NOON + timedelta(days=1),
    )  # fmt: skip
    assert services.queue([message]) == 1
    return Message.objects.get()


def state(message):
    message.refresh_from_db()
    return message.state


def test_a_message_goes_once(queued):
    phone = Phone()

    assert services.send_due_messages(now=NOON, gateway=phone) == 1
    assert services.send_due_messages(now=NOON, gateway=phone) == 0

    assert phone.came == [(queued.recipient, "Ура")]
    assert (state(queued), queued.provider_id) == (MessageState.SENT, f"id-{queued.pk}")


def test_an_occasion_is_queued_once(queued):
    again = Message(
        client=queued.client, occasion_key=queued.occasion_key, recipient="+7", text="", send_after=NOON,
        expires_at=NOON + timedelta(days=1),
    )  # fmt: skip

    assert services.queue([again]) == 0
    assert Message.objects.count() == 1


def test_nothing_goes_at_night(queued):
    assert services.send_due_messages(now=NIGHT, gateway=Phone()) == 0
    assert state(queued) == MessageState.PENDING


def test_nothing_goes_without_consent(queued):
    record_consents(queued.client, {Purpose.ADVERTISING_SMS: False}, by=None, where=None)

    assert services.send_due_messages(now=NOON, gateway=Phone()) == 0


def test_nothing_goes_to_the_stop_list(queued):
    StopEntry.objects.create(recipient=queued.recipient)

    assert services.send_due_messages(now=NOON, gateway=Phone()) == 0


def test_what_was_late_expires(queued):
    assert services.send_due_messages(now=NOON + timedelta(days=2), gateway=Phone()) == 0
    assert state(queued) == MessageState.EXPIRED


def test_a_refusal_is_tried_again_later(queued):
    phone = Phone(GatewayRefusedError("busy"))

    services.send_due_messages(now=NOON, gateway=phone)
    assert (state(queued), queued.reason, queued.send_after) == (MessageState.PENDING, "busy", NOON + timedelta(minutes=1))
    services.send_due_messages(now=NOON + timedelta(minutes=1), gateway=phone)

    assert (state(queued), queued.attempts) == (MessageState.SENT, 2)


def test_a_doubt_is_never_sent_again(queued):
    services.send_due_messages(now=NOON, gateway=Phone(GatewayUncertainError("time-out")))

    assert services.send_due_messages(now=NOON + timedelta(hours=3), gateway=Phone()) == 0
    assert state(queued) == MessageState.UNKNOWN


def test_what_a_dead_worker_was_sending_becomes_unknown(queued):
    services.claim(NOON)

    services.send_due_messages(now=NOON + timedelta(hours=1), gateway=Phone())

    assert state(queued) == MessageState.UNKNOWN


def test_two_workers_claim_different_messages(queued):
    assert [len(services.claim(NOON)) for _worker in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [("Hello", "GSM-7", 1), ("a" * 161, "GSM-7", 2), ("Привет", "UCS-2", 1), ("я" * 71, "UCS-2", 2), ("я" * 135, "UCS-2", 3)],
)
def test_segments(text, encoding, segments):
    length = texts.length(text)

    assert (length.encoding, length.segments) == (encoding, segments)


@pytest.mark.parametrize("text", ["{surname}, привет", "{name", "}", "{name} {{store}}", "я" * 500])
def test_a_wrong_template_is_refused(text):
    with pytest.raises(ValidationError):
        texts.validate_placeholders(text)


def test_a_template_is_filled_and_nothing_else_is():
    assert (
        texts.fill("{name}, ждём в {store}! {x}", {"name": "Анна {store}", "store": "Дуэт"}) == "Анна {store}, ждём в Дуэт! {x}"
    )
