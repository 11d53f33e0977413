from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytest_django import Settings

from clients.models import CardState, Client, Purpose
from clients.services import record_consents
from messaging import services
from messaging.gateways import GatewayRefusedError, GatewayRejectedError, GatewayUncertainError
from messaging.models import Budget, Errand, Message, MessageState, Reason, Route, Spending, StopEntry
from messaging.outbox import claiming
from messaging.outbox.drain import Drain
from messaging.outbox.flights import Flight, FlightOutcome, Kind, hand_over
from messaging.outbox.routes import Roads
from stores.models import Employee
from tests.factories import ClientFactory, StoreFactory, phone_of
from tests.messaging.conftest import NIGHT, NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send, spent, state
from tests.present import present


def test_a_message_goes_once_and_tells_its_story(queued: Message) -> None:
    phone = Phone()

    assert [send(phone), send(phone)] == [1, 0]

    assert phone.texts == [(queued.recipient, "Ура")]
    assert (state(queued), queued.provider_id, present(queued.consent).given) == (MessageState.SENT, f"id-{queued.pk}", True)
    assert list(queued.events.values_list("kind", "gateway")) == [("claimed", "console"), ("sent", "console")]


def test_nothing_goes_at_night_and_all_of_it_in_the_morning(queued: Message) -> None:
    assert send(now=NIGHT) == 0
    assert (state(queued), queued.reason) == (MessageState.PENDING, Reason.NIGHT)
    assert queued.send_after == NIGHT + timedelta(hours=10)

    assert send(now=NIGHT + timedelta(hours=10)) == 1


def test_what_would_wait_beyond_its_day_expires(put: Put) -> None:
    message = put(expires_at=NIGHT + timedelta(hours=1))

    send(now=NIGHT)

    assert (state(message), message.reason) == (MessageState.EXPIRED, Reason.LATE)


def test_the_night_is_that_of_the_home_store(put: Put) -> None:
    moscow = ClientFactory.create(home_store=StoreFactory.create(time_zone="Europe/Moscow"))
    record_consents(moscow, {Purpose.ADVERTISING_SMS: True}, by=None, where=None)
    here, there = put(), put(moscow)

    assert send(now=NOON) == 1

    assert [state(here), state(there)] == [MessageState.SENT, MessageState.PENDING]


@pytest.mark.parametrize("lane", ["urgent", "bulk"])
def test_a_service_message_needs_no_consent_and_knows_no_night(put: Put, card: Client, lane: str) -> None:
    record_consents(card, {Purpose.ADVERTISING_SMS: False}, by=None, where=None)
    message = put(lane=lane, purpose="")

    assert send(now=NIGHT, lane=lane) == 1
    assert state(message) == MessageState.SENT


def withdraw(client: Client) -> None:
    record_consents(client, {Purpose.ADVERTISING_SMS: False}, by=None, where=None)


def stop(client: Client) -> None:
    StopEntry.objects.create(recipient=phone_of(client))


def spoil(client: Client) -> None:
    type(client).objects.filter(pk=client.pk).update(state=CardState.INCOMPLETE, email=None)


def lose_phone(client: Client) -> None:
    type(client).objects.filter(pk=client.pk).update(state=CardState.INCOMPLETE, phone=None)


@pytest.mark.parametrize(
    ("happened", "reason"),
    [(withdraw, Reason.CONSENT), (stop, Reason.STOP), (spoil, Reason.CARD), (lose_phone, Reason.CONTACT)],
)
def test_what_happened_after_queueing_suppresses(queued: Message, happened: Callable[[Client], None], reason: Reason) -> None:
    happened(present(queued.client))
    phone = Phone()

    assert send(phone) == 0

    assert (state(queued), queued.reason, phone.came) == (MessageState.SUPPRESSED, reason, [])


def test_the_stop_list_stops_service_messages_too(put: Put, card: Client) -> None:
    message = put(lane="urgent", purpose="")
    stop(card)

    send(lane="urgent")

    assert state(message) == MessageState.SUPPRESSED


def test_a_new_phone_gets_the_message_of_the_old_one(queued: Message, agreed: Client) -> None:
    type(agreed).objects.filter(pk=agreed.pk).update(phone="+79140000001")
    phone = Phone()

    send(phone)

    assert phone.texts == [("+79140000001", "Ура")]


def test_a_hold_puts_off_and_its_end_lets_go(queued: Message, agreed: Client, seller: Employee) -> None:
    hold = services.pause(agreed, "жалоба", until=None, by=seller)
    send()
    assert (state(queued), queued.reason) == (MessageState.PENDING, Reason.PAUSE)
    services.end_pause(hold.pk, now=NOON)

    assert send(now=NOON + timedelta(hours=6)) == 1


def test_a_hold_lasts_through_its_last_day(put: Put, agreed: Client, seller: Employee) -> None:
    services.pause(agreed, "ремонт", until=date(2026, 11, 21), by=seller)
    message = put(expires_at=NOON + timedelta(hours=1))

    assert send() == 0
    assert (state(message), message.reason, message.send_after) == ("pending", Reason.PAUSE, NOON + timedelta(minutes=50))
    send(now=NOON + timedelta(minutes=50))

    assert (state(message), message.reason) == (MessageState.SUPPRESSED, Reason.PAUSE)


def test_the_cap_counts_messages_of_one_batch_errands_and_other_channels(put: Put, agreed: Client, settings: Settings) -> None:
    settings.CAP_WEEK = 3
    put(channel="email", purpose=Purpose.ADVERTISING_EMAIL, state="sent", claimed_at=NOON - timedelta(days=2))
    Errand.objects.create(client=agreed, occasion_key="call:1", reason="давно не были", due_on=date(2026, 11, 20))
    batch = [put() for _message in range(3)]
    phone = Phone()

    assert send(phone) == 1

    assert [state(message) for message in batch] == ["sent", "pending", "pending"]
    assert {message.reason for message in batch} == {"", Reason.CAP}


def test_the_cap_of_a_month_holds_beside_that_of_a_week(put: Put, settings: Settings) -> None:
    settings.CAP_MONTH = 2
    for days in (10, 20, 40):
        put(state="delivered", claimed_at=NOON - timedelta(days=days))
    message = put()

    assert (send(), state(message), message.reason) == (0, MessageState.PENDING, Reason.CAP)


def test_service_messages_do_not_count(put: Put, settings: Settings) -> None:
    settings.CAP_WEEK = 1
    put(purpose="", state="sent", claimed_at=NOON - timedelta(days=1))
    put()

    assert send() == 1


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


def test_two_workers_claim_different_messages(put: Put) -> None:
    put(), put()
    drains = [Drain("urgent", at_once=1), Drain("urgent", at_once=1)]
    Message.objects.update(lane="urgent")

    claimed = [claiming.claim("urgent", 1, by=drain.name, now=NOON, roads=Roads(NOON)).flights[0].message.pk for drain in drains]

    assert len(set(claimed)) == 2


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


def test_an_errand_of_this_morning_counts(put: Put, settings: Settings) -> None:
    settings.CAP_WEEK = 1
    message = put()
    early = NOON - timedelta(hours=2, minutes=30)
    Errand.objects.create(client=present(message.client), occasion_key="call:2", reason="звонок", due_on=date(2026, 11, 21))
    Message.objects.update(send_after=early - timedelta(hours=1))

    assert send(now=early) == 0
