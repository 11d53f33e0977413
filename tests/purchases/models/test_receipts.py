"""Receipts that stand and those that were voided; what of them is kept; and what the base itself refuses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from clients.models import Client
from purchases import services
from purchases.models import Piece, Purchase, Uin
from stores.models import Employee, Store
from tests.conftest import Sell

DAY = date(2026, 5, 5)


@pytest.fixture
def voided(card: Client, sell: Sell) -> Purchase:
    purchase = sell(card, DAY, 900)
    Purchase.written.filter(pk=purchase.pk).update(voided_at=timezone.now(), void_reason="ошибка")
    return purchase


def test_a_voided_receipt_is_there_for_who_asks_by_name_alone(voided: Purchase, card: Client, sell: Sell) -> None:
    stands = sell(card, DAY, 100)

    assert [list(rows) for rows in (Purchase.objects.all(), card.purchases.all(), Purchase.written.voided())] == [
        [stands], [stands], [voided],
    ]  # fmt: skip
    assert Purchase.written.count() == 2
    assert [list(rows) for rows in (Piece.objects.standing(), Piece.objects.kept())] == [list(stands.pieces.all())] * 2


def test_what_came_back_is_not_kept(card: Client, sell: Sell, seller: Employee) -> None:
    half, none = sell(card, DAY, 100, 200), sell(card, DAY, 50)
    services.return_pieces(half, half.pieces.filter(price=200), by=seller)
    services.return_pieces(none, none.pieces.all(), by=seller)

    assert list(Purchase.objects.kept()) == [half]
    assert list(Purchase.objects.with_sums().order_by("pk").values_list("kept_items", "kept_sum")) == [(1, 100), (0, 0)]  # type: ignore[misc]
    assert [piece.price for piece in Piece.objects.kept()] == [100]


def test_receipts_are_of_days_and_stores(card: Client, sell: Sell, store: Store, other_store: Store) -> None:
    first, last = sell(card, date(2026, 5, 1), 100), sell(card, date(2026, 5, 31), 100, at=other_store)
    sell(card, date(2026, 6, 1), 100)

    assert set(Purchase.objects.sold_between(first.sold_on, last.sold_on)) == {first, last}
    assert set(Purchase.objects.sold_between(first.sold_on, last.sold_on).of_stores([store])) == {first}


@pytest.mark.parametrize("wrong", [{"price": -1}, {"discount": -1}, {"kind": "tiara"}])
def test_the_base_refuses_a_piece_that_cannot_be(card: Client, sell: Sell, wrong: dict[str, Any]) -> None:
    sell(card, DAY, 100)

    with pytest.raises(IntegrityError), transaction.atomic():
        Piece.objects.update(**wrong)

    assert Piece.objects.values_list("kind", "price", "discount").get() == ("ring", Decimal(100), 0)


@pytest.mark.parametrize("wrong", [{"void_reason": "ошибка"}, {"voided_at": timezone.now()}])
def test_a_receipt_is_voided_with_a_reason(card: Client, sell: Sell, wrong: dict[str, Any]) -> None:
    purchase = sell(card, DAY, 100)

    with pytest.raises(IntegrityError), transaction.atomic():
        Purchase.objects.update(**wrong)

    assert Purchase.objects.get() == purchase


@pytest.mark.parametrize("number", ["123", "12345678901234567", "123456789012345x"])
def test_a_uin_is_sixteen_digits(card: Client, sell: Sell, number: str) -> None:
    piece = sell(card, DAY, 100).pieces.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        Uin.objects.create(piece=piece, number=number)

    assert not Uin.objects.exists()


def test_a_receipt_is_called_by_its_number(card: Client, sell: Sell) -> None:
    numbered, other = sell(card, DAY, 100, receipt_number="7"), sell(card, DAY, 100)

    assert (str(numbered), str(other), numbered.is_voided) == ("7", f"#{other.pk}", False)
