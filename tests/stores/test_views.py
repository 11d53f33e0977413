"""A person's own choices, and the admin's keys for other systems."""

import pytest
from django.conf import settings
from django.test import Client as Browser

from stores import services
from stores.models import ApiKey, Employee, Store
from tests.conftest import SignIn


def test_a_seller_stands_in_another_store_of_theirs(
    seller: Employee, store: Store, other_store: Store, signed_in: SignIn
) -> None:
    seller.stores.add(other_store)
    browser = signed_in(seller)

    answer = browser.post("/store/", {"store": store.pk, "next": "/sales/"})

    assert (answer["Location"], browser.session["store"]) == ("/sales/", store.pk)


@pytest.mark.parametrize("asked", ["foreign", "нет", ""])
def test_nobody_stands_where_they_do_not_work(seller: Employee, other_store: Store, signed_in: SignIn, asked: str) -> None:
    browser = signed_in(seller)

    answer = browser.post("/store/", {"store": other_store.pk if asked == "foreign" else asked})

    assert (answer.status_code, "store" in browser.session) == (404, False)


def test_a_language_is_kept_with_the_employee_and_in_the_browser(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    browser.post("/language/", {"language": "en"})

    seller.refresh_from_db()
    assert (seller.language, browser.cookies[settings.LANGUAGE_COOKIE_NAME].value) == ("en", "en")


def test_a_visitor_has_a_language_too_and_none_that_we_do_not_speak(client: Browser, seller: Employee) -> None:
    refused = client.post("/language/", {"language": "xx"})
    assert settings.LANGUAGE_COOKIE_NAME not in refused.cookies

    client.post("/language/", {"language": "en"})

    seller.refresh_from_db()
    assert (client.cookies[settings.LANGUAGE_COOKIE_NAME].value, seller.language) == ("en", settings.LANGUAGE_CODE)


@pytest.mark.parametrize(("asked", "theme"), [("dark", "dark"), ("light", "light"), ("<b>", "light")])
def test_a_theme_is_one_of_two(client: Browser, db: None, asked: str, theme: str) -> None:
    client.post("/theme/", {"theme": asked})

    assert client.cookies[settings.THEME_COOKIE].value == theme


def test_a_new_key_is_shown_once(admin: Employee, manager: Employee, signed_in: SignIn) -> None:
    browser = signed_in(admin)

    made = browser.post("/keys/", {"name": "1C", "employee": manager.pk})
    secret = made.context["secret"]

    assert (made.status_code, services.employee_of_key(secret)) == (200, manager)
    assert secret in made.content.decode()
    assert secret not in browser.get("/keys/").content.decode()
    browser.post("/keys/", {"name": "BI"})
    assert set(ApiKey.objects.values_list("name", "employee")) == {("1C", manager.pk), ("BI", admin.pk)}


def test_a_key_for_nothing_is_not_made(admin: Employee, signed_in: SignIn) -> None:
    refused = signed_in(admin).post("/keys/", {"name": ""})

    assert (refused.status_code, list(refused.context["form"].errors), ApiKey.objects.count()) == (422, ["name"], 0)


def test_a_revoked_key_opens_nothing(admin: Employee, signed_in: SignIn) -> None:
    key, secret = services.issue_api_key("1C", employee=admin)

    answer = signed_in(admin).post(f"/keys/{key.pk}/revoke/")

    assert (answer["Location"], services.employee_of_key(secret)) == ("/keys/", None)
