"""Pages of coupons."""

from datetime import date

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from loyalty.models import Right
from stores.models import Employee
from tests.conftest import SignIn
from tests.loyalty.conftest import coupon
from tests.loyalty.offers.test_forms import TYPED


@pytest.fixture
def browser(signed_in: SignIn, manager: Employee) -> Browser:
    return signed_in(manager)


def test_the_first_one_is_asked_for(browser: Browser) -> None:
    assert "Выпустите первый" in browser.get("/coupons/").content.decode()


def test_coupons_are_issued_once_a_form(browser: Browser, manager: Employee) -> None:
    answers = [browser.post("/coupons/new/", TYPED) for _time in range(2)]

    assert [answer["Location"] for answer in answers] == ["/coupons/"] * 2
    assert list(Right.objects.values_list("name", "uses", "uses_left", "by")) == [("Осень", 1, 1, manager.pk)] * 2


def test_one_coupon_is_shown_at_once(browser: Browser) -> None:
    page = browser.post("/coupons/new/", {**TYPED, "copies": 1}, follow=True).content.decode()

    assert Right.objects.get().code in page


def test_what_is_wrong_issues_nothing(browser: Browser) -> None:
    assert browser.post("/coupons/new/", {**TYPED, "value": "0"}).status_code == 422
    assert not Right.objects.exists()


def test_a_coupon_is_revoked_and_given_again(browser: Browser, right: Right) -> None:
    page = browser.post(f"/coupons/{right.pk}/revoke/", follow=True).content.decode()
    right.refresh_from_db()
    assert (right.revoked_at is not None, "Вернуть в действие" in page) == (True, True)

    browser.post(f"/coupons/{right.pk}/again/")
    right.refresh_from_db()
    assert right.revoked_at is None


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    browser: Browser, card: Client, many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(many):
        coupon(f"o{n}", client=card.pk)

    with django_assert_max_num_queries(9):
        assert browser.get("/coupons/").content.decode().count(str(card)) == many


def test_codes_are_printed_and_exported(browser: Browser, right: Right) -> None:
    answers = [browser.get("/coupons/?print=1"), browser.get(f"/coupons/{right.pk}/?print=1"), browser.get("/coupons/?export=1")]

    assert [answer["Content-Type"].partition(";")[0].rpartition("/")[2][:4] for answer in answers] == ["pdf", "pdf", "vnd."]


def test_a_seller_issues_none(signed_in: SignIn, seller: Employee, right: Right) -> None:
    assert signed_in(seller).post(f"/coupons/{right.pk}/revoke/").status_code == 403
    right.refresh_from_db()
    assert right.revoked_at is None


def test_the_card_shows_what_the_client_can_use(signed_in: SignIn, seller: Employee, card: Client) -> None:
    mine = coupon("mine", client=card.pk, until=date(2099, 1, 1))

    page = signed_in(seller).get(f"/clients/{card.pk}/").content.decode()

    assert f"/sales/new/?client={card.pk}&amp;code={mine}" in page
