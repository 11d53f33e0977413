"""Pages of certificates."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from loyalty.models import Certificate
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.loyalty.certificates.test_forms import TYPED
from tests.loyalty.conftest import DAY, certificate

LONG = date(2099, 1, 1)


@pytest.fixture
def browser(signed_in: SignIn, seller: Employee) -> Browser:
    return signed_in(seller)


def sold_today(store: Store) -> Certificate:
    one = certificate(store, until=LONG)
    Certificate.objects.update(sold_on=store.today())
    return one


def test_one_is_sold_and_its_code_is_shown(browser: Browser, card: Client, seller: Employee) -> None:
    page = browser.post("/certificates/sell/", {**TYPED, "client": card.pk}, follow=True).content.decode()

    one = Certificate.objects.get()
    assert (one.client, one.seller, one.left, str(one) in page) == (card, seller, 5_000, True)


def test_what_is_wrong_sells_nothing(browser: Browser) -> None:
    assert browser.post("/certificates/sell/", {**TYPED, "amount": "0"}).status_code == 422
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    browser: Browser, store: Store, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = [certificate(store, until=LONG) for _n in range(many)]

    with django_assert_max_num_queries(11):
        page = browser.get("/certificates/").content.decode()
    assert [str(one) in page for one in made] == [True] * many


def test_who_has_the_code_sees_it_in_any_store(browser: Browser, other_store: Store) -> None:
    foreign = certificate(other_store, until=LONG)

    assert str(foreign) not in browser.get("/certificates/").content.decode()
    assert str(foreign) in browser.get("/certificates/", {"q": str(foreign).lower()}).content.decode()
    assert browser.get(f"/certificates/{foreign.code_key}/").status_code == 200
    assert browser.get("/certificates/ABCDABCDABCD/").status_code == 404


def test_it_is_printed_and_exported(browser: Browser, store: Store) -> None:
    one = certificate(store, until=LONG)

    answers = [browser.get(f"/certificates/{one.code_key}/?print=1"), browser.get("/certificates/?export=1")]
    assert [answer["Content-Type"].rpartition("/")[2][:4] for answer in answers] == ["pdf", "vnd."]


def test_a_sale_of_today_is_cancelled_by_its_store(browser: Browser, store: Store) -> None:
    one = sold_today(store)

    browser.post(f"/certificates/{one.code_key}/cancel/")

    one.refresh_from_db()
    assert (one.left, one.cancelled_at is not None) == (0, True)


@pytest.mark.parametrize("why", ["spent", "yesterday", "foreign"])
def test_any_other_sale_is_not(browser: Browser, store: Store, other_store: Store, why: str) -> None:
    one = sold_today(other_store if why == "foreign" else store)
    changes: dict[str, dict[str, Any]] = {
        "spent": {"left": 1},
        "yesterday": {"sold_on": store.today() - timedelta(days=1)},
        "foreign": {"amount": 5_000},
    }
    Certificate.objects.update(**changes[why])

    browser.post(f"/certificates/{one.code_key}/cancel/")

    one.refresh_from_db()
    assert one.cancelled_at is None


def test_a_manager_prolongs_it(signed_in: SignIn, manager: Employee, store: Store) -> None:
    one, browser = certificate(store), signed_in(manager)
    address, seen = f"/certificates/{one.code_key}/prolong/", one.until_on.isoformat()

    assert browser.post(address, {"until_on": "05.05.2020", "opened": seen}).status_code == 422
    for until in ("01.01.2099", "01.01.2098"):
        browser.post(address, {"until_on": until, "opened": seen})

    one.refresh_from_db()
    assert one.until_on == LONG


def test_a_seller_does_not(browser: Browser, store: Store) -> None:
    one = certificate(store)

    assert browser.post(f"/certificates/{one.code_key}/prolong/", {"until_on": "01.01.2099"}).status_code == 403
    assert one.sold_on == DAY
