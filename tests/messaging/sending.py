"""What tests of the outbox do with it: send, and look at what came of it."""

import re
from datetime import datetime
from decimal import Decimal

from clients.models import Client
from messaging import codes, services
from messaging.models import Channel, CodePurpose, Message, OneTimeCode, Spending
from messaging.outbox.flights import Gateways
from tests.factories import email_of, phone_of
from tests.messaging.conftest import NOON
from tests.messaging.phone import Phone
from tests.present import present


def code_in(message: Message) -> str:
    """The six figures of a code that went out."""
    code: str = re.findall(r"\d{6}", message.text)[0]
    return code


def asked(card: Client, *, browser: str = "mine", at: datetime = NOON, channel: Channel = Channel.SMS) -> tuple[str, OneTimeCode]:
    """A code on its way, and the row of it."""
    recipient = email_of(card) if channel == Channel.EMAIL else phone_of(card)
    row = present(codes.ask(CodePurpose.SIGN_IN, channel, recipient, client=card, browser=browser, now=at))
    message = present(codes.send(row.pk, at))
    return code_in(message), row


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def send(phone: Gateways | None = None, now: datetime = NOON, lane: str = "bulk") -> int:
    return services.send_due_messages(lane, now=now, gateways=phone or Phone())


def spent() -> list[tuple[str, int, int, Decimal]]:
    return [(s.gateway, s.messages, s.segments, s.money) for s in Spending.objects.order_by("gateway")]
