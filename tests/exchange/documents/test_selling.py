"""Which receipt a till's sale is, and what stands in it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from catalogue.kinds import PieceKind
from clients.models import Client
from exchange.documents import applying
from exchange.models import TillDocument
from loyalty import services as loyalty_services
from loyalty.ledger import Birth
from loyalty.models import Lot, Right, RightUse, Source, Terms
from loyalty.nightly import differences
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from messaging.models import Errand, Message
from purchases import services
from purchases.models import Deduction, FiscalDocument, Piece, Purchase
from purchases.services import PieceLine, ReceiptTakenError
from stores.models import Employee, Store
from tests import factories
from tests.exchange.conftest import MakeTill, Till, back, sale
from tests.loyalty.conftest import coupon

DAY = date(2026, 5, 5)
FISCAL = {"fn": "9960440301234567", "fd": "88121"}


@pytest.fixture
def terms(db: None) -> Terms:
    return loyalty_services.publish(TermsSaid(Mode.BONUSES, Decimal(5)), since=date(2026, 1, 1), by=None)


def give(client: Client, bonuses: int, *, on: date = DAY) -> Lot:
    account = loyalty_services.open_account(client.pk, on=on)
    birth = Birth(Source.GOODWILL, on, on + timedelta(days=365))
    return loyalty_services.earn(account, bonuses, birth=birth, key="gift", on=on, by=None)


def lines(**facts: Any) -> dict[str, Any]:
    """A sale of one line, paid by card."""
    line = {"article": "R1", "kind": "ring", **facts}
    return {"lines": [line], "paid": []}


def test_the_day_is_the_stores_own(till: Till, store: Store) -> None:
    till.send(sale(at="2026-05-05T23:30:00+03:00"))

    assert Purchase.objects.get().sold_on == date(2026, 5, 6)


def test_a_day_that_is_still_to_come_waits(till: Till, store: Store) -> None:
    answer = till.send(sale(at="2099-05-05T23:30:00+03:00"))

    assert till.became(answer)["reason"] == "future"


@pytest.mark.parametrize("paid", [[], [{"by": "cash", "sum": "100.00"}]])
def test_a_quantity_is_so_many_pieces_and_nothing_is_lost(till: Till, store: Store, paid: list[Any]) -> None:
    uins = ["6430001234567890", "6430001234567891", "6430001234567892"]
    till.send(sale(**{**lines(quantity=3, paid="100.00", tag="130.00", uins=uins), "paid": paid}))

    assert list(Piece.objects.values_list("price", "discount", "uins__number")) == [
        (Decimal("33.34"), Decimal("10.00"), uins[0]), (Decimal("33.33"), Decimal("10.00"), uins[1]),
        (Decimal("33.33"), Decimal("10.00"), uins[2]),
    ]  # fmt: skip


def test_a_till_may_write_the_sums_of_one_piece(till: Till, store: Store) -> None:
    till.send(sale(**{**lines(quantity=2, paid="100.00"), "paid": [{"by": "cash", "sum": "200.00"}]}))

    assert list(Piece.objects.values_list("price", flat=True)) == [100, 100]


def test_a_client_is_known_by_a_phone_in_any_writing(till: Till, store: Store) -> None:
    card = factories.ClientFactory.create(phone="+79147012233")

    till.send(sale(client={"phone": "8 914 701-22-33"}))

    assert Purchase.objects.get().client == card


def test_a_sale_of_nobody_known_has_no_card_and_gets_one_later(till: Till, store: Store) -> None:
    till.send(sale(client={"phone": "8 914 701-22-33"}))
    before = Purchase.objects.get()
    card = factories.ClientFactory.create(phone="+79147012233")

    given = applying.give_clients()

    assert (before.client, before.no_card_reason) == (None, "till")
    assert (given, Purchase.objects.get().client, applying.give_clients()) == (1, card, 0)


def test_a_price_beyond_belief_waits(till: Till, store: Store, admin: Employee) -> None:
    answer = till.send(sale(**lines(paid="6000000.00")))

    assert till.became(answer)["reason"] == "price"
    assert Purchase.objects.count() == 0


def test_one_fiscal_document_is_one_purchase_whoever_tells(till: Till, make_till: MakeTill, store: Store) -> None:
    till.send(sale(fiscal=FISCAL))
    other = make_till("1C")

    again = other.send(sale("77", fiscal={**FISCAL, "fd": "0088121"}))

    assert other.became(again)["purchase"] == Purchase.objects.get().pk
    assert FiscalDocument.objects.count() == 1


def test_two_tills_of_a_store_print_the_same_number(till: Till, make_till: MakeTill, store: Store) -> None:
    till.send(sale(fiscal=FISCAL))
    make_till("till-3").send(sale(fiscal={**FISCAL, "fn": "9960440301234568"}))
    till.send(sale(id="the same number once more", fiscal={**FISCAL, "fd": "88122"}))

    assert list(Purchase.objects.values_list("receipt_number", flat=True)) == ["1", "1", "1"]


def typed(store: Store, seller: Employee, price: int, **more: Any) -> Purchase:
    """The seller's own receipt № 1."""
    line = PieceLine("R5387-6925", PieceKind.RING, Decimal(price))
    who: dict[str, Any] = {"no_card_reason": "hurry"} if "client" not in more else {}
    return services.sell([line], store=store, seller=seller, sold_on=DAY, receipt_number="№ 1", **who, **more)


def test_what_the_seller_typed_becomes_the_same_purchase(till: Till, store: Store, seller: Employee, card: Client) -> None:
    mine = typed(store, seller, 1000)

    answer = till.send(sale(fiscal=FISCAL, client={"phone": factories.phone_of(card)}))

    assert till.became(answer)["purchase"] == mine.pk
    assert Purchase.objects.get().client == card
    assert FiscalDocument.objects.get().purchase == mine


def test_what_the_seller_typed_otherwise_is_asked(till: Till, store: Store, seller: Employee) -> None:
    typed(store, seller, 1100)

    answer = till.send(sale())

    assert (till.became(answer)["reason"], Purchase.objects.count()) == ("number", 1)


def test_what_a_till_has_told_is_not_typed_once_more(till: Till, store: Store, seller: Employee) -> None:
    till.send(sale())

    with pytest.raises(ReceiptTakenError):
        services.sell(
            [PieceLine("R1", PieceKind.RING, Decimal(1))], store=store, seller=seller, no_card_reason="hurry", sold_on=DAY,
            receipt_number="1",
        )  # fmt: skip

    assert Purchase.objects.count() == 1


def spending(card: Client, **more: Any) -> dict[str, Any]:
    """A ring of 1 000, of which 300 are paid by bonuses."""
    off = [{"source": "bonus", "sum": "300.00"}]
    line = {"article": "R5387-6925", "kind": "ring", "tag": "1000.00", "paid": "700.00", "deductions": off}
    return sale(client={"phone": factories.phone_of(card)}, lines=[line], paid=[{"by": "card", "sum": "700.00"}], **more)


def test_bonuses_are_spent_and_earned_as_at_the_counter(till: Till, store: Store, card: Client, terms: Terms) -> None:
    gift = give(card, 400)

    told = till.became(till.send(spending(card)))

    gift.refresh_from_db()
    assert (told["earned"], told["usable_from"], gift.left) == ("35", "2026-05-19", 100)
    assert list(Deduction.objects.values_list("source", "amount", "lot")) == [("bonus", 300, gift.pk)]
    assert list(differences()) == []


def test_a_spend_of_today_is_told_as_one_at_the_counter(till: Till, store: Store, card: Client) -> None:
    loyalty_services.publish(TermsSaid(Mode.BONUSES, Decimal(5), tells_spent=True), since=date(2026, 1, 1), by=None)
    give(card, 400, on=store.today())

    till.send(spending(card, at=f"{store.today()}T00:00:01+10:00"))

    assert "списано бонусов: 300. На счёте осталось 100." in Message.objects.get(source="bonuses-spent").text


def test_bonuses_that_are_there_no_more_are_owed_and_talked_of(till: Till, store: Store, card: Client, terms: Terms) -> None:
    give(card, 100)

    told = till.became(till.send(spending(card)))

    assert told["owed"] == "200"
    assert (Errand.objects.get().client, Errand.objects.get().is_service) == (card, True)
    assert list(differences()) == []


def test_without_terms_bonuses_are_a_discount(till: Till, store: Store, card: Client) -> None:
    told = till.became(till.send(spending(card)))

    assert told["earned"] == "0"
    assert list(Piece.objects.values_list("price", "discount")) == [(700, 300)]
    assert (Deduction.objects.count(), Errand.objects.count()) == (0, 0)


def test_bonuses_of_a_receipt_that_the_seller_typed_are_spent_too(
    till: Till, store: Store, seller: Employee, card: Client, terms: Terms
) -> None:
    gift = give(card, 400)
    typed(store, seller, 700, client=card)

    till.send(spending(card))

    gift.refresh_from_db()
    assert (gift.left, list(Piece.objects.values_list("price", "discount"))) == (100, [(700, 300)])
    assert list(differences()) == []


def test_a_sale_whose_receipt_went_with_a_list_is_written_again(till: Till, store: Store) -> None:
    till.send(sale())
    Purchase.objects.all().delete()

    lost = applying.find_lost()
    applying.apply_received()

    assert (lost, TillDocument.objects.get().purchase) == (1, Purchase.objects.get())


def by_coupon(off: str, *codes: str, **more: Any) -> dict[str, Any]:
    """A ring of 1 000, cheaper by a coupon."""
    paid = f"{Decimal(1000) - Decimal(off):.2f}"
    line = {
        "article": "R5387-6925",
        "kind": "ring",
        "tag": "1000.00",
        "paid": paid,
        "deductions": [{"source": "right", "sum": off}],
    }
    return sale(lines=[line], paid=[{"by": "card", "sum": paid}], rights=list(codes), **more)


def test_what_a_till_takes_off_by_a_coupon_is_its_use(till: Till, store: Store) -> None:
    right = coupon(from_on=DAY)

    told = till.became(till.send(by_coupon("100.00", right.code)))

    right.refresh_from_db()
    assert (told["by_right"], "by_hand" in told, right.uses_left) == ("100.00", False, 0)
    assert list(Deduction.objects.values_list("source", "amount")) == [("right", 100)]
    assert RightUse.objects.get().receipt_key == Purchase.objects.get().loyalty_key


def test_a_coupon_comes_back_with_its_piece(till: Till, store: Store) -> None:
    right = coupon(from_on=DAY)
    till.send(by_coupon("100.00", right.code))

    till.send(back(lines=[{"article": "R5387-6925", "paid": "900.00"}]))

    right.refresh_from_db()
    assert (right.uses_left, RightUse.objects.standing().count()) == (1, 0)


@pytest.mark.parametrize(
    ("off", "said", "why"),
    [
        ("100.00", {"uses_left": 0}, "Купон уже использован."),
        ("500.00", {}, "Снято больше, чем даёт купон."),
        ("100.00", {"kinds": ["chain"]}, "В чеке нет изделий, на которые действует купон."),
    ],
)
def test_a_coupon_that_was_not_to_be_had_is_a_discount_by_hand(
    till: Till, store: Store, off: str, said: dict[str, Any], why: str
) -> None:
    right = coupon(from_on=DAY)
    Right.objects.filter(pk=right.pk).update(**said)

    told = till.became(till.send(by_coupon(off, right.code), **{"Accept-Language": "ru"}))

    assert (told["state"], told["by_hand"], told["right_refused"]) == ("applied", off, why)
    assert list(Piece.objects.values_list("price", "discount")) == [(1000 - Decimal(off), Decimal(off))]
    assert (Deduction.objects.count(), RightUse.objects.count()) == (0, 0)


@pytest.mark.parametrize("codes", [[], ["AAAA-2222"]])
def test_without_a_coupon_that_is_known_it_is_by_hand(till: Till, store: Store, codes: list[str]) -> None:
    told = till.became(till.send(by_coupon("100.00", *codes)))

    assert (told["by_hand"], RightUse.objects.count()) == ("100.00", 0)


def test_a_coupon_is_used_by_one_receipt_of_two(till: Till, store: Store) -> None:
    right = coupon(from_on=DAY)

    first, second = (till.became(till.send(by_coupon("100.00", right.code, id=id_, number=id_))) for id_ in ("a", "b"))

    assert (first["by_right"], second["by_hand"], RightUse.objects.count()) == ("100.00", "100.00", 1)


@pytest.mark.parametrize("is_typed_with_it", [True, False])
def test_a_coupon_of_a_receipt_that_the_seller_typed_is_used_once(
    till: Till, store: Store, seller: Employee, is_typed_with_it: bool
) -> None:
    right = coupon(from_on=DAY, uses=5)
    price, more = (1000, {"right": right}) if is_typed_with_it else (900, {})
    typed(store, seller, price, **more)

    told = till.became(till.send(by_coupon("100.00", right.code)))
    till.send(by_coupon("100.00", right.code))

    right.refresh_from_db()
    assert (told["by_right"], right.uses_left, RightUse.objects.get().amount) == ("100.00", 4, 100)
    assert list(Piece.objects.values_list("price", "discount")) == [(900, 100)]
    assert list(Deduction.objects.values_list("source", "amount")) == [("right", 100)]


def test_one_coupon_takes_off_two_pieces_of_one_article(till: Till, store: Store, seller: Employee) -> None:
    right = coupon(from_on=DAY)
    line = {"article": "R5387-6925", "kind": "ring", "tag": "1000.00", "paid": "900.00"}
    off = {**line, "deductions": [{"source": "right", "sum": "100.00"}]}
    services.sell(
        [PieceLine("R5387-6925", PieceKind.RING, Decimal(900))] * 2, store=store, seller=seller, sold_on=DAY,
        receipt_number="1", no_card_reason="hurry",
    )  # fmt: skip

    till.send(sale(lines=[off, off], paid=[{"by": "card", "sum": "1800.00"}], rights=[right.code]))

    assert (RightUse.objects.get().amount, Deduction.objects.count()) == (200, 2)
