"""Who shares bonuses: joining, leaving, spending."""

from datetime import timedelta

import pytest

from clients.models import Client
from loyalty import families, nightly, selectors, services
from loyalty.families import Joining
from loyalty.models import Account, Member
from loyalty.services import FamilyError
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, Earn

LATER = DAY + timedelta(days=1)


@pytest.fixture
def wife(db: None) -> Client:
    return ClientFactory.create()


def own_bonuses(client: Client, amount: int) -> None:
    account = services.open_account(client.pk, on=DAY)
    services.earn(account, amount, birth=services.birth_of(None, LATER), key=f"own {client.pk}", on=DAY, by=None)


def test_who_joins_brings_their_bonuses(card: Client, wife: Client, account: Account, earn: Earn) -> None:
    earn(100)
    own_bonuses(wife, 40)

    assert families.who_joins(card, wife, DAY) == Joining(wife, 40, is_in_another=False)
    families.join(card, wife, on=DAY, may_spend=True)

    assert [member.client for member in families.family_of(wife)] == [card, wife]
    assert selectors.balance_on(account.pk, LATER).now == 140
    assert list(nightly.differences()) == []


def test_who_shares_with_others_leaves_them_first(card: Client, wife: Client, account: Account) -> None:
    other = ClientFactory.create()
    families.join(other, wife, on=DAY, may_spend=True)
    own_bonuses(other, 70)

    with pytest.raises(FamilyError):
        families.join(card, wife, on=DAY, may_spend=True)

    assert families.who_joins(card, wife, DAY).is_in_another
    assert [member.client for member in families.family_of(wife)] == [other, wife]


def test_joining_twice_is_once(card: Client, wife: Client) -> None:
    joined = [families.join(card, wife, on=DAY, may_spend=True).pk for _time in range(2)]

    assert joined == [families.family_of(card)[1].pk] * 2


def test_who_leaves_takes_nothing_along_and_begins_anew(card: Client, wife: Client, account: Account, earn: Earn) -> None:
    earn(100)
    member = families.join(card, wife, on=DAY, may_spend=True)

    assert [families.leave(member, on=LATER), families.leave(member, on=LATER)] == [True, False]

    assert (selectors.member_of(wife.pk), selectors.balance_on(account.pk, LATER).now) == (None, 100)


def test_who_is_alone_does_not_leave(card: Client, account: Account, earn: Earn) -> None:
    earn(100)

    assert not families.leave(families.family_of(card)[0], on=LATER)
    assert selectors.balance_on(account.pk, LATER).now == 100


def test_who_may_not_spend_sees_and_spends_nothing(card: Client, wife: Client, earn: Earn) -> None:
    earn(100)
    member = families.join(card, wife, on=DAY, may_spend=True)

    assert [families.let_spend(member, may_spend=False) for _time in range(2)] == [True, False]
    assert selectors.spendable(Member.objects.get(pk=member.pk), DAY) == 0


def test_a_client_without_an_account_has_no_family(card: Client) -> None:
    assert families.family_of(card) == []
