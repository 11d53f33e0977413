"""Pieces that wait: told of at 7 and 21 days, a call at 28, never twice and never at night."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from messaging.models import Errand, Message
from stores.models import Employee, Store
from workshop import reminding, services
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


def test_the_errand_speaks_the_language_of_the_chain(ticket, seller, store):
    ServiceRequest.objects.update(price=None)
    ticket[0].client.language = "en"
    ticket[0].client.save()
    ready_since(ticket, 30, store, seller)

    reminding.remind(noon(store))

    assert "по договорённости" in Errand.objects.get().script
