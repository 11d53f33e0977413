from datetime import date
from decimal import Decimal

import pytest

from clients.models import Client
from purchases import payments
from purchases.models import Purchase, Tender
from purchases.payments import PaymentsDifferError, TenderLine, Totals
from tests.conftest import Sell

DAY = date(2026, 5, 5)


def test_one_payment_without_a_sum_is_all_of_it(card: Client, sell: Sell) -> None:
    sell(card, DAY, 100, 250, tenders=[TenderLine("card")])
    sell(card, DAY, 0, tenders=[TenderLine("card")])

    assert list(Tender.objects.values_list("kind", "sum")) == [("card", 350)]


def test_payments_that_do_not_add_up_save_nothing(card: Client, sell: Sell) -> None:
    with pytest.raises(PaymentsDifferError):
        sell(card, DAY, 100, tenders=[TenderLine("cash", Decimal(60)), TenderLine("card", Decimal(30))])

    assert not Purchase.objects.exists()


@pytest.mark.parametrize(
    ("to_pay", "said", "paid"),
    [
        (100, [("card", 60), ("cash", None)], [("cash", 40), ("card", 60)]),
        (100, [("card", 100), ("cash", None)], [("card", 100)]),
        (-100, [("card", 60), ("cash", None)], [("cash", -40), ("card", -60)]),
        (-100, [("card", 100)], [("card", -100)]),
    ],
)
def test_one_of_several_takes_the_rest_whichever_way_the_money_goes(
    to_pay: int, said: list[tuple[str, int | None]], paid: list[tuple[str, int]]
) -> None:
    tenders = [TenderLine(kind, None if sum_ is None else Decimal(sum_)) for kind, sum_ in said]

    assert payments.settled(tenders, Decimal(to_pay)) == tuple(TenderLine(kind, Decimal(sum_)) for kind, sum_ in paid)


@pytest.mark.parametrize("said", [[("card", 160), ("cash", None)], [("card", 60)], [("card", None), ("cash", None)]])
def test_parts_that_are_too_much_or_too_little_are_refused(said: list[tuple[str, int | None]]) -> None:
    tenders = [TenderLine(kind, None if sum_ is None else Decimal(sum_)) for kind, sum_ in said]

    with pytest.raises(PaymentsDifferError):
        payments.settled(tenders, Decimal(100))


def test_payments_of_one_kind_are_one(card: Client, sell: Sell) -> None:
    sell(card, DAY, 100, tenders=[TenderLine("card", Decimal(60)), TenderLine("card", Decimal(40))])

    assert list(Tender.objects.values_list("kind", "sum")) == [("card", 100)]


def test_a_list_adds_up_by_payment(card: Client, sell: Sell) -> None:
    sell(card, DAY, 100, 50, tenders=[TenderLine("cash", Decimal(100)), TenderLine("card", Decimal(50))])
    sell(card, DAY, 30, tenders=[TenderLine("card")])
    sell(card, DAY, 7)

    assert payments.totals(Purchase.objects.all()) == Totals(
        3, Decimal(187), [("наличные", Decimal(100)), ("банковская карта", Decimal(80))], Decimal(7)
    )
