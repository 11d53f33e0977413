"""The board: whose requests stand on it, where their pieces lie, and the steps that one click takes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from stores.models import Employee, Store
from workshop import board, places, prices, services
from workshop.models import ServiceRequest


def coming_to(store: Store) -> int:
    return board.counts(board.board([store]), store.today())["coming"]


def test_a_request_is_of_who_took_it_in_has_it_or_waits_for_it(
    ticket: list[ServiceRequest], store: Store, other_store: Store, seller: Employee
) -> None:
    way = places.send(ticket[0], other_store, by=seller)
    assert (list(board.board([other_store])), coming_to(other_store)) == ([ticket[0]], 1)

    places.receive(way, by=seller)

    assert (list(board.board([other_store])), coming_to(other_store)) == ([ticket[0]], 0)
    assert set(board.of_stores([store])) == set(ticket)
    assert [list(ServiceRequest.objects.filter(board.lying_in(where))) for where in (other_store, store)] == [
        [ticket[0]], [ticket[1]],
    ]  # fmt: skip


def test_what_is_urgent_stands_first_then_what_is_due_first(ticket: list[ServiceRequest], store: Store) -> None:
    later, urgent = ticket
    ServiceRequest.objects.filter(pk=later.pk).update(due_on=store.today())
    ServiceRequest.objects.filter(pk=urgent.pk).update(due_on=store.today() + timedelta(days=9), is_urgent=True)

    assert list(board.board([store])) == [urgent, later]


def test_every_column_offers_its_steps_but_where_the_client_is_asked(
    ticket: list[ServiceRequest], store: Store, seller: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, second = ticket
    services.move(first, "ready", by=seller)
    prices.offer_price(second, Decimal(2000), reason="", by=seller)

    with django_assert_num_queries(4):
        columns = board.columns(board.board([store]))

    told = {column.status.value: [(card.pk, list(steps)) for card, steps in column.cards] for column in columns}
    assert told == {"received": [(second.pk, [])], "in_work": [], "ready": [(first.pk, ["in_work"])]}


@pytest.mark.parametrize(
    ("days", "more", "pressing"),
    [(-1, {}, {"overdue"}), (0, {}, {"today"}), (1, {}, set()), (1, {"is_urgent": True}, {"urgent"}),
     (-1, {"is_urgent": True, "status": "ready"}, set())],
)  # fmt: skip
def test_what_is_ready_presses_nobody(
    ticket: list[ServiceRequest], store: Store, days: int, more: dict[str, str], pressing: set[str]
) -> None:
    today = store.today()
    dates = {"accepted_on": today - timedelta(days=5), "due_on": today + timedelta(days=days)}
    ServiceRequest.objects.filter(pk=ticket[0].pk).update(**dates, **more)

    counted = board.counts(board.board([store]), today)

    assert ({name for name in board.DUE if counted[name]}, counted["all"]) == (pressing, 2)
