"""What came of claimed messages: tried again, failed, in doubt; late answers, and receipts that came first."""

from datetime import date, timedelta

import pytest

from messaging import services
from messaging.gateways import GatewayRefusedError, GatewayRejectedError, GatewayUncertainError
from messaging.models import Message, MessageState, Reason, Route, Spending
from messaging.outbox.drain import Drain
from messaging.outbox.flights import Flight, FlightOutcome, Kind, hand_over
from stores.models import Employee
from tests.messaging.conftest import NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send, spent, state


def test_a_refusal_is_tried_again_later(queued: Message) -> None:
    phone = Phone(GatewayRefusedError("busy"))

    send(phone)
    assert (state(queued), queued.reason, queued.words) == (MessageState.PENDING, Reason.GATEWAY, "busy")
    assert queued.send_after == NOON + timedelta(minutes=1)

    assert send(phone, NOON + timedelta(minutes=1)) == 1
    assert (state(queued), queued.attempts) == (MessageState.SENT, 2)
    assert list(queued.events.values_list("kind", flat=True)) == ["claimed", "refused", "claimed", "sent"]


@pytest.mark.parametrize(("lane", "seconds"), [("urgent", (2, 4, 8)), ("bulk", (60, 120, 240))])
def test_a_busy_gateway_delays_what_is_urgent_by_seconds(put: Put, lane: str, seconds: tuple[int, int, int]) -> None:
    message, now = put(lane=lane, purpose=""), NOON

    for pause in seconds:
        send(Phone(GatewayRefusedError("9: too many at once", busy=True)), now, lane)
        message.refresh_from_db()
        assert (message.state, message.send_after) == (MessageState.PENDING, now + timedelta(seconds=pause))
        now = message.send_after

    assert Route.objects.get(channel="sms").open_until is None


def test_refused_to_its_end_it_has_failed(put: Put) -> None:
    message = put(expires_at=NOON + timedelta(seconds=30))

    send(Phone(GatewayRefusedError("busy")))

    assert state(message) == MessageState.FAILED


def test_a_rejection_is_not_tried_again(queued: Message) -> None:
    send(Phone(GatewayRejectedError("no such number")))

    assert (state(queued), queued.reason, queued.words) == (MessageState.FAILED, Reason.REJECTED, "no such number")


@pytest.mark.parametrize("doubt", [GatewayUncertainError("time-out"), RuntimeError("a bug")])
def test_a_doubt_is_never_sent_again(queued: Message, doubt: RuntimeError | GatewayUncertainError) -> None:
    send(Phone(doubt))
    phone = Phone()

    assert send(phone, NOON + timedelta(hours=3)) == 0
    assert (state(queued), queued.reason, phone.came) == (MessageState.UNKNOWN, Reason.DOUBT, [])


def test_an_answer_that_came_late_still_counts(queued: Message) -> None:
    drain = Drain("bulk", clock=lambda: NOON, gateways=Phone())
    claimed = drain.turn(claiming_still=True)
    services.give_up_on_lost(NOON + timedelta(hours=1))
    assert state(queued) == MessageState.UNKNOWN

    drain.landed = [claiming_outcome(claimed.flights[0])]
    drain.turn(claiming_still=False)

    assert (state(queued), queued.reason) == (MessageState.SENT, "")


def claiming_outcome(flight: Flight) -> FlightOutcome:
    return FlightOutcome(flight=flight, kind=Kind.SENT, gateway="console", provider_id="late")


def test_a_receipt_that_came_first_is_not_undone(queued: Message) -> None:
    drain = Drain("bulk", clock=lambda: NOON, gateways=Phone())
    claimed = drain.turn(claiming_still=True)
    Message.objects.update(state=MessageState.DELIVERED)

    drain.landed = [claiming_outcome(claimed.flights[0])]
    drain.turn(claiming_still=False)

    assert (state(queued), queued.gateway, queued.provider_id) == (MessageState.DELIVERED, "console", "late")


def test_what_is_refunded_after_midnight_is_refunded_to_its_day(queued: Message) -> None:
    drain = Drain("bulk", clock=lambda: NOON, gateways=Phone())
    flight = drain.turn(claiming_still=True).flights[0]
    drain.clock = lambda: NOON + timedelta(days=1)
    drain.landed = [hand_over(flight, Phone(GatewayRefusedError("busy")), lambda: NOON)]

    drain.turn(claiming_still=False)

    assert [(s.day, s.messages) for s in Spending.objects.all()] == [(date(2026, 11, 21), 0)]


@pytest.mark.parametrize("words", ["a\x00b", "half \ud800 letter", "line\r\nline"])
def test_odd_letters_of_a_provider_cost_nobody_their_outcome(put: Put, words: str) -> None:
    rejected, fine = put(lane="urgent", purpose=""), put(lane="urgent", purpose="")

    send(Phone(GatewayRejectedError(words)), lane="urgent")

    assert sorted([state(rejected), state(fine)]) == ["failed", "sent"]


def test_a_late_answer_after_a_person_ordered_another_try_is_the_truth(queued: Message, manager: Employee) -> None:
    drain = Drain("bulk", clock=lambda: NOON, gateways=Phone())
    claimed = drain.turn(claiming_still=True)
    services.give_up_on_lost(NOON + timedelta(hours=1))
    services.decide(queued, arrived=False, by=manager, now=NOON)

    drain.landed = [claiming_outcome(claimed.flights[0])]
    drain.turn(claiming_still=False)
    phone = Phone()

    assert (send(phone), state(queued), phone.came) == (0, MessageState.SENT, [])


def test_what_expired_on_its_way_is_not_paid_for(queued: Message) -> None:
    Route.objects.filter(gateway="console").update(price=2)
    drain = Drain("bulk", clock=lambda: NOON, gateways=Phone())
    claimed = drain.turn(claiming_still=True)
    assert spent() == [("console", 1, 1, 2)]

    drain.landed = [hand_over(claimed.flights[0], Phone(), lambda: queued.expires_at)]
    drain.turn(claiming_still=False)

    assert (state(queued), queued.reason, spent()) == (MessageState.EXPIRED, Reason.LATE, [("console", 0, 0, 0)])
    assert list(queued.events.values_list("kind", flat=True)) == ["claimed", "expired"]
