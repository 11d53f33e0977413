"""What does not add up between receipts and the ledger is told, and nothing where all does."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from clients.models import Client
from loyalty import services
from loyalty.models import Entry, EntryKind, Lot
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from purchases import adding_up
from purchases import services as purchases
from purchases.correcting import acts
from purchases.models import Deduction, Piece, Purchase, Tender
from purchases.payments import TenderLine
from stores.models import Employee
from tests.conftest import Sell

DAY = date(2026, 5, 5)


@pytest.fixture
def spent(card: Client, sell: Sell) -> Purchase:
    """A receipt that spends 1 000 bonuses and earns 87 more than it gave."""
    terms = TermsSaid(
        Mode.BOTH, earn_percent=Decimal(5), delay_days=0, tiers=[TierSaid(Decimal(10_000), discount_percent=Decimal(3))]
    )
    services.publish(terms, since=date(2026, 1, 1), by=None)
    sell(card, date(2026, 3, 1), 50_000)
    return sell(card, DAY, 10_000, 5_000, spend=1_000)


def test_all_that_can_happen_to_a_receipt_adds_up(spent: Purchase, seller: Employee) -> None:
    told = [list(adding_up.differences())]
    purchases.return_pieces(spent, [spent.pieces.all()[0]], by=seller, on=DAY)
    told.append(list(adding_up.differences()))
    fresh = Purchase.written.get(pk=spent.pk)
    acts.void(fresh, version=fresh.version, by=seller, reason="ошибка")
    told.append(list(adding_up.differences()))

    assert (told, Entry.objects.filter(kind=EntryKind.UNSPEND).exists()) == ([[], [], []], True)


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (lambda: Piece.objects.filter(earned__gt=400).update(earned=1), "earned by its pieces"),
        (lambda: Deduction.objects.filter(source="bonus").update(amount=1), "bonuses in its pieces"),
        (lambda: Piece.objects.filter(discount__gt=0).update(discount=1), "by its deductions"),
        (
            lambda: Entry(lot=Lot.objects.all()[0], kind="spend", amount=-5, on=DAY, receipt_key="receipt:1", key="x").save(),
            "by the ledger",
        ),
    ],
)
def test_a_planted_fault_is_found(spent: Purchase, plant: Callable[[], object], words: str) -> None:
    plant()

    assert any(words in line for line in adding_up.differences())


def test_payments_that_are_not_what_was_to_pay_are_told(card: Client, sell: Sell) -> None:
    tenders = [TenderLine("cash", Decimal("40.10")), TenderLine("card")]
    _right, wrong = (sell(card, DAY, 100, 200, tenders=tenders) for _time in range(2))
    assert list(adding_up.differences()) == []

    Tender.objects.filter(purchase=wrong, kind="card").update(sum=Decimal("259.89"))

    assert [told.split(":")[0] for told in adding_up.differences()] == [f"receipt {wrong.pk}"]
