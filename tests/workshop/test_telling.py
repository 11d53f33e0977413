"""What the client is told of a ticket: once, where the piece lies, and called off where it holds no more."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import Settings

from messaging.models import Message, MessageState
from stores.models import Employee, Store
from workshop import places, telling
from workshop import services as workshop_services
from workshop.models import ServiceRequest


def test_the_client_is_told_when_the_last_envelope_is_ready(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    assert not Message.objects.exists()

    workshop_services.move(ticket[1], "ready", by=seller)
    workshop_services.move(ticket[1], "ready", by=seller)

    message = Message.objects.get()
    assert (message.source, message.purpose) == ("service-ready", "")
    assert ticket[0].number in message.text
    assert "1 600 ₽" in message.text


def test_a_cancelled_envelope_does_not_hold_the_message(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)

    workshop_services.move(ticket[1], "cancelled", by=seller)

    assert "800 ₽" in Message.objects.get().text


def test_a_step_back_calls_the_message_off_and_the_next_readiness_tells_anew(
    ticket: list[ServiceRequest], seller: Employee
) -> None:
    for request in ticket:
        workshop_services.move(request, "ready", by=seller)

    workshop_services.move(ticket[0], "in_work", by=seller)
    assert [m.state for m in Message.objects.all()] == [MessageState.SUPPRESSED]
    workshop_services.move(ticket[0], "ready", by=seller)

    assert [m.state for m in Message.objects.order_by("pk")] == [MessageState.SUPPRESSED, MessageState.PENDING]


def test_a_hand_out_taken_back_tells_after_all_and_reminds_no_second_time(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[1], "cancelled", by=seller)
    ready = workshop_services.move(ticket[0], "ready", by=seller)
    once = telling.readiness(telling.ticket_of(ready))

    workshop_services.hand_out(ready, handed_by="ticket", by=seller)
    assert Message.objects.get().state == MessageState.SUPPRESSED
    workshop_services.move(ready, "ready", by=seller)

    assert Message.objects.get().state == MessageState.PENDING
    assert telling.readiness(telling.ticket_of(ready)) == once


def test_a_cancellation_taken_back_and_again_tells_after_all(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    for status in ("cancelled", "received", "cancelled"):
        workshop_services.move(ticket[1], status, by=seller)

    assert Message.objects.get().state == MessageState.PENDING


def test_the_client_is_told_to_come_where_the_piece_is_and_when_it_is_there(
    ticket: list[ServiceRequest], seller: Employee, store: Store, other_store: Store
) -> None:
    ServiceRequest.objects.filter(pk=ticket[1].pk).delete()
    piece = ticket[0]
    places.receive(places.send(piece, other_store, by=seller), by=seller)
    workshop_services.move(piece, "ready", by=seller)
    way = places.send(piece, store, by=seller)
    assert not Message.objects.exists()

    places.receive(way, by=seller)
    assert store.name in Message.objects.get().text
    places.receive(places.send(piece, other_store, by=seller), by=seller)

    first, second = Message.objects.order_by("pk")
    assert (first.state, second.state, other_store.name in second.text) == (MessageState.SUPPRESSED, MessageState.PENDING, True)


@pytest.mark.parametrize(
    ("language", "sum_told", "day_told"), [("ru", "1 200,50 ₽", "5 декабря"), ("en", "1 200.50 ₽", "5 December")]
)
def test_a_message_writes_sums_and_days_in_the_clients_language(
    ticket: list[ServiceRequest], language: str, sum_told: str, day_told: str
) -> None:
    first = ticket[0]
    first.client.language, first.price, first.prepayment, first.due_on = language, Decimal("1200.50"), None, date(2026, 12, 5)

    told = telling.values_of([first])

    assert (told["sum"], told["due"]) == (sum_told.replace(" ", "\xa0"), day_told)


def test_what_remains_is_of_all_envelopes(ticket: list[ServiceRequest]) -> None:
    assert telling.to_pay_together(ticket) == 1600
    ticket[0].price = None
    assert telling.to_pay_together(ticket) is None


def test_a_ticket_without_a_price_says_that_it_is_agreed(ticket: list[ServiceRequest]) -> None:
    ticket[0].price = None

    assert [telling.values_of(ticket, language)["sum"] for language in ("ru", "en", "fr")] == [
        "по договорённости", "as agreed", "по договорённости",
    ]  # fmt: skip


def test_what_is_paid_in_advance_is_said_to_be_paid(ticket: list[ServiceRequest]) -> None:
    for request in ticket:
        request.prepayment = request.price

    assert [telling.values_of(ticket, language)["sum"] for language in ("ru", "en")] == ["оплачено", "paid"]


def test_nothing_remains_where_more_was_paid_than_the_work_costs(ticket: list[ServiceRequest]) -> None:
    ticket[0].prepayment = Decimal(5000)

    assert telling.to_pay(ticket[0]) == 0


def test_a_number_of_any_letters_stands_in_an_address(ticket: list[ServiceRequest], settings: Settings) -> None:
    settings.SITE_URL, ticket[0].number = "https://crm.example.ru", "Б/17 1"

    assert telling.address_of(ticket[0]) == "https://crm.example.ru/s/%D0%91%2F17%201"
