"""What a receipt spent and earned: back to its lots, taken back from its lot, else from others, else owed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from loyalty import nightly, services, settling
from loyalty.ledger import Birth, Use
from loyalty.models import Account, Entry, Lot, Source
from loyalty.settling import Settled, Wanted
from tests.loyalty.conftest import DAY, Earn

NEXT = DAY + timedelta(days=14)
BIRTH = Birth(Source.PURCHASE, NEXT, NEXT + timedelta(days=365))
Settle = Callable[..., Settled]


@pytest.fixture
def settle(account: Account) -> Settle:
    versions = iter(range(100))

    def settled(spent: dict[int | None, int], earned: int, after: int = 0, on: Account = account) -> Settled:
        day = DAY + timedelta(days=after)
        return settling.settle("r:1", Wanted(spent, earned, BIRTH), account=on.pk, version=str(next(versions)), on=day, by=None)

    return settled


def left() -> list[int]:
    return list(Lot.objects.order_by("pk").values_list("left", flat=True))


def owed(account: Account) -> int:
    account.refresh_from_db()
    return account.owed


def test_the_same_wish_twice_is_one(earn: Earn, settle: Settle) -> None:
    gift = earn(100)
    settle({None: 40}, 25)
    moves = Entry.objects.count()

    again = settle({gift.pk: 40}, 25)

    assert (again.spent, left(), Entry.objects.count()) == ([Use(gift.pk, 40)], [60, 25], moves)


def test_a_return_gives_back_first_and_then_takes(account: Account, earn: Earn, settle: Settle) -> None:
    gift = earn(100)
    settle({None: 100}, 25)
    services.spend(account, 25, key="other", on=NEXT, by=None)

    came = settle({}, 0, after=14)

    assert came == Settled([], 100, 25, 0)
    assert (left(), owed(account)) == ([75, 0], 0)
    assert gift.pk == Lot.objects.get(left=75).pk


def test_what_is_spent_already_is_owed_and_paid_by_the_next_bonuses(account: Account, earn: Earn, settle: Settle) -> None:
    settle({}, 25)
    services.spend(account, 20, key="other", on=NEXT, by=None)

    assert settle({}, 0, after=14) == Settled([], 0, 25, 20)
    assert owed(account) == 20
    earn(50, last=NEXT + timedelta(days=5))

    assert (left(), owed(account)) == ([0, 30], 0)
    settle({}, 25, after=15)
    assert (left(), owed(account)) == ([5, 30, 20], 0)
    assert list(nightly.differences()) == []


def test_a_lot_that_lapsed_meanwhile_lives_fourteen_days(earn: Earn, settle: Settle) -> None:
    gift = earn(100)
    settle({None: 40}, 0)
    nightly.expire(DAY + timedelta(days=31))

    settle({}, 0, after=40)

    gift.refresh_from_db()
    assert (gift.left, gift.until_on) == (40, DAY + timedelta(days=54))


def test_a_part_comes_back(earn: Earn, settle: Settle) -> None:
    gift = earn(100)
    settle({None: 40}, 25)

    assert settle({gift.pk: 15}, 10, after=3) == Settled([Use(gift.pk, 15)], 25, 15, 0)
    assert left() == [85, 10]


def test_another_account_pays_and_earns_for_it(account: Account, earn: Earn, settle: Settle) -> None:
    earn(100)
    settle({None: 40}, 25)
    other = Account.objects.create()

    settle({}, 0)
    came = settle({None: 40}, 25, on=other)

    assert (left(), owed(account)) == ([100, 0, 0], 0)
    assert (came, owed(other)) == (Settled([Use(None, 40)], 0, 0, 40), 15)


def test_a_lot_that_lapsed_is_made_up_for_once_beside_the_others(account: Account, earn: Earn, settle: Settle) -> None:
    """Two lots are spent, given back, and spent again when the first has ended: as many as before, none of them twice."""
    lapses, lives, other = earn(50, last=DAY + timedelta(days=3)), earn(50), earn(60, last=DAY + timedelta(days=90))
    came = settle({None: 100}, 0)
    settle({}, 0)

    again = settle(dict(came.spent), 0, after=4)

    assert sum(use.amount for use in again.spent) == 100
    assert again.spent == [Use(lives.pk, 50), Use(other.pk, 50)]
    assert (left(), owed(account), lapses.pk < lives.pk) == ([50, 0, 10], 0, True)
