"""A piece between two stores."""

import pytest

from stores.models import Employee, Store
from workshop import places, refusals, telling
from workshop import services as workshop_services
from workshop.models import HandOver, ServiceRequest


def test_a_piece_goes_to_another_store_and_is_not_handed_out_on_its_way(
    ticket: list[ServiceRequest], seller: Employee, other_store: Store
) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    way = places.send(ticket[0], other_store, by=seller)
    with pytest.raises(refusals.OnItsWayError):
        workshop_services.hand_out(ticket[0], handed_by="ticket", by=seller)
    with pytest.raises(refusals.PlaceError):
        places.send(ticket[0], other_store, by=seller)

    places.receive(way, by=seller)
    places.receive(way, by=seller)

    ticket[0].refresh_from_db()
    assert ticket[0].lies_in == other_store
    assert [step.words for step in ticket[0].steps.filter(kind="place")] == [
        "Роскошь-Luxury → Роскошь-Дуэт", "✓ Роскошь-Дуэт",
    ]  # fmt: skip


def test_a_piece_that_is_back_lies_where_it_was_taken_in(
    ticket: list[ServiceRequest], seller: Employee, store: Store, other_store: Store
) -> None:
    for there in (other_store, store):
        places.receive(places.send(ticket[0], there, by=seller), by=seller)

    ticket[0].refresh_from_db()
    assert (ticket[0].lies_in, telling.place_of(ticket[0])) == (None, store)


def test_nothing_is_sent_to_where_it_lies_or_after_it_is_closed(
    ticket: list[ServiceRequest], seller: Employee, store: Store, other_store: Store
) -> None:
    workshop_services.move(ticket[1], "cancelled", by=seller)

    for request, there in ((ticket[0], store), (ticket[1], other_store)):
        with pytest.raises(refusals.PlaceError):
            places.send(request, there, by=seller)

    assert not HandOver.objects.exists()
