"""An order from its prepayment to its receipt, or to what goes back."""

from decimal import Decimal
from uuid import uuid4

import pytest

from clients.models import Client
from purchases.correcting import acts as correcting
from purchases.models import Order, OrderPayment, Purchase, Tender
from purchases.orders import acts
from purchases.orders.refusals import ClosedError, OrderMovedOnError, PrepaidMoreError, StepError, TooMuchBackError
from purchases.payments import PaymentsDifferError, TenderLine
from purchases.services import ReceiptTakenError
from stores.models import Employee, Store
from stores.opened import ChangedMeanwhileError, Edit
from tests.conftest import Sell
from tests.purchases.orders.conftest import Take
from visits.models import Visit


def payments() -> list[tuple[str, str, int]]:
    return [(one.purpose, one.kind, int(one.sum)) for one in OrderPayment.objects.all()]


def stands(order: Order) -> tuple[str, int]:
    order.refresh_from_db()
    return order.status, int(order.held)


def test_numbers_are_counted_by_store_and_year(take: Take, other_store: Store) -> None:
    first, second = take(), take()
    Order.objects.filter(pk=first.pk).update(year=first.year - 1, number=9)

    elsewhere, third = take(store=other_store), take()

    assert [order.number for order in (second, elsewhere, third)] == [2, 1, 3]
    assert str(third) == f"3/{third.year % 100:02d}"


def test_one_form_is_one_order(take: Take) -> None:
    key = uuid4()

    first, second = (take(prepaid=3_000, form_key=key) for _time in range(2))

    assert (first, payments()) == (second, [("paid", "cash", 3_000)])


def test_an_order_becomes_a_receipt_with_its_prepayment(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)
    assert (Purchase.objects.count(), Visit.objects.count()) == (0, 0)

    receipt, again = (acts.sell(order, by=seller, price=Decimal(9_000), rest=[TenderLine("card")]) for _time in range(2))

    assert (again, receipt.client, stands(order)) == (receipt, order.client, ("sold", 0))
    assert list(receipt.pieces.values_list("article", "price")) == [("R1", 9_000)]
    assert list(receipt.tenders.values_list("kind", "sum")) == [("card", 6_000), ("prepayment", 3_000)]
    assert payments() == [("paid", "cash", 3_000), ("spent", "prepayment", -3_000)]
    assert Visit.objects.filter(scope=0).values_list("total", flat=True).get() == 9_000


def test_an_order_that_holds_more_than_the_price_is_not_sold(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)

    with pytest.raises(PrepaidMoreError) as refused:
        acts.sell(order, by=seller, price=Decimal(2_000))

    assert (refused.value.over, stands(order), Purchase.objects.count()) == (1_000, ("new", 3_000), 0)


def test_a_taken_receipt_number_leaves_the_order_as_it_was(take: Take, seller: Employee, sell: Sell, card: Client) -> None:
    order = take(prepaid=3_000)
    sell(card, order.store.today(), 100, receipt_number="7")

    with pytest.raises(ReceiptTakenError):
        acts.sell(order, by=seller, receipt_number="7")

    assert (stands(order), payments(), Tender.objects.count()) == (("new", 3_000), [("paid", "cash", 3_000)], 0)


def test_the_same_form_pays_and_gives_back_once(take: Take, seller: Employee) -> None:
    order, paid, back = take(), uuid4(), uuid4()

    for _time in range(2):
        acts.pay(order, "card", Decimal(500), by=seller, form_key=paid)
        acts.refund(order, "card", Decimal(200), reason="передумала", by=seller, form_key=back)

    assert (payments(), stands(order)) == ([("paid", "card", 500), ("refunded", "card", -200)], ("new", 300))


def test_no_more_goes_back_than_is_held(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)

    with pytest.raises(TooMuchBackError) as refused:
        acts.refund(order, "cash", Decimal(3_001), reason="ошибка", by=seller)

    assert (refused.value.held, stands(order), len(payments())) == (3_000, ("new", 3_000), 1)


def test_a_cancelled_order_gives_back_all_that_it_holds(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)

    assert acts.cancel(order, reason="не подошло", by=seller, back_by="card") == 3_000

    assert (stands(order), payments()) == (("cancelled", 0), [("paid", "cash", 3_000), ("refunded", "card", -3_000)])
    assert (order.cancel_reason, order.closed_on) == ("не подошло", order.store.today())


def test_nothing_is_written_on_a_closed_order(take: Take, seller: Employee) -> None:
    order = take()
    acts.cancel(order, reason="не подошло", by=seller)

    for act in (
        lambda: acts.pay(order, "cash", Decimal(1), by=seller),
        lambda: acts.refund(order, "cash", Decimal(1), reason="—", by=seller),
        lambda: acts.move(order, "arrived", by=seller),
        lambda: acts.sell(order, by=seller),
        lambda: acts.cancel(order, reason="—", by=seller),
    ):
        with pytest.raises(ClosedError):
            act()

    assert (stands(order), payments(), Purchase.objects.count()) == (("cancelled", 0), [], 0)


def test_an_order_goes_step_by_step(take: Take, seller: Employee) -> None:
    order = take()

    steps = [acts.move(order, status, by=seller).status for status in ("ordered", "arrived", "arrived")]
    with pytest.raises(StepError):
        acts.move(order, "new", by=seller)

    assert (steps, stands(order)) == (["ordered", "arrived", "arrived"], ("arrived", 0))
    assert [row.status for row in order.history.order_by("pk")] == ["new", "ordered", "arrived"]


def void(receipt: Purchase, by: Employee) -> None:
    correcting.void(receipt, reason="пробит дважды", version=receipt.version, by=by)
    receipt.refresh_from_db()


def test_a_void_receipt_gives_the_order_its_prepayment_back_and_takes_it_again(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)
    receipt = acts.sell(order, by=seller)

    void(receipt, seller)
    assert stands(order) == ("arrived", 3_000)
    correcting.restore(receipt, version=receipt.version, by=seller)

    assert (stands(order), order.purchase) == (("sold", 0), receipt)
    assert [sum_ for *_what, sum_ in payments()] == [3_000, -3_000, 3_000, -3_000]


@pytest.mark.parametrize("since", ["sold anew", "given back", "cancelled"])
def test_a_void_receipt_stays_void_where_its_order_went_on(take: Take, seller: Employee, since: str) -> None:
    order = take(prepaid=3_000)
    receipt = acts.sell(order, by=seller)
    void(receipt, seller)
    if since == "sold anew":
        acts.sell(order, by=seller)
    elif since == "given back":
        acts.refund(order, "cash", Decimal(3_000), reason="передумала", by=seller)
    else:
        acts.cancel(order, reason="передумала", by=seller)
    before = stands(order)

    with pytest.raises(OrderMovedOnError):
        correcting.restore(receipt, version=receipt.version, by=seller)

    assert (stands(order), Purchase.written.get(pk=receipt.pk).is_voided) == (before, True)


def test_an_order_without_prepayment_follows_its_receipt(take: Take, seller: Employee) -> None:
    order = take()
    receipt = acts.sell(order, by=seller)

    void(receipt, seller)
    assert stands(order) == ("arrived", 0)
    correcting.restore(receipt, version=receipt.version, by=seller)

    assert (stands(order), payments()) == (("sold", 0), [])


def test_what_is_left_of_an_order_is_paid_in_parts(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)

    receipt = acts.sell(order, by=seller, price=Decimal(9_000), rest=[TenderLine("card", Decimal(1_000)), TenderLine("cash")])

    assert sum(tender.sum for tender in receipt.tenders.all()) == 9_000
    assert receipt.tenders.get(kind="card").sum == 1_000


def test_parts_that_do_not_add_up_leave_the_order_open(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)

    with pytest.raises(PaymentsDifferError):
        acts.sell(order, by=seller, price=Decimal(9_000), rest=[TenderLine("card", Decimal(1_000))])

    order.refresh_from_db()
    assert (order.is_open, Purchase.objects.count()) == (True, 0)


def test_two_people_put_right_different_facts_and_are_asked_about_the_same(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)
    mine = Edit({"price": "10000", "note": ""}, {"price": Decimal(12_000), "note": ""})
    acts.correct(order, Edit({"note": ""}, {"note": "позвонить"}), by=seller)

    assert acts.correct(order, mine, by=seller) == ["price"]
    with pytest.raises(ChangedMeanwhileError):
        acts.correct(order, Edit({"price": "10000"}, {"price": Decimal(11_000)}), by=seller)

    order.refresh_from_db()
    assert (order.price, order.note) == (12_000, "позвонить")


def test_an_order_never_costs_less_than_was_prepaid(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)

    with pytest.raises(PrepaidMoreError):
        acts.correct(order, Edit({"price": "10000"}, {"price": Decimal(2_000)}), by=seller)

    assert stands(order) == ("new", 3_000)
