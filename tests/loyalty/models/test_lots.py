"""What the base itself refuses of lots, moves and debts."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from loyalty import selectors
from loyalty.models import Account, Debt, DebtKind, Entry, EntryKind, Lot
from tests.loyalty.conftest import DAY, Earn


@pytest.mark.parametrize(
    "wrong",
    [{"left": 101}, {"left": -1}, {"amount": 0, "left": 0}, {"until_on": DAY - timedelta(days=1)}, {"source": "nothing"}],
)
def test_a_lot_stays_within_its_bounds(earn: Earn, wrong: dict[str, Any]) -> None:
    lot = earn(100)

    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.update(**wrong)

    lot.refresh_from_db()
    assert (str(lot), lot.born_of) == ("100 of 100 until 2026-06-04", "")


@pytest.mark.parametrize(
    ("kind", "amount"), [("earn", -1), ("unspend", 0), ("spend", 1), ("expire", 1), ("revoke", 1), ("gift", 1)]
)
def test_a_move_goes_the_way_of_its_kind(earn: Earn, kind: str, amount: int) -> None:
    lot = earn(100)

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry(lot=lot, kind=kind, amount=amount, on=DAY, key="another").save()

    assert str(Entry.objects.get()) == "earn 100"


def test_a_key_is_one_move(earn: Earn) -> None:
    lot = earn(100)
    Entry(lot=lot, kind=EntryKind.SPEND, amount=-1, on=DAY, key="one").save()

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry(lot=lot, kind=EntryKind.SPEND, amount=-1, on=DAY, key="one").save()

    assert Entry.objects.count() == 2


def test_a_debt_is_something(account: Account) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Debt.objects.create(account=account, kind=DebtKind.PAID, amount=0, on=DAY, key="none")

    assert str(Debt(kind=DebtKind.PAID, amount=-5)) == "paid -5"


def test_what_can_be_spent_and_what_has_ended(earn: Earn) -> None:
    now, _coming = earn(100, last=DAY), earn(50, first=DAY + timedelta(days=3))

    assert selectors.spendable(now.account.members.get(), DAY) == 100
