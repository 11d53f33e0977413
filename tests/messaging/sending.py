"""What tests of the outbox do with it: send, and look at what came of it."""

import re
from datetime import datetime
from decimal import Decimal

from messaging import services
from messaging.models import Message, Spending
from messaging.outbox.flights import Gateways
from tests.messaging.conftest import NOON
from tests.messaging.phone import Phone


def code_in(message: Message) -> str:
    """The six figures of a code that went out."""
    code: str = re.findall(r"\d{6}", message.text)[0]
    return code


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def send(phone: Gateways | None = None, now: datetime = NOON, lane: str = "bulk") -> int:
    return services.send_due_messages(lane, now=now, gateways=phone or Phone())


def spent() -> list[tuple[str, int, int, Decimal]]:
    return [(s.gateway, s.messages, s.segments, s.money) for s in Spending.objects.order_by("gateway")]
