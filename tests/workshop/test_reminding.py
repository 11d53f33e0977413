"""Pieces that wait: told of at 7 and 21 days, a call at 28, never twice and never at night."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from messaging.models import Errand, Message, MessageState
from stores.models import Employee, Store
from workshop import prices, reminding, services
from workshop.models import ServiceRequest


def ready_since(ticket: list[ServiceRequest], days: int, store: Store, seller: Employee) -> None:
    for request in ticket:
        services.move(request, "ready", by=seller)
    Message.objects.all().delete()
    ServiceRequest.objects.update(ready_on=store.today() - timedelta(days=days))


def noon(store: Store) -> datetime:
    return timezone.now().astimezone(store.zone).replace(hour=12)


@pytest.mark.parametrize(("days", "messages", "errands"), [(6, 0, 0), (7, 1, 0), (20, 1, 0), (21, 1, 0), (28, 0, 1), (91, 0, 0)])
def test_a_piece_that_waits_is_told_of_once(
    ticket: list[ServiceRequest], seller: Employee, store: Store, days: int, messages: int, errands: int
) -> None:
    ready_since(ticket, days, store, seller)

    assert reminding.remind(noon(store)) == messages + errands
    assert reminding.remind(noon(store)) == 0

    assert (Message.objects.count(), Errand.objects.count()) == (messages, errands)


def test_nobody_is_reminded_at_night_or_after_hand_out(ticket: list[ServiceRequest], seller: Employee, store: Store) -> None:
    ready_since(ticket, 30, store, seller)
    assert reminding.remind(noon(store).replace(hour=3)) == 0

    assert reminding.remind(noon(store)) == 1
    for request in ticket:
        services.hand_out(request, handed_by="ticket", by=seller)

    assert Errand.objects.get().outcome == Errand.Outcome.DROPPED
    assert reminding.remind(noon(store)) == 0


def test_the_errand_speaks_the_language_of_the_chain(ticket: list[ServiceRequest], seller: Employee, store: Store) -> None:
    ServiceRequest.objects.update(price=None)
    ticket[0].client.language = "en"
    ticket[0].client.save()
    ready_since(ticket, 30, store, seller)

    reminding.remind(noon(store))

    assert "по договорённости" in Errand.objects.get().script


def test_the_client_is_asked_about_a_price_and_called_where_they_say_nothing(
    ticket: list[ServiceRequest], seller: Employee
) -> None:
    offer = prices.offer_price(ticket[0], Decimal(1500), reason="", by=seller)
    asked = Message.objects.get()
    noon = timezone.now().replace(hour=3)

    assert (asked.source, "1 500" in asked.text, "/s/" in asked.text) == ("service-price", True, True)
    assert [reminding.remind(noon + timedelta(days=days)) for days in (0, 2, 2)] == [0, 1, 0]
    prices.answer_offer(offer, True, "phone", by=seller)

    asked.refresh_from_db()
    assert (asked.state, Errand.objects.get().outcome) == (MessageState.SUPPRESSED, Errand.Outcome.DROPPED)


def test_a_ticket_of_which_one_envelope_is_still_at_work_is_not_told_of(
    ticket: list[ServiceRequest], seller: Employee, store: Store
) -> None:
    services.move(ticket[0], "ready", by=seller)
    ServiceRequest.objects.filter(pk=ticket[0].pk).update(ready_on=store.today() - timedelta(days=8))

    assert (reminding.remind(noon(store)), Message.objects.count()) == (0, 0)
