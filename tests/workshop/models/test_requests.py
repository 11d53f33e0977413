"""Requests: which are open, which stand on one ticket, and what the base itself refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from stores.models import Employee, Store
from workshop import tickets
from workshop.models import ServiceRequest, ServiceStatus


@pytest.mark.parametrize("status", ServiceStatus)
def test_a_request_is_open_until_it_is_handed_out_or_cancelled(ticket: list[ServiceRequest], status: ServiceStatus) -> None:
    ServiceRequest.objects.update(status=status)

    request = ServiceRequest.objects.get(pk=ticket[0].pk)
    assert request.is_closed == (status in ("handed_out", "cancelled"))
    assert ServiceRequest.objects.open().count() == (0 if request.is_closed else 2)


def test_envelopes_of_one_ticket_stand_beside_each_other(
    ticket: list[ServiceRequest], store: Store, other_store: Store, card: Client, seller: Employee
) -> None:
    for where, day in ((other_store, store.today()), (store, store.today() - timedelta(days=1))):
        same = ServiceRequest(store=where, client=card, number=ticket[0].number, accepted_on=day, kind="cleaning")
        tickets.take_in(same, by=seller)

    assert set(ServiceRequest.objects.beside(ticket[1])) == set(ticket)


def test_a_request_is_called_by_its_ticket_and_envelope(ticket: list[ServiceRequest]) -> None:
    assert [str(one) for one in (*ticket, ServiceRequest(number="L-1"))] == [
        f"{ticket[0].number} 1/2", f"{ticket[0].number} 2/2", "L-1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"envelope": 3}, {"envelope": 0}, {"status": "lost"}, {"kind": "magic"}, {"due_on": date(2020, 1, 1)}, {"envelope": 1}],
)
def test_the_base_refuses_what_cannot_be(ticket: list[ServiceRequest], wrong: dict[str, Any]) -> None:
    second = ServiceRequest.objects.filter(pk=ticket[1].pk)
    before = second.values().get()

    with pytest.raises(IntegrityError), transaction.atomic():
        second.update(**wrong)

    assert second.values().get() == before
