"""The daily budget of a queue: a hard stop, and what was not sent is not paid for."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import Settings

from messaging.gateways import GatewayRefusedError
from messaging.models import Budget, Message, Route
from messaging.outbox import budgets
from messaging.outbox.budgets import Cost
from tests.messaging.conftest import NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send, spent, state


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


def test_a_purse_is_taken_from_until_it_is_empty(db: None) -> None:
    Budget.objects.filter(lane="bulk").update(segments=5, money=10)
    budgets.note("bulk", [Cost(NOON.date(), "console", 1, 2, Decimal(1))])
    purse = budgets.Purse("bulk", NOON)

    assert [purse.take(*asked) for asked in ((4, Decimal(1)), (1, Decimal(10)), (3, Decimal(9)), (1, Decimal(0)))] == [
        False, False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("limits", "used_up"), [({}, False), ({"segments": 2}, True), ({"money": 1}, True), ({"segments": 3}, False)]
)
def test_a_budget_is_used_up_by_what_was_spent_today(db: None, limits: dict[str, int], used_up: bool) -> None:
    Budget.objects.filter(lane="bulk").update(**{"segments": None, "money": None, **limits})
    budgets.note("bulk", [Cost(NOON.date(), "console", 1, 2, Decimal(1))])

    assert budgets.is_used_up("bulk", NOON) == used_up
    assert not budgets.is_used_up("bulk", NOON + timedelta(days=1))


def test_what_comes_and_goes_in_one_turn_makes_no_row(db: None) -> None:
    budgets.note("bulk", [Cost(NOON.date(), "console", n, n, Decimal(n)) for n in (1, -1)])

    assert spent() == []
