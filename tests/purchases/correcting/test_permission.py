"""Who may put a receipt right, and until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clients.models import Client
from purchases.correcting import permission
from purchases.models import Purchase
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import Sell

DAY = timedelta(days=1)


def written(purchase: Purchase, ago: timedelta) -> Purchase:
    """As if the receipt had been written down so long ago."""
    Purchase.objects.filter(pk=purchase.pk).update(created_at=timezone.now() - ago)
    return Purchase.objects.get(pk=purchase.pk)


@pytest.mark.parametrize(
    ("sold", "ago", "may"),
    [(0, DAY * 0, True), (0, 5 * DAY, True), (9, DAY * 0, True), (9, 2 * DAY, False)],
)
def test_a_seller_while_the_day_lasts_and_a_manager_whenever(
    card: Client, sell: Sell, store: Store, seller: Employee, manager: Employee, sold: int, ago: timedelta, may: bool
) -> None:
    purchase = written(sell(card, store.today() - sold * DAY, 100), ago)

    assert [permission.may_correct(one, purchase, [store]) for one in (seller, manager)] == [may, True]


def test_what_a_list_brought_today_was_written_down_by_no_counter(
    card: Client, sell: Sell, store: Store, seller: Employee
) -> None:
    Purchase.objects.filter(pk=sell(card, store.today() - 9 * DAY, 100).pk).update(seller=None)

    assert not permission.may_correct(seller, Purchase.objects.get(), [store])


def test_nobody_puts_right_what_is_another_stores(
    card: Client, sell: Sell, store: Store, other_store: Store, admin: Employee
) -> None:
    purchase = sell(card, store.today(), 100)

    assert [permission.may_correct(admin, purchase, [there]) for there in (store, other_store)] == [True, False]
    assert not permission.may_attach(factories.employee(Role.SELLER, other_store), purchase, [other_store])


@pytest.mark.parametrize(("ago", "may"), [(29 * DAY, True), (31 * DAY, False)])
def test_a_sale_without_a_card_waits_a_month_for_its_client(
    sell: Sell, store: Store, seller: Employee, ago: timedelta, may: bool
) -> None:
    purchase = written(sell(None, store.today() - 40 * DAY, 100, no_card_reason="hurry"), ago)

    assert permission.may_attach(seller, purchase, [store]) == may


def test_a_sale_with_a_card_waits_for_no_other(card: Client, sell: Sell, store: Store, seller: Employee) -> None:
    purchase = written(sell(card, store.today() - 40 * DAY, 100), 5 * DAY)

    assert not permission.may_attach(seller, purchase, [store])
