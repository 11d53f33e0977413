"""Requests of two cards that become one, and two again."""

from typing import Any

from clients.models import Client
from clients.sameness import merging
from messaging.models import Message
from stores.models import Employee, Store
from tests.factories import ClientFactory
from visits.models import ClientActivity
from workshop import services, tickets
from workshop.models import ServiceRequest
from workshop.parts import WorkshopPart

PART = WorkshopPart()


def brought(client: Client, store: Store, seller: Employee, **more: Any) -> ServiceRequest:
    return tickets.take_in(ServiceRequest(store=store, client=client, kind="cleaning", **more), by=seller)


def of(client: Client) -> list[ServiceRequest]:
    return list(client.services.order_by("pk"))


def test_a_card_with_requests_stays(ticket: list[ServiceRequest], card: Client) -> None:
    assert PART.holdings([card.pk, ClientFactory.create().pk]) == {card.pk: "services"}
    assert list(PART.counted(card.pk).values()) == [2]


def test_requests_and_figures_move_and_come_back(card: Client, store: Store, seller: Employee) -> None:
    twin = ClientFactory.create()
    mine, theirs = brought(card, store, seller), brought(twin, store, seller)

    made = merging.merge(card, twin, chosen={}, by=None)
    assert (of(card), ClientActivity.objects.get().services) == ([mine, theirs], 2)
    merging.undo(made, by=None)

    assert (of(card), of(twin)) == ([mine], [theirs])
    assert dict(ClientActivity.objects.values_list("client", "services")) == {card.pk: 1, twin.pk: 1}


def test_what_came_back_under_their_warranty_since_is_theirs_with_what_was_said_of_it(
    card: Client, store: Store, seller: Employee
) -> None:
    twin = ClientFactory.create()
    theirs = brought(twin, store, seller)
    made = merging.merge(card, twin, chosen={}, by=None)
    back = brought(card, store, seller, warranty_of=theirs)
    again, own = brought(card, store, seller, warranty_of=back), brought(card, store, seller)
    for one in (again, own):
        services.move(one, "ready", by=seller)

    merging.undo(made, by=None)

    assert (of(twin), of(card)) == ([theirs, back, again], [own])
    assert set(Message.objects.values_list("client", "occasion_key")) == {
        (twin.pk, f"ready:{again.pk}:1"), (card.pk, f"ready:{own.pk}:1"),
    }  # fmt: skip
