"""Accounts, lots and terms: each key once, lots that end first in front, nothing below zero."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from clients.models import Client
from loyalty import nightly, selectors, services
from loyalty.ledger import Use
from loyalty.models import Account, DebtKind, Entry, Lot, Member, Terms
from loyalty.pricing import Mode
from loyalty.services import FamilyError, NotEnoughError, TermsSaid, TierSaid
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, Earn
from tests.together import SEVERAL_CONNECTIONS, together


def left() -> list[int]:
    return list(Lot.objects.order_by("pk").values_list("left", flat=True))


def test_an_account_is_opened_once(card: Client, account: Account) -> None:
    assert services.open_account(card.pk, on=DAY) == account
    assert Member.objects.get().since == DAY


def test_lots_that_end_first_are_spent_first(account: Account, earn: Earn) -> None:
    late, soon = earn(100, last=DAY + timedelta(days=9)), earn(30, last=DAY + timedelta(days=3))

    uses = services.spend(account, 50, key="one", on=DAY, by=None)

    assert uses == [Use(soon.pk, 30), Use(late.pk, 20)]
    assert left() == [80, 0]
    assert list(nightly.differences()) == []


def test_the_same_key_is_one_move(account: Account, earn: Earn) -> None:
    first, again = (earn(100, key="gift") for _ in range(2))
    uses = [services.spend(account, 60, key="one", on=DAY, by=None) for _ in range(2)]

    assert (first, uses[0]) == (again, uses[1])
    assert left() == [40]
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("day", [DAY, DAY + timedelta(days=31)])
def test_more_than_can_be_spent_is_refused_and_nothing_moves(account: Account, earn: Earn, day: date) -> None:
    earn(100), earn(50, first=DAY + timedelta(days=1))

    with pytest.raises(NotEnoughError) as refused:
        services.spend(account, 101, key="one", on=day, by=None)

    assert refused.value.most == (100 if day == DAY else 0)
    assert left() == [100, 50]


def test_new_bonuses_pay_first_what_is_owed(account: Account, earn: Earn) -> None:
    account.debts.create(kind=DebtKind.REVOKE, amount=30, on=DAY, key="owed")
    Account.objects.update(owed=30)

    earn(100)

    account.refresh_from_db()
    assert (left(), account.owed) == ([70], 0)
    assert list(nightly.differences()) == []


def test_a_client_has_a_share_in_one_account_alone(card: Client, account: Account) -> None:
    other = services.open_account(ClientFactory.create().pk, on=DAY)

    with pytest.raises(FamilyError):
        services.join(other, card, on=DAY)

    assert [member.account for member in card.memberships.all()] == [account]
    assert services.join(account, card, on=DAY) == card.memberships.get()


def test_who_leaves_takes_nothing_and_the_last_leaves_nothing(card: Client, account: Account, earn: Earn) -> None:
    earn(100)
    he = services.join(account, ClientFactory.create(), on=DAY)

    services.leave(he, on=DAY)
    assert left() == [100]
    services.leave(Member.objects.present().get(), on=DAY)

    assert left() == [0]
    assert selectors.member_of(card.pk) is None


def test_terms_are_kept_with_their_tiers(db: None) -> None:
    tiers = [TierSaid(Decimal(50_000), earn_percent=Decimal(7))]

    made = services.publish(TermsSaid(Mode.BOTH, tiers=tiers), since=DAY, by=None)

    assert Terms.objects.live_on(DAY).get() == made
    assert [(str(tier), tier.earn_percent, tier.discount_percent) for tier in made.tiers.all()] == [
        ("от 50\xa0000\xa0₽", 7, None)
    ]


def test_terms_that_leave_nothing_to_pay_are_none(db: None) -> None:
    with pytest.raises(ValidationError):
        services.publish(TermsSaid(Mode.BONUSES, least_paid=Decimal(0)), since=DAY, by=None)

    assert not Terms.objects.exists()


class TestTogether:
    pytestmark = SEVERAL_CONNECTIONS

    def test_a_hundred_spends_of_one_lot_and_a_night_between_them(self, account: Account, earn: Earn) -> None:
        """Each till spends two times and says each once more, while the night ends what is over."""
        earn(1_000), earn(70, last=DAY - timedelta(days=1), first=DAY - timedelta(days=9), key="over")

        def till(n: int) -> list[object]:
            return [_spent(account, f"till {n}:{time}") for time in (1, 2, 1, 2)]

        said = together(*(partial(till, n) for n in range(50)), partial(nightly.expire, DAY), partial(nightly.expire, DAY))

        assert sorted(said[50:]) in ([0, 1], [0, 0])
        assert all(one[:2] == one[2:] for one in said[:50])
        assert sum(one is not NotEnoughError for till in said[:50] for one in till[:2]) == 33
        nightly.expire(DAY)
        assert sorted(left()) == [0, 10]
        assert list(nightly.differences()) == []


def _spent(account: Account, key: str) -> object:
    try:
        return services.spend(account, 30, key=key, on=DAY, by=None)
    except NotEnoughError:
        return NotEnoughError
