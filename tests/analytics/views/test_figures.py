from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory

URL = "/returning/"


def test_the_page_shows_the_figures_and_opens_their_receipts(
    manager: Employee, signed_in: SignIn, sell: Sell, card: Client
) -> None:
    sell(card, date(2026, 1, 5), 100)
    sell(card, date(2026, 2, 5), 700)
    browser = signed_in(manager)

    page = browser.get(URL, {"first": "2026-02-01", "last": "2026-02-28"})
    receipts = browser.get(page.context["receipts_url"] + "&group=regular")

    assert page.context["report"].regular.revenue == 700
    assert [purchase.sold_on for purchase in receipts.context["page"]] == [date(2026, 2, 5)]


@pytest.mark.parametrize(
    "query",
    [
        {"first": "x", "last": "y"},
        {"first": "2026-02-02", "last": "2026-02-01"},
        {"period": "nonsense"},
        {"first": "0001-01-01", "last": "2026-01-01"},
    ],
)
def test_a_period_that_is_none_gets_words(manager: Employee, signed_in: SignIn, query: dict[str, str]) -> None:
    assert signed_in(manager).get(URL, query).status_code == 200


def test_a_manager_of_some_stores_never_sees_the_chain(
    manager: Employee, other_store: Store, signed_in: SignIn, sell: Sell, card: Client
) -> None:
    sell(card, date(2026, 2, 5), 700, at=other_store)
    browser = signed_in(manager)
    days = {"first": "2026-02-01", "last": "2026-02-28"}

    assert browser.get(URL, days).context["report"].total.items == 0
    assert browser.get(URL, {**days, "store": str(other_store.pk)}).status_code == 404


def test_a_manager_of_all_stores_sees_the_chain(
    store: Store, other_store: Store, signed_in: SignIn, sell: Sell, card: Client
) -> None:
    sell(card, date(2026, 2, 5), 700, at=other_store)
    browser = signed_in(factories.employee(Role.MANAGER, store, other_store))

    page = browser.get(URL, {"first": "2026-02-01", "last": "2026-02-28"})

    assert page.context["report"].total.items == 1


def test_the_page_keeps_its_number_of_queries(
    manager: Employee, signed_in: SignIn, sell: Sell, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(manager)
    for day in range(1, 4):
        sell(ClientFactory.create(), date(2026, 2, day), 100)
        with django_assert_max_num_queries(26):
            browser.get(URL, {"first": "2026-02-01", "last": "2026-02-28"})


def test_the_table_comes_as_a_workbook(manager: Employee, signed_in: SignIn) -> None:
    response = signed_in(manager).get(URL, {"export": 1})

    assert response["Content-Disposition"] == 'attachment; filename="returning.xlsx"'
