from datetime import date
from decimal import Decimal

import pytest

from catalogue.kinds import PieceKind
from clients.models import Client
from purchases import payments
from purchases.correcting.exchange import exchange
from purchases.models import Piece, Purchase
from purchases.payments import PaymentsDifferError, TenderLine
from purchases.services import AlreadyReturnedError, PieceLine
from stores.models import Employee, Store
from tests.conftest import Sell
from visits.models import Visit

DAY, LATER = date(2026, 5, 5), date(2026, 5, 9)


def taken(price: int) -> list[PieceLine]:
    return [PieceLine("E1", PieceKind.EARRINGS, Decimal(price))]


@pytest.mark.parametrize(("price", "to_pay"), [(1700, 700), (400, -600), (1000, 0)])
def test_the_difference_is_paid_or_given_back(
    price: int, to_pay: int, card: Client, seller: Employee, sell: Sell, store: Store
) -> None:
    old = sell(card, DAY, 1000)

    new = exchange(old, list(old.pieces.all()), taken(price), store=store, by=seller, tenders=[TenderLine("cash")], on=LATER)

    assert payments.to_pay_of(new) == to_pay
    assert list(new.tenders.values_list("kind", "sum")) == ([("cash", to_pay)] if to_pay else [])
    assert list(Visit.objects.filter(scope=0).values_list("day", "total")) == [(LATER, price)]


def test_nothing_changes_where_it_is_refused(card: Client, seller: Employee, sell: Sell, store: Store) -> None:
    old = sell(card, DAY, 1000)
    pieces = list(old.pieces.all())

    with pytest.raises(PaymentsDifferError):
        exchange(old, pieces, taken(1500), store=store, by=seller, tenders=[TenderLine("cash", Decimal(1))])
    assert (Purchase.objects.count(), Piece.objects.kept().count()) == (1, 1)
    exchange(old, pieces, taken(1500), store=store, by=seller)
    with pytest.raises(AlreadyReturnedError):
        exchange(old, pieces, taken(1500), store=store, by=seller)

    assert Purchase.objects.count() == 2
