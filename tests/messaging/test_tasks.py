"""The outbox in the background."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from celery import Celery
from django.utils import timezone
from pytest_django import Settings

from clients.models import Client
from crm_site.celery import app
from messaging import codes, tasks
from messaging.models import Channel, CodePurpose, Message, MessageState, OneTimeCode
from tests.factories import email_of, phone_of
from tests.messaging.conftest import Put
from tests.messaging.letters import TOKEN, dsn
from tests.messaging.mailserver import PASSWORD, MailServer
from tests.messaging.sending import code_in
from tests.present import present

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
SIGN_IN = CodePurpose.SIGN_IN


def asked(card: Client, *, browser: str = "mine", at: datetime = NOW, channel: Channel = Channel.SMS) -> tuple[str, OneTimeCode]:
    """A code on its way, and the row of it."""
    recipient = email_of(card) if channel == Channel.EMAIL else phone_of(card)
    row = present(codes.ask(SIGN_IN, channel, recipient, client=card, browser=browser, now=at))
    message = present(codes.send(row.pk, at))
    return code_in(message), row


def test_upkeep_sees_to_codes(card: Client) -> None:
    asked(card, at=NOW)

    tasks.keep_outbox()

    assert "••••••" in Message.objects.get().text


def test_a_code_whose_sms_failed_leaves_by_email_at_once(card: Client) -> None:
    asked(card, at=timezone.now())
    Message.objects.update(state=MessageState.FAILED)

    assert tasks.keep_outbox() == 1

    assert Message.objects.values_list("channel", "state").latest("pk") == ("email", "sent")


def test_a_code_is_sent_once_and_to_somebody(card: Client) -> None:
    row = present(codes.ask(CodePurpose.SIGN_IN, Channel.SMS, phone_of(card), client=card, now=timezone.now()))

    assert [tasks.send_code(row.pk), tasks.send_code(row.pk), tasks.send_code(0)] == [1, 0, 0]

    assert Message.objects.get().state == MessageState.SENT


@pytest.fixture
def no_broker() -> Iterator[None]:
    """Tasks go to a broker that is not there."""
    away = Celery("away", broker="redis://127.0.0.1:9/0")
    away.conf.broker_transport_options = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
    yield
    app.set_current()
    away.close()


def test_without_a_broker_what_was_queued_waits_for_the_beat(
    no_broker: None, queued: Message, caplog: pytest.LogCaptureFixture
) -> None:
    tasks.wake("bulk")
    tasks.send_code_soon(1)

    told: list[Any] = [record.msg for record in caplog.records if record.name == tasks.__name__]
    assert [line["event"] for line in told] == ["outbox.not_woken", "code.not_sent"]
    queued.refresh_from_db()
    assert queued.state == MessageState.PENDING


def test_letters_that_came_back_are_read_from_their_mailbox(put: Put, settings: Settings) -> None:
    sent = put(channel="email", subject="Ура", state="sent", attempts=1, token=TOKEN)
    with MailServer(dsn(), b"Subject: hello\r\n\r\n").running() as server:
        settings.BOUNCES_IMAP_URL = f"imap://carat:{quote(PASSWORD, safe='')}@{server.place}/INBOX"

        assert [tasks.take_bounces(), tasks.take_bounces()] == [1, 0]

    sent.refresh_from_db()
    assert (sent.state, server.seen) == (MessageState.FAILED, [1, 2])
    assert tasks.take_bounces() == 0


def test_without_a_mailbox_there_is_nothing_to_read(settings: Settings) -> None:
    settings.BOUNCES_IMAP_URL = ""

    assert tasks.take_bounces() == 0


def test_gateways_are_asked_by_the_clock_of_now(put: Put, settings: Settings) -> None:
    settings.SMSC_LOGIN = ""
    put(state="sent", attempts=1, gateway="smsc", claimed_at=timezone.now() - timedelta(hours=1))

    assert tasks.poll_gateways() == 0
