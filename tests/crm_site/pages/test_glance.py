"""The day at a glance: whose it is, how fresh, and in how few queries."""

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory


@pytest.fixture
def boss(store: Store, other_store: Store) -> Employee:
    """A manager of all stores, who sees the chain."""
    return factories.employee(Role.MANAGER, store, other_store)


def test_today_keeps_to_ten_queries(
    boss: Employee, signed_in: SignIn, sell: Sell, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(boss)
    for number in range(3):
        sell(ClientFactory.create(), timezone.localdate(), 100 + number)
        browser.get("/")
        with django_assert_max_num_queries(10):
            browser.get("/")


def revenue(browser: Browser) -> int:
    [day, *_rest] = browser.get("/").context["compared"]
    return int(day.now.revenue)


def test_a_manager_of_one_store_sees_that_store_alone(
    boss: Employee, manager: Employee, signed_in: SignIn, sell: Sell, card: Client, store: Store, other_store: Store
) -> None:
    sell(card, store.today(), 100)
    sell(card, store.today(), 2_000, at=other_store)

    whole, mine = signed_in(boss).get("/").context, signed_in(manager).get("/").context

    assert [int(seen["compared"][0].now.revenue) for seen in (whole, mine)] == [2_100, 100]
    assert [(seen["registered"].receipts, seen["of"]) for seen in (whole, mine)] == [(2, None), (1, store.name)]


def test_what_is_counted_serves_all_who_look_for_half_a_minute(
    boss: Employee, admin: Employee, signed_in: SignIn, sell: Sell, card: Client, store: Store
) -> None:
    first, second = signed_in(boss), signed_in(admin)
    sell(card, store.today(), 100)
    assert revenue(first) == 100

    sell(card, store.today(), 2_000)

    assert (revenue(first), revenue(second)) == (100, 100)
