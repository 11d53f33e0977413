"""A client has a share in one account at a time, and no account owes less than nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from loyalty.models import Account, Member
from tests.loyalty.conftest import DAY


def test_a_share_in_one_account_at_a_time(card: Client, account: Account) -> None:
    other = Account.objects.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(account=other, client=card, since=DAY)

    assert str(Member.objects.get()) == f"{card.pk} in {account.pk}"
    assert str(account) == f"#{account.pk}"


def test_who_left_can_join_another(card: Client, account: Account) -> None:
    Member.objects.get().left_on(DAY - timedelta(days=1))

    there = Member.objects.create(account=Account.objects.create(), client=card, since=DAY)

    assert list(Member.objects.present()) == [there]
    assert Member.objects.get(account=account).until == DAY


def test_an_account_owes_nothing_below_zero(account: Account) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.update(owed=-1)

    assert Account.objects.get().owed == 0
