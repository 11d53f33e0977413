"""Which orders the list shows, how many stand behind its filters, what they hold."""

from datetime import timedelta

import pytest

from purchases.models import Order
from purchases.orders import acts, board
from stores.models import Employee, Store
from tests.purchases.orders.conftest import Take


def found(at: Store, **asked: str) -> list[Order]:
    return list(board.OrderFilter(asked, board.orders_of([at]), today=at.today()).qs)


def test_open_orders_stand_by_their_due_day(take: Take, store: Store, other_store: Store, seller: Employee) -> None:
    today = store.today()
    whenever, later, soon, cancelled = take(), take(due_on=today + timedelta(days=9)), take(due_on=today), take()
    take(store=other_store)
    acts.cancel(cancelled, reason="—", by=seller)

    assert found(store) == [soon, later, whenever]
    assert found(store, status="cancelled") == [cancelled]
    assert found(store, status="lost") == [soon, later, whenever]
    assert found(store, store=str(other_store.pk)) == []


@pytest.mark.parametrize(("text", "numbers"), [("2", [2, 2]), ("№ 2/{year}", [2]), ("2/99", []), ("x", []), ("9" * 20, [])])
def test_an_order_is_found_by_its_number(take: Take, store: Store, text: str, numbers: list[int]) -> None:
    _first, second, third = take(), take(), take()
    Order.objects.filter(pk=third.pk).update(year=third.year - 1, number=2)

    assert [order.number for order in found(store, q=text.format(year=second.year % 100))] == numbers


def test_what_hurries_is_counted_as_it_is_shown(take: Take, store: Store) -> None:
    today = store.today()
    late = take(due_on=today)
    Order.objects.filter(pk=late.pk).update(taken_on=today - timedelta(days=3), due_on=today - timedelta(days=1))
    due, week = take(due_on=today), take(due_on=today + timedelta(days=6))
    take(due_on=today + timedelta(days=7))

    shown = {name: found(store, due=name) for name in board.DUE}

    assert shown == {"overdue": [late], "today": [due], "week": [due, week]}
    assert board.counts_due(Order.objects.all(), today) == {name: len(rows) for name, rows in shown.items()}


def test_orders_are_counted_by_status_and_add_up(take: Take, seller: Employee) -> None:
    take(prepaid=300), take(prepaid=40)
    acts.cancel(take(prepaid=5), reason="—", by=seller)

    assert board.counts(Order.objects.all()) == {"new": 2, "cancelled": 1}
    assert (board.held_by(Order.objects.all()), board.held_by(Order.objects.none())) == (340, 0)
