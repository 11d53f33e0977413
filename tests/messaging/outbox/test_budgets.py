"""The daily budget of a queue: a hard stop, and what was not sent is not paid for."""

from datetime import timedelta

from pytest_django import Settings

from messaging.gateways import GatewayRefusedError
from messaging.models import Budget, Message, Route
from tests.messaging.conftest import NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send, spent, state


def test_the_budget_is_a_hard_stop_for_its_queue_alone(put: Put) -> None:
    Budget.objects.filter(lane="bulk").update(segments=3)
    first, second = put(segments=2), put(segments=2)
    code = put(lane="urgent", purpose="")

    assert [send(), send(lane="urgent")] == [1, 1]

    assert [state(m) for m in (first, second, code)] == ["sent", "pending", "sent"]
    assert send(now=NOON + timedelta(days=1, hours=-1)) == 1


def test_money_is_counted_and_comes_back_when_nothing_was_sent(put: Put, settings: Settings) -> None:
    Route.objects.filter(gateway="console").update(price="2.50")
    Budget.objects.filter(lane="bulk").update(segments=None, money=5)
    put(segments=2)

    send(Phone(GatewayRefusedError("busy")))
    assert spent() == [("console", 0, 0, 0)]
    send(now=NOON + timedelta(minutes=1))

    assert spent() == [("console", 1, 2, 5)]
    assert Message.objects.get().cost == 5
