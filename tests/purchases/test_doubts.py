"""What the counter asks twice: a price beyond belief, and digits where the article belongs."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from purchases import doubts
from purchases.models import Piece
from stores.models import Employee
from tests.conftest import Sell, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


@pytest.fixture
def thirty_rings(card: Client, sell: Sell) -> None:
    """Thirty kept rings, the dearest of 50 000."""
    sell(card, date(2026, 2, 1), *range(50_000, 49_970, -1))


def post(browser: Browser, card: Client, price: str, **more: str) -> Any:
    line = {"article": "R5387-6925", "kind": "ring", "price": price, "discount": "", "uins": "", **more}
    data: dict[str, Any] = {f"pieces-0-{name}": text for name, text in line.items()}
    data |= {"client": card.pk, "form_key": uuid4(), "pieces-TOTAL_FORMS": 1, "pieces-INITIAL_FORMS": 0}
    return browser.post("/sales/new/", data)


def test_a_price_beyond_the_chains_bound_is_asked_twice(browser: Browser, card: Client) -> None:
    asked = post(browser, card, "20 000 200")

    assert (asked.status_code, Piece.objects.count()) == (422, 0)
    assert 'name="pieces-0-sure_of_price"' in asked.content.decode()
    assert post(browser, card, "20 000 200", sure_of_price="20000200.00").status_code == 302
    assert Piece.objects.get().price == 20_000_200


def test_a_yes_is_about_its_price_alone(browser: Browser, card: Client) -> None:
    assert post(browser, card, "20 000 201", sure_of_price="20000200.00").status_code == 422


@pytest.mark.usefixtures("thirty_rings")
def test_ten_times_the_dearest_of_its_kind_asks_once_thirty_are_known(browser: Browser, card: Client) -> None:
    assert post(browser, card, "500 001").status_code == 422
    assert post(browser, card, "500 001", kind="chain").status_code == 302
    assert post(browser, card, "500 000").status_code == 302


def test_few_pieces_of_a_kind_say_nothing(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 2, 1), *range(1000, 1029))

    assert doubts.bounds(["ring"]) == {"ring": Decimal(5_000_000)}


@pytest.mark.usefixtures("thirty_rings")
def test_returned_pieces_do_not_count() -> None:
    Piece.objects.filter(price=50_000).update(returned_on=date(2026, 2, 2))

    assert doubts.bounds(["ring"]) == {"ring": Decimal(5_000_000)}


@pytest.mark.usefixtures("thirty_rings")
def test_all_kinds_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = doubts.bounds(["ring", "chain", "earrings"])

    assert found == {"ring": Decimal(500_000), "chain": Decimal(5_000_000), "earrings": Decimal(5_000_000)}


def test_digits_like_a_price_are_asked_about_where_the_article_belongs(browser: Browser, card: Client) -> None:
    asked = post(browser, card, "5000", article="115900")

    assert asked.status_code == 422
    assert 'name="pieces-0-sure_of_article"' in asked.content.decode()
    assert post(browser, card, "5000", article="115900", sure_of_article="115900").status_code == 302
    assert post(browser, card, "5000", article="115900").status_code == 302, "an article that was sold is one"


def test_a_bar_code_is_no_price(browser: Browser, card: Client) -> None:
    assert post(browser, card, "5000", article="4600000000015").status_code == 302
