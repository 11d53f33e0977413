"""What every page knows, before and after signing in."""

import pytest
from django.conf import settings
from django.test import Client as Browser

from stores import rules
from stores.models import Employee, Store
from tests.conftest import SignIn


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", "light"), ('"><script>', "light")])
def test_the_theme_is_one_of_two_whatever_the_cookie_says(client: Browser, db: None, cookie: str, theme: str) -> None:
    client.cookies[settings.THEME_COOKIE] = cookie

    page = client.get("/accounts/login/")

    assert (page.context["theme"], page.context["chain_name"]) == (theme, rules.current().chain_name)


def test_a_stranger_stands_at_no_counter(client: Browser, db: None) -> None:
    assert "counter" not in client.get("/accounts/login/").context


def test_an_employee_stands_in_their_store(seller: Employee, signed_in: SignIn, store: Store) -> None:
    assert signed_in(seller).get("/").context["counter"].store == store


def test_each_page_has_its_own_nonce(client: Browser, db: None) -> None:
    one, other = (str(client.get("/accounts/login/").context["csp_nonce"]) for _time in range(2))

    assert one != other
    assert len(one) > 20


def test_what_is_kept_of_the_frame_is_of_the_role_and_the_language(
    signed_in: SignIn, seller: Employee, admin: Employee, store: Store
) -> None:
    admin.stores.add(store)
    english = Employee.objects.create(username="english", role=admin.role, language="en")

    said = [signed_in(who).get("/").content.decode() for who in (seller, admin, english, seller)]

    assert [("Сообщения" in page, "Messages" in page) for page in said] == [
        (False, False),
        (True, False),
        (False, True),
        (False, False),
    ]
    assert said[0].count('aria-current="page"') == said[3].count('aria-current="page"') == 2
    assert 'aria-current="page"' not in signed_in(seller).get("/clients/register/").content.decode().split("</nav>")[0]
