"""The outbox in the background."""

from datetime import UTC, datetime

from clients.models import Client
from messaging import codes, tasks
from messaging.models import Channel, CodePurpose, Message, OneTimeCode
from tests.factories import email_of, phone_of
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
