"""Returns that lists tell of are left to be told while they are news; by hand and by tills: tests/exchange/hooks/test_telling.py."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from clients.models import Client
from purchases import noticing
from purchases.correcting import acts
from purchases.correcting.exchange import exchange
from purchases.services import PieceLine
from stores.models import Employee, Notice, Store
from tests.conftest import Sell
from tests.purchases.listing.applied import applied, undo

HEADER = "Чек;Дата;Телефон;Артикул;Вид изделия;Сумма;Дата возврата;Магазин\n"


def row(card: Client, sold: int, returned: int | None) -> str:
    """A ring sold so many days ago, and returned."""
    today = timezone.localdate()
    back = f"{today - timedelta(days=returned):%d.%m.%Y}" if returned is not None else ""
    return f"{sold};{today - timedelta(days=sold):%d.%m.%Y};{card.phone};R1000-0001;Кольцо;10000;{back};luxury\n"


def told() -> list[tuple[str, str, int]]:
    return [(one.kind, one.said["sum"], one.said["pieces"]) for one in Notice.objects.all()]


def test_a_list_leaves_what_came_back_lately_and_its_undoing(card: Client) -> None:
    applied("purchases", HEADER + row(card, 5, None) + row(card, 400, None))
    kept = applied("purchases", HEADER + row(card, 5, 2) + row(card, 400, noticing.NEWS.days + 1))
    assert told() == [("receipt.returned", "10000.00", 1)]

    undo(kept)

    assert told() == [("receipt.returned", "10000.00", 1), ("return.undone", "10000.00", 1)]


def test_an_exchange_says_so_and_its_voiding_takes_the_return_back(
    card: Client, sell: Sell, store: Store, seller: Employee
) -> None:
    purchase = sell(card, store.today(), 10_000)
    line = PieceLine("R2000-0001", purchase.pieces.get().kind, Decimal(12_000))  # type: ignore[arg-type]
    taken = exchange(purchase, list(purchase.pieces.all()), [line], store=store, by=seller)
    acts.void(taken, reason="ошибка", version=taken.version, by=seller)
    acts.restore(taken, version=taken.version + 1, by=seller)

    said = [(one.kind, one.said["receipt"], one.said.get("exchange")) for one in Notice.objects.all()]
    assert said == [
        ("receipt.returned", purchase.pk, True), ("return.undone", purchase.pk, None), ("receipt.returned", purchase.pk, True),
    ]  # fmt: skip


@pytest.mark.django_db
def test_nothing_is_left_of_nothing() -> None:
    noticing.returned([])

    assert Notice.objects.count() == 0
