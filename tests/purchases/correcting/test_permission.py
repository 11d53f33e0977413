from datetime import timedelta

import pytest
from django.utils import timezone

from clients.models import Client
from purchases.correcting import permission
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.conftest import Sell


@pytest.fixture
def old(card: Client, sell: Sell, store: Store) -> Purchase:
    """A sale of today that says it was of the day before yesterday."""
    return sell(card, store.today() - timedelta(days=2), 100)


def test_what_was_written_down_today_is_the_sellers_to_mend(seller: Employee, old: Purchase, store: Store) -> None:
    assert permission.may_correct(seller, old, [store])
    old.created_at = timezone.now() - timedelta(days=1)
    assert not permission.may_correct(seller, old, [store])


def test_what_a_list_brought_today_is_not(seller: Employee, manager: Employee, old: Purchase, store: Store) -> None:
    old.seller = None

    assert not permission.may_correct(seller, old, [store])
    assert permission.may_correct(manager, old, [store])


def test_nobody_mends_what_another_store_sold(admin: Employee, manager: Employee, old: Purchase, other_store: Store) -> None:
    for who in (admin, manager):
        assert not permission.may_correct(who, old, [other_store])
        assert not permission.may_attach(who, old, [other_store])


def test_only_a_sale_without_a_card_waits_a_month_for_its_client(seller: Employee, old: Purchase, store: Store) -> None:
    old.created_at = timezone.now() - timedelta(days=29)
    assert not permission.may_attach(seller, old, [store])
    old.client, old.no_card_reason = None, "hurry"
    assert permission.may_attach(seller, old, [store])
    old.created_at -= timedelta(days=2)
    assert not permission.may_attach(seller, old, [store])
