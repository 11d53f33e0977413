"""Tickets taken in: one number, one form, all envelopes or none."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from clients.models import Client
from stores.models import Employee, Store
from visits.models import ClientActivity
from workshop import tickets
from workshop.models import ServiceRequest


def taken_in(store: Store, card: Client, **more: Any) -> ServiceRequest:
    return ServiceRequest(store=store, client=card, kind="resizing", description="кольцо", size_to=Decimal("17.5"), **more)


def test_a_service_gets_a_ticket_and_is_a_visit(store: Store, card: Client, seller: Employee) -> None:
    first = tickets.take_in(taken_in(store, card), by=seller)
    second = tickets.take_in(taken_in(store, card), by=seller)

    assert [first.number, second.number] == [f"{store.pk}-000001", f"{store.pk}-000002"]
    assert ClientActivity.objects.get().services == 2


def test_a_ticket_is_one_number_and_one_form(ticket: list[ServiceRequest], store: Store, card: Client, seller: Employee) -> None:
    again = ServiceRequest(store=store, client=card, kind="cleaning", description="кольцо", form_key=ticket[0].form_key)

    second = tickets.take_in_together([again], by=seller)

    assert [(r.number, r.envelope, r.envelopes) for r in second] == [(ticket[0].number, 1, 2), (ticket[0].number, 2, 2)]
    assert ServiceRequest.objects.count() == 2


def test_a_half_saved_ticket_is_none(store: Store, card: Client, seller: Employee) -> None:
    good = ServiceRequest(store=store, client=card, kind="cleaning", description="кольцо")
    bad = ServiceRequest(store=store, client=card, kind="nonsense", description="цепь")

    with pytest.raises(IntegrityError):
        tickets.take_in_together([good, bad], by=seller)

    assert not ServiceRequest.objects.exists()
