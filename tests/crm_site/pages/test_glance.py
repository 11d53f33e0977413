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


def sums(browser: Browser) -> list[str]:
    """What the four tiles say."""
    page = browser.get("/").content.decode()
    return [tile.split("</b>")[0].split("<b>")[1] for tile in page.split('class="card figure')[1:5]]


def test_a_manager_of_one_store_sees_that_store_alone(
    boss: Employee, manager: Employee, signed_in: SignIn, sell: Sell, card: Client, store: Store, other_store: Store
) -> None:
    sell(card, store.today(), 100)
    sell(card, store.today(), 2_000, at=other_store)

    whole, mine = (signed_in(one).get("/") for one in (boss, manager))

    assert [int(seen.context["compared"][0].now.revenue) for seen in (whole, mine)] == [2_100, 100]
    assert [(seen.context["registered"].receipts, seen.context["of"]) for seen in (whole, mine)] == [(2, None), (1, store.name)]


def test_what_is_counted_serves_all_who_look_for_half_a_minute(
    boss: Employee, admin: Employee, signed_in: SignIn, sell: Sell, card: Client, store: Store
) -> None:
    first, second = signed_in(boss), signed_in(admin)
    sell(card, store.today(), 100)
    before = sums(first)

    sell(card, store.today(), 2_000)

    assert before[0] == "100\xa0₽"
    assert (sums(first), sums(second)) == (before, before)


def test_what_is_kept_speaks_the_language_of_who_looks(boss: Employee, admin: Employee, signed_in: SignIn) -> None:
    Employee.objects.filter(pk=admin.pk).update(language="en")

    mine, theirs = (signed_in(one).get("/").content.decode() for one in (boss, admin))

    assert ("Revenue today" in mine, "Revenue today" in theirs) == (False, True)
