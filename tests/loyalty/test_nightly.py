"""What the night writes off, and what it finds."""

from datetime import timedelta
from decimal import Decimal

import pytest

from loyalty import nightly, selectors
from loyalty.models import Account, Certificate, Entry, EntryKind, Lot, Right
from loyalty.offers import acts as offers
from loyalty.tasks import end_bonuses
from stores.models import Store
from tests.loyalty.conftest import DAY, Earn, certificate, coupon


def test_lots_end_after_their_last_day_and_once(account: Account, earn: Earn) -> None:
    earn(100, last=DAY), earn(50, last=DAY + timedelta(days=1))

    ended = [nightly.expire(DAY), nightly.expire(DAY + timedelta(days=1)), nightly.expire(DAY + timedelta(days=1))]

    assert ended == [0, 1, 0]
    assert Entry.objects.get(kind=EntryKind.EXPIRE).amount == -100
    assert selectors.balance_on(account.pk, DAY + timedelta(days=1)).now == 50
    assert list(nightly.differences()) == []


def test_a_revived_lot_ends_a_second_time(earn: Earn) -> None:
    lot = earn(100, last=DAY)
    nightly.expire(DAY + timedelta(days=1))
    lot.refresh_from_db()
    Entry(lot=lot, kind=EntryKind.UNSPEND, amount=40, on=DAY, key="back").save()
    Lot.objects.update(left=40, until_on=DAY + timedelta(days=20))

    assert nightly.expire(DAY + timedelta(days=21)) == 1

    assert list(Entry.objects.filter(kind=EntryKind.EXPIRE).order_by("pk").values_list("amount", flat=True)) == [-100, -40]


def test_what_does_not_add_up_is_told(account: Account, earn: Earn) -> None:
    lot = earn(100)
    Lot.objects.update(left=90)
    Account.objects.update(owed=5)

    assert list(nightly.differences()) == [
        f"lot {lot.pk} of account {account.pk}: 90 left, 100 by its entries",
        f"account {account.pk}: 5 owed, 0 by its debts",
    ]


def test_the_task_tells_the_log(earn: Earn, caplog: pytest.LogCaptureFixture) -> None:
    earn(100)
    Lot.objects.update(left=90, until_on=DAY + timedelta(days=3650))

    assert end_bonuses() == 0

    assert "90 left, 100 by its entries" in caplog.text


def test_certificates_and_coupons_are_compared_too(store: Store) -> None:
    five, right = certificate(store), coupon(uses=3)
    offers.use(right, "r1", Decimal(500), on=DAY, by=None)
    assert list(nightly.differences()) == []

    Certificate.objects.update(left=4_999)
    Right.objects.update(uses_left=3)

    assert list(nightly.differences()) == [
        f"certificate {five.pk}: 4999.00 left, 5000.00 by its moves", f"coupon {right.pk}: 3 uses left, 1 used",
    ]  # fmt: skip
