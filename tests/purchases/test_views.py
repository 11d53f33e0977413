"""Receipts on their pages: sold, looked at, brought back."""

from datetime import date

from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from stores.models import Employee
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory

DAY = date(2026, 11, 20)


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    sell: Sell, card: Client, signed_in: SignIn, seller: Employee, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser, address = signed_in(seller), "/sales/?kind=ring&band=0&first=2026-11-01&last=2026-11-30"
    sell(card, DAY, 1_000)
    browser.get(address)
    with django_assert_max_num_queries(40) as once:
        browser.get(address)
    sell(card, DAY, 1_000), sell(ClientFactory.create(), DAY, 1_000)

    with django_assert_max_num_queries(len(once)):
        browser.get(address)
