"""The list of coupons, narrowed and counted."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from clients.models import Client
from loyalty.models import Right
from loyalty.offers import acts, board
from tests.loyalty.conftest import DAY, coupon


def narrowed(**asked: str) -> list[str]:
    filtered = board.RightFilter(asked, board.with_sums(), today=DAY).qs
    return sorted(filtered.values_list("occasion_key", flat=True))


def of_every_state(card: Client) -> None:
    coupon("open")
    coupon("ended", until=DAY, from_on=DAY - timedelta(days=9))
    Right.objects.filter(occasion_key="ended").update(until_on=DAY - timedelta(days=1))
    acts.use(coupon("used", client=card.pk), "r1", Decimal(500), on=DAY, by=None)
    acts.revoke(coupon("revoked", name="Весна"))


def test_states_are_told_and_counted(card: Client) -> None:
    of_every_state(card)

    assert {state: narrowed(state=state) for state in board.STATES} == {state: [state] for state in board.STATES}
    assert board.counts(Right.objects.all(), DAY) == dict.fromkeys(board.STATES, 1)
    assert {board.state_of(right, DAY): right.occasion_key for right in Right.objects.all()} == {s: s for s in board.STATES}


def test_by_whose_name_or_code(card: Client) -> None:
    of_every_state(card)
    code = Right.objects.get(occasion_key="open").code

    assert (narrowed(whose="personal"), narrowed(q="Весна"), narrowed(q=code.lower())) == (
        ["used"], ["revoked"], ["open"],
    )  # fmt: skip


def test_what_came_back_was_not_taken_off(card: Client) -> None:
    used = coupon("many", uses=3)
    for receipt, amount in (("r1", 500), ("r2", 300)):
        acts.use(used, receipt, Decimal(amount), on=DAY, by=None)
    acts.follow("r1", Decimal(0), on=DAY)

    told: Any = board.with_sums().get()
    assert (told.times, told.taken) == (1, 300)
    assert [one.receipt_key for one in board.last_uses(used)] == ["r2", "r1"]
