"""What every page knows, before and after signing in."""

import pytest
from django.conf import settings
from django.test import Client as Browser

from stores.models import Employee, Store
from tests.conftest import SignIn


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", "light"), ('"><script>', "light")])
def test_the_theme_is_one_of_two_whatever_the_cookie_says(client: Browser, db: None, cookie: str, theme: str) -> None:
    client.cookies[settings.THEME_COOKIE] = cookie

    page = client.get("/accounts/login/")

    assert (page.context["theme"], page.context["chain_name"]) == (theme, settings.CHAIN_NAME)


def test_a_stranger_stands_at_no_counter(client: Browser, db: None) -> None:
    assert "counter" not in client.get("/accounts/login/").context


def test_an_employee_stands_in_their_store(seller: Employee, signed_in: SignIn, store: Store) -> None:
    assert signed_in(seller).get("/").context["counter"].store == store


def test_each_page_has_its_own_nonce(client: Browser, db: None) -> None:
    one, other = (str(client.get("/accounts/login/").context["csp_nonce"]) for _time in range(2))

    assert one != other
    assert len(one) > 20
