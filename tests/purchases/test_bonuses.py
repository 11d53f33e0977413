"""Receipts that spend and earn bonuses, and everything that can happen to them afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from clients.models import Client
from loyalty import nightly, services
from loyalty.ledger import Birth
from loyalty.models import Entry, Lot, Source
from loyalty.pricing import Mode, Wish
from loyalty.services import NotEnoughError, TermsSaid, TierSaid
from purchases import services as purchases
from purchases.correcting import acts, contents
from purchases.correcting.exchange import exchange
from purchases.models import Deduction, Purchase
from purchases.payments import TenderLine
from purchases.services import PieceLine
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory

DAY = date(2026, 5, 5)
RETURNED = DAY + timedelta(days=3)
Held = Callable[[], list[int]]


@pytest.fixture(autouse=True)
def _terms(db: None) -> None:
    services.publish(TermsSaid(Mode.BONUSES, earn_percent=Decimal(5)), since=DAY, by=None)


@pytest.fixture
def gift(card: Client) -> Lot:
    """5 000 bonuses that can be spent."""
    return give(card)


def give(client: Client, amount: int = 5_000) -> Lot:
    account = services.open_account(client.pk, on=DAY)
    birth = Birth(Source.GOODWILL, DAY, DAY + timedelta(days=3650))
    return services.earn(account, amount, birth=birth, key=f"gift {client.pk}", on=DAY, by=None)


def left() -> list[int]:
    return list(Lot.objects.order_by("pk").values_list("left", flat=True))


def parts(purchase: Purchase) -> list[tuple[int, int, int]]:
    """(paid, taken off, earned) of each piece."""
    return [(int(piece.price), int(piece.discount), piece.earned) for piece in purchase.pieces.all()]


def adds_up() -> bool:
    return list(nightly.differences()) == []


def act(purchase: Purchase, what: Callable[..., object], by: Employee, **more: object) -> None:
    fresh = Purchase.written.get(pk=purchase.pk)
    what(fresh, version=fresh.version, by=by, **more)


def test_a_sale_spends_and_earns(card: Client, gift: Lot, sell: Sell) -> None:
    purchase = sell(card, DAY, 10_000, 5_000, spend=3_000, tenders=[TenderLine("card")])

    assert parts(purchase) == [(8_000, 2_000, 400), (4_000, 1_000, 200)]
    assert left() == [2_000, 600]
    assert [(int(row.amount), row.lot) for row in Deduction.objects.order_by("pk")] == [(2_000, gift), (1_000, gift)]
    assert purchase.tenders.get().sum == 12_000
    earned = Lot.objects.get(source=Source.PURCHASE)
    assert (earned.from_on, earned.until_on) == (DAY + timedelta(days=14), DAY + timedelta(days=379))


@pytest.mark.parametrize(("wish", "left_over"), [("most", 500), (4_500, 500)])
def test_as_much_as_allowed(card: Client, gift: Lot, sell: Sell, wish: Wish, left_over: int) -> None:
    sell(card, DAY, 15_000, spend=wish)

    assert left()[0] == left_over


def test_more_than_allowed_is_refused_and_nothing_is_saved(card: Client, gift: Lot, sell: Sell) -> None:
    with pytest.raises(NotEnoughError) as refused:
        sell(card, DAY, 10_000, spend=3_001)

    assert (refused.value.most, Purchase.written.exists(), left()) == (3_000, False, [5_000])


def test_a_sale_twice_is_one(card: Client, gift: Lot, sell: Sell) -> None:
    key = uuid4()

    first, again = (sell(card, DAY, 15_000, spend=4_000, form_key=key) for _ in range(2))

    assert (first, left()) == (again, [1_000, 550])


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), DAY])
def test_without_terms_or_without_a_card_nothing_is_earned(sell: Sell, card: Client, day: date) -> None:
    client = card if day < DAY else None
    purchase = sell(client, day, 10_000, no_card_reason="" if client else "declined")

    assert (parts(purchase), Entry.objects.exists()) == ([(10_000, 0, 0)], False)


def test_the_discount_of_a_tier_is_in_the_price(card: Client, sell: Sell) -> None:
    tiers = [TierSaid(Decimal(0), discount_percent=Decimal(3))]
    services.publish(TermsSaid(Mode.DISCOUNT, tiers=tiers), since=DAY, by=None)

    purchase = sell(card, DAY, 10_000)

    assert parts(purchase) == [(9_700, 300, 0)]
    assert str(Deduction.objects.get()) == "tier 300.00"
    assert purchase.pieces.get().tag == 10_000


def test_a_piece_that_comes_back_gives_back_and_takes_back_its_own(card: Client, gift: Lot, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 10_000, 5_000, spend=3_000)
    first, second = purchase.pieces.all()

    purchases.return_pieces(purchase, [second], by=seller, on=RETURNED)
    assert left() == [3_000, 400]
    purchases.return_pieces(purchase, [first], by=seller, on=RETURNED)

    assert left() == [5_000, 0]
    assert adds_up()


def test_a_return_by_mistake_is_as_if_it_had_not_been(
    card: Client, gift: Lot, sell: Sell, seller: Employee, store: Store
) -> None:
    purchase = sell(card, store.today(), 10_000, spend=3_000)
    purchases.return_pieces(purchase, purchase.pieces.all(), by=seller)

    purchases.undo_return(purchase, by=seller)

    assert (left(), adds_up()) == ([2_000, 350], True)


def test_a_voided_receipt_gives_all_back_and_stands_again(card: Client, gift: Lot, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 10_000, spend=3_000)

    act(purchase, acts.void, seller, reason="ошибка")
    assert left() == [5_000, 0]
    act(purchase, acts.restore, seller)

    assert (left(), adds_up()) == ([2_000, 350], True)


def test_what_is_spent_by_then_comes_from_others(card: Client, gift: Lot, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 10_000, spend=3_000)
    act(purchase, acts.void, seller, reason="ошибка")
    sell(card, DAY, 100_000, spend=4_000)
    other = Lot.objects.get(amount=4_800)

    act(purchase, acts.restore, seller)

    rows = Deduction.objects.filter(piece__purchase=purchase).order_by("amount")
    assert [(int(row.amount), row.lot) for row in rows] == [(1_000, gift), (2_000, other)]
    assert adds_up()


def test_a_price_put_right_earns_anew_and_undone_as_before(card: Client, gift: Lot, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 10_000, spend=3_000)
    is_ = contents.of(purchase)
    dearer = replace(is_, pieces=(is_.pieces[0]._replace(price=Decimal(27_000)),))

    act(purchase, acts.correct, seller, wanted=dearer)
    assert (parts(purchase), sum(left())) == ([(27_000, 3_000, 1_350)], 3_350)
    act(purchase, acts.undo, seller)

    assert (parts(purchase), sum(left()), adds_up()) == ([(7_000, 3_000, 350)], 2_350, True)


def test_a_piece_taken_out_gives_its_bonuses_back_and_takes_them_again(
    card: Client, gift: Lot, sell: Sell, seller: Employee
) -> None:
    purchase = sell(card, DAY, 10_000, 5_000, spend=3_000)
    is_ = contents.of(purchase)

    act(purchase, acts.correct, seller, wanted=replace(is_, pieces=is_.pieces[:1]))
    assert left() == [3_000, 400]
    act(purchase, acts.undo, seller)

    assert (left(), parts(purchase), adds_up()) == ([2_000, 600], [(8_000, 2_000, 400), (4_000, 1_000, 200)], True)


def test_a_smaller_discount_gives_bonuses_back(card: Client, gift: Lot, sell: Sell, seller: Employee) -> None:
    purchase = sell(card, DAY, 10_000, spend=3_000)
    is_ = contents.of(purchase)

    act(purchase, acts.correct, seller, wanted=replace(is_, pieces=(is_.pieces[0]._replace(discount=Decimal(1_000)),)))

    assert (left()[0], adds_up()) == (4_000, True)


def test_a_receipt_that_gets_its_client_earns_for_them(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(None, DAY, 10_000, no_card_reason="declined")

    act(purchase, acts.attach_client, seller, client=card)
    assert left() == [500]
    act(purchase, acts.undo, seller)

    assert (left(), adds_up()) == ([0], True)


def test_another_client_spends_and_earns_instead(card: Client, gift: Lot, sell: Sell, seller: Employee) -> None:
    other = ClientFactory.create()
    theirs = give(other, 10_000)
    purchase = sell(card, DAY, 10_000, spend=3_000)

    act(purchase, acts.attach_client, seller, client=other)

    assert left() == [5_000, 7_000, 0, 350]
    assert Deduction.objects.get().lot == theirs
    assert adds_up()


def test_an_exchange_gives_back_and_earns_anew(card: Client, gift: Lot, sell: Sell, seller: Employee, store: Store) -> None:
    purchase = sell(card, DAY, 10_000, spend=3_000)
    lines = [PieceLine("E1", purchase.pieces.get().kind, Decimal(20_000))]  # type: ignore[arg-type]

    new = exchange(purchase, list(purchase.pieces.all()), lines, store=store, by=seller, on=RETURNED)
    assert left() == [5_000, 0, 1_000]
    act(new, acts.void, seller, reason="ошибка")

    assert (left(), adds_up()) == ([2_000, 350, 0], True)
