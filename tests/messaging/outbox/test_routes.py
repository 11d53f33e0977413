"""Gateways that fail: another takes over, breakers open and close, budgets hold."""

from datetime import timedelta

import pytest

from clients.models import Purpose
from clients.services import record_consents
from messaging.gateways import GatewayRefusedError, GatewayRejectedError, GatewayUncertainError
from messaging.models import Budget, Message, MessageState, Route
from messaging.outbox.drain import Drain
from tests.conftest import Decided
from tests.factories import ClientFactory
from tests.messaging.conftest import NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send, spent, state
from tests.present import present


class Two:
    """Two gateways by their names."""

    def __init__(self, console: Phone, file: Phone) -> None:
        self.by_name = {"console": console, "file": file}

    def __call__(self, name: str) -> Phone:
        return self.by_name[name]


@pytest.fixture
def second(db: None) -> Route:
    return Route.objects.create(channel="sms", gateway="file", is_on=True, position=10, price=3)


def test_another_gateway_takes_over_at_once(queued: Message, second: Route) -> None:
    phones = Two(Phone(GatewayRefusedError("down", down=True)), Phone())

    assert send(phones) == 1

    assert (state(queued), queued.gateway, queued.cost) == (MessageState.SENT, "file", 3)
    assert spent() == [("console", 0, 0, 0), ("file", 1, 1, 3)]


def test_a_breaker_opens_after_failures_in_a_row_and_closes_by_one_that_works(put: Put, decided: Decided) -> None:
    decided(cap_week=99, cap_month=99)
    down = [GatewayRefusedError("down", down=True)] * 20
    for _message in range(6):
        put(lane="urgent", purpose="")
    Drain("urgent", clock=lambda: NOON, gateways=Phone(*down), at_once=5).run()

    assert present(Route.objects.get(channel="sms").open_until) >= NOON + timedelta(seconds=15)
    assert send(now=NOON + timedelta(seconds=5), lane="urgent") == 0
    assert send(now=NOON + timedelta(minutes=1), lane="urgent") == 6
    assert Route.objects.get(channel="sms").failures == 0


def test_a_pause_set_by_a_clock_that_was_ahead_is_over(put: Put) -> None:
    Route.objects.filter(channel="sms").update(failures=5, open_until=NOON + timedelta(hours=1))
    put(lane="urgent", purpose="")

    assert send(Phone(GatewayRefusedError("down", down=True)), lane="urgent") == 0
    assert Route.objects.get(channel="sms").open_until == NOON + timedelta(seconds=30)
    assert send(now=NOON + timedelta(seconds=30), lane="urgent") == 1


def test_while_a_gateway_is_tried_again_only_one_message_is(put: Put) -> None:
    Route.objects.filter(channel="sms").update(failures=5, open_until=NOON)
    messages = [put(lane="urgent", purpose="") for _message in range(3)]

    send(Phone(GatewayUncertainError("still hangs")), lane="urgent")

    assert sorted(state(message) for message in messages) == ["pending", "pending", "unknown"]


def test_no_money_closes_a_gateway_at_once(put: Put, second: Route) -> None:
    phones = Two(Phone(GatewayRefusedError("3: no money", closed=True)), Phone())
    put(), send(phones)

    route = Route.objects.get(channel="sms", gateway="console")
    assert (route.open_until is not None, route.trouble) == (True, "3: no money")


def rejections(times: int) -> Phone:
    return Phone(*[GatewayRejectedError("6: the sender is forbidden")] * times)


def test_a_gateway_that_rejects_everything_is_at_fault_itself(put: Put) -> None:
    messages = [put(lane="urgent", purpose="") for _message in range(13)]
    Drain("urgent", clock=lambda: NOON, gateways=rejections(13), at_once=4).run()

    route = Route.objects.get(channel="sms")
    assert sorted(state(message) for message in messages) == ["failed"] * 10 + ["pending"] * 3
    assert (route.open_until is not None, route.trouble) == (True, "6: the sender is forbidden")

    # The one that tries it again is not lost either; and the first that is taken opens the road.
    assert send(rejections(1), NOON + timedelta(minutes=1), lane="urgent") == 0
    assert send(now=NOON + timedelta(minutes=3), lane="urgent") == 3
    assert Route.objects.filter(channel="sms", failures=0, rejections=0, open_until=None).exists()


def test_wrong_numbers_among_others_open_no_breaker(put: Put) -> None:
    wrong = [GatewayRejectedError("no such number"), None] * 12
    messages = [put(lane="urgent", purpose="") for _message in wrong]

    Drain("urgent", clock=lambda: NOON, gateways=Phone(*wrong), at_once=1).run()

    assert sorted(state(message) for message in messages) == ["failed"] * 12 + ["sent"] * 12
    assert Route.objects.get(channel="sms").open_until is None


def test_what_one_gateway_rejects_without_end_goes_by_another(put: Put, second: Route) -> None:
    Route.objects.filter(gateway="console").update(rejections=10)
    message = put(lane="urgent", purpose="")
    phones = Two(rejections(2), Phone())

    assert [send(phones, NOON + timedelta(seconds=seconds), lane="urgent") for seconds in (0, 15, 30)] == [0, 0, 1]

    assert (state(message), message.gateway) == (MessageState.SENT, "file")


def test_one_channel_without_a_gateway_does_not_hold_up_the_other(put: Put) -> None:
    Route.objects.filter(channel="sms").update(is_on=False)
    sms, letter = put(), put(channel="email", purpose=Purpose.ADVERTISING_EMAIL, subject="Ура")
    phone = Phone()

    assert send(phone) == 1

    assert [state(sms), state(letter)] == ["pending", "sent"]
    assert phone.came[0].unsubscribe.startswith("http://127.0.0.1:8000/u/")


def test_a_dearer_gateway_that_takes_over_keeps_the_budget(put: Put, second: Route) -> None:
    Route.objects.filter(gateway="console").update(price=1)
    Budget.objects.filter(lane="bulk").update(segments=None, money=6)
    for _client in range(5):
        client = ClientFactory.create(home_store=None)
        record_consents(client, {Purpose.ADVERTISING_SMS: True}, by=None, where=None)
        put(client)

    sent = send(Two(Phone(*[GatewayRefusedError("down", down=True)] * 5), Phone()))

    assert (sent, spent()) == (2, [("console", 0, 0, 0), ("file", 2, 2, 6)])


def test_a_gateway_that_says_not_now_is_alive(put: Put) -> None:
    Route.objects.filter(channel="sms").update(failures=5, open_until=NOON)
    put(lane="urgent", purpose=""), put(lane="urgent", purpose="")

    send(Phone(GatewayRefusedError("grey-listed")), lane="urgent")

    assert Route.objects.get(channel="sms").failures == 0


def test_a_queue_that_cannot_pay_does_not_take_the_right_to_try_again(put: Put) -> None:
    Route.objects.filter(channel="sms").update(failures=5, open_until=NOON)
    Budget.objects.filter(lane="bulk").update(segments=0)
    put()
    code = put(lane="urgent", purpose="")

    assert [send(), send(lane="urgent")] == [0, 1]
    assert state(code) == MessageState.SENT
