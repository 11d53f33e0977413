"""A message on its way through the gateways that it may take."""

from datetime import timedelta
from decimal import Decimal
from typing import NoReturn

from messaging import services
from messaging.gateways import GatewayRefusedError
from messaging.gateways.registry import UnknownGatewayError
from messaging.models import Message, MessageState
from messaging.outbox.flights import Flight, hand_over, outgoing
from tests.messaging.conftest import NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import state


def test_a_gateway_that_nobody_describes_is_no_doubt(put: Put) -> None:
    message = put(lane="urgent", purpose="")

    services.send_due_messages("urgent", now=NOON, gateways=_nobody)

    assert state(message) == MessageState.PENDING


def _nobody(name: str) -> NoReturn:
    raise UnknownGatewayError(name)


def flight(message: Message, *gateways: str) -> Flight:
    return Flight(message, gateways, {"console": Decimal(1), "file": Decimal(3)}, NOON.date())


def test_the_first_gateway_that_takes_it_has_it(queued: Message) -> None:
    phones = {"console": Phone(GatewayRefusedError("busy", busy=True)), "file": Phone()}

    came = hand_over(flight(queued, "console", "file"), phones.__getitem__, lambda: NOON)

    assert (came.kind, came.gateway, came.provider_id) == ("sent", "file", f"id-{queued.pk}")
    assert [(no.gateway, no.words, no.busy, no.down) for no in came.refusals] == [("console", "busy", True, False)]


def test_nothing_is_handed_over_after_its_time(queued: Message) -> None:
    phone = Phone()

    came = hand_over(flight(queued, "console"), phone, lambda: queued.expires_at)

    assert (came.kind, phone.came) == ("expired", [])


def test_a_gateway_knows_how_long_a_message_lasts_and_how_advertising_is_stopped(queued: Message) -> None:
    greeting = outgoing(flight(queued, "console"), queued.expires_at - timedelta(seconds=90))
    queued.purpose, queued.lane = "", "urgent"
    service = outgoing(flight(queued, "console"), queued.expires_at)

    assert (greeting.minutes, greeting.urgent, bool(greeting.unsubscribe)) == (1, False, True)
    assert (service.minutes, service.urgent, service.unsubscribe) == (1, True, "")


def test_the_dearest_gateway_is_reserved_for_all_segments(queued: Message) -> None:
    queued.segments = 2

    assert (flight(queued, "console", "file").reserved, flight(queued, "console").reserved) == (6, 2)
    assert flight(queued, "console").cost("unknown") == 0
