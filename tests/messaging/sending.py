"""What tests of the outbox do with it: send, and look at what came of it."""

from messaging import services
from messaging.models import Spending
from tests.messaging.conftest import NOON
from tests.messaging.phone import Phone


def state(message):
    message.refresh_from_db()
    return message.state


def send(phone=None, now=NOON, lane="bulk"):
    return services.send_due_messages(lane, now=now, gateways=phone or Phone())


def spent():
    return [(s.gateway, s.messages, s.segments, s.money) for s in Spending.objects.order_by("gateway")]
