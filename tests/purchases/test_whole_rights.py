"""A coupon in a receipt, and everything that can happen to it afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from catalogue.kinds import PieceKind
from clients.models import Client
from loyalty import services
from loyalty.models import Right, RightUse
from loyalty.offers.acts import RightRefusedError
from loyalty.pricing import Benefit, Mode, Refused
from loyalty.services import TermsSaid, TierSaid
from purchases import services as purchases
from purchases.correcting import acts, contents
from purchases.correcting.exchange import exchange
from purchases.models import Deduction, Purchase
from purchases.services import PieceLine
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, coupon
from tests.together import SEVERAL_CONNECTIONS, together

RETURNED = DAY + timedelta(days=40)


@pytest.fixture
def right(db: None) -> Right:
    return coupon()


def paid(purchase: Purchase) -> list[int]:
    return [int(piece.price) for piece in purchase.pieces.all()]


def uses_left(right: Right) -> int:
    right.refresh_from_db()
    return right.uses_left


def act(purchase: Purchase, what: Callable[..., object], by: Employee, **more: object) -> None:
    fresh = Purchase.written.get(pk=purchase.pk)
    what(fresh, version=fresh.version, by=by, **more)


def test_a_coupon_takes_off_and_says_why(card: Client, right: Right, sell: Sell) -> None:
    purchase = sell(card, DAY, 10_000, 5_000, right=right)

    assert paid(purchase) == [9_000, 4_500]
    assert [(row.source, int(row.amount)) for row in Deduction.objects.order_by("pk")] == [("right", 1_000), ("right", 500)]
    assert RightUse.objects.get().amount == 1_500
    assert uses_left(right) == 0


def test_it_needs_neither_terms_nor_a_card(right: Right, sell: Sell) -> None:
    assert paid(sell(None, DAY, 10_000, no_card_reason="declined", right=right)) == [9_000]


def test_bonuses_are_earned_on_what_is_paid(card: Client, right: Right, sell: Sell) -> None:
    services.publish(TermsSaid(Mode.BONUSES, earn_percent=Decimal(5)), since=DAY, by=None)

    assert [piece.earned for piece in sell(card, DAY, 10_000, right=right).pieces.all()] == [450]


def test_where_the_tier_gives_no_less_the_coupon_stays(card: Client, right: Right, sell: Sell) -> None:
    tiers = [TierSaid(Decimal(0), discount_percent=Decimal(10))]
    services.publish(TermsSaid(Mode.DISCOUNT, tiers=tiers), since=DAY, by=None)

    assert (paid(sell(card, DAY, 10_000, right=right)), uses_left(right)) == ([9_000], 1)


@pytest.mark.parametrize(
    ("said", "why"), [({"kinds": ["watch"]}, Refused.KINDS), ({"floor": Decimal(20_000)}, Refused.FLOOR), ({}, Refused.LATE)]
)
def test_a_refusal_saves_nothing(card: Client, sell: Sell, said: dict[str, Any], why: Refused) -> None:
    other = coupon("other", **said)

    with pytest.raises(RightRefusedError) as refused:
        sell(card, RETURNED if why == Refused.LATE else DAY, 10_000, right=other)

    assert refused.value.why == why
    assert (Purchase.objects.exists(), RightUse.objects.exists(), uses_left(other)) == (False, False, 1)


def test_a_personal_offer_is_its_clients(card: Client, sell: Sell) -> None:
    mine = coupon("mine", client=card.pk)

    with pytest.raises(RightRefusedError):
        sell(ClientFactory.create(), DAY, 10_000, right=mine)
    assert paid(sell(card, DAY, 10_000, right=mine)) == [9_000]


def test_the_same_form_uses_it_once(card: Client, right: Right, sell: Sell) -> None:
    key = uuid4()

    assert sell(card, DAY, 10_000, right=right, form_key=key) == sell(card, DAY, 10_000, right=right, form_key=key)
    assert (RightUse.objects.count(), uses_left(right)) == (1, 0)


def test_a_full_return_issues_it_again(card: Client, right: Right, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 10_000, 5_000, right=right)
    one, other = purchase.pieces.all()

    purchases.return_pieces(purchase, [one], by=seller, on=RETURNED)
    assert uses_left(right) == 0
    purchases.return_pieces(purchase, [other], by=seller, on=RETURNED)
    assert (uses_left(right), right.until_on) == (1, RETURNED + timedelta(days=14))


def test_a_return_that_is_undone_takes_it_again(card: Client, right: Right, sell: Sell, seller: Employee, store: Store) -> None:
    purchase = sell(card, DAY, 10_000, right=right)
    purchases.return_pieces(purchase, purchase.pieces.all(), by=seller)

    purchases.undo_return(purchase, by=seller)

    assert uses_left(right) == 0


def test_a_void_gives_it_back_and_a_restored_receipt_takes_it(card: Client, right: Right, sell: Sell, manager: Employee) -> None:
    purchase = sell(card, DAY, 10_000, right=right)

    act(purchase, acts.void, manager, reason="ошибка")
    assert uses_left(right) == 1
    act(purchase, acts.restore, manager)
    assert (uses_left(right), paid(purchase)) == (0, [9_000])


def test_a_correction_keeps_what_it_took_off(card: Client, right: Right, sell: Sell, manager: Employee) -> None:
    purchase = sell(card, DAY, 10_000, 5_000, right=right)
    is_ = contents.of(purchase)
    first, second = is_.pieces

    act(purchase, acts.correct, manager, wanted=replace(is_, pieces=(first,)))
    assert (uses_left(right), int(Deduction.objects.get().amount)) == (0, 1_000)
    act(purchase, acts.correct, manager, wanted=replace(is_, pieces=(second._replace(discount=Decimal(0), pk=None),)))
    assert uses_left(right) == 1
    act(purchase, acts.undo, manager)
    assert uses_left(right) == 0


def test_another_client_of_the_receipt_changes_nothing(card: Client, right: Right, sell: Sell, manager: Employee) -> None:
    purchase = sell(card, DAY, 10_000, right=right)

    act(purchase, acts.attach_client, manager, client=ClientFactory.create())

    assert (uses_left(right), paid(purchase)) == (0, [9_000])


def test_an_exchange_of_all_gives_it_back(card: Client, right: Right, sell: Sell, seller: Employee, store: Store) -> None:
    purchase = sell(card, DAY, 10_000, right=right)
    line = PieceLine("R2", PieceKind.RING, Decimal(12_000))

    new = exchange(purchase, list(purchase.pieces.all()), [line], store=store, by=seller, on=DAY)

    assert (uses_left(right), paid(new)) == (1, [12_000])


def test_a_gift_costs_nothing(card: Client, sell: Sell) -> None:
    gift = coupon("gift", benefit=Benefit.GIFT, value=Decimal(3_000), floor=Decimal(10_000))

    assert paid(sell(card, DAY, 10_000, 3_000, right=gift)) == [10_000, 0]


class TestAtOnce:
    pytestmark = SEVERAL_CONNECTIONS

    def test_of_many_sales_by_one_coupon_one_is_made(self, right: Right, sell: Sell, seller: Employee) -> None:
        said = together(*(partial(sell, ClientFactory.create(), DAY, 10_000, right=right) for _n in range(20)))

        assert [one for one in said if isinstance(one, type)] == [RightRefusedError] * 19
        assert (Purchase.objects.count(), uses_left(right)) == (1, 0)


def test_a_coupon_takes_off_what_is_taken_in_an_exchange(
    card: Client, right: Right, sell: Sell, seller: Employee, store: Store
) -> None:
    old = sell(card, DAY, 1_000)
    lines = [PieceLine("E1", PieceKind.EARRINGS, Decimal(3_000))]

    new = exchange(old, list(old.pieces.all()), lines, store=store, by=seller, right=right, on=DAY)

    assert (paid(new), uses_left(right)) == ([2_700], 0)
    act(new, acts.void, seller, reason="ошибка")
    assert uses_left(right) == 1
    old.refresh_from_db()
    assert old.pieces.get().returned_on is None
