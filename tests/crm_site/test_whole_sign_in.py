"""Who signs in, who no longer can, and what a browser keeps of them."""

from django.test import Client as Browser
from django.urls import reverse

from stores.models import Employee
from tests.conftest import SignIn
from tests.factories import PASSWORD


def test_five_wrong_passwords_lock_the_name(client: Browser, seller: Employee) -> None:
    wrong = {"login": seller.username, "password": "wrong"}
    for _time in range(5):
        response = client.post(reverse("account_login"), wrong)
    assert response.status_code == 429

    assert client.post(reverse("account_login"), wrong | {"password": PASSWORD}).status_code == 429


def test_one_who_leaves_loses_all_sessions(seller: Employee, signed_in: SignIn) -> None:
    from stores import services

    browser = signed_in(seller)
    services.dismiss(seller)
    assert browser.get("/").status_code == 302
    seller.is_active = True
    seller.save()

    assert browser.get("/").status_code == 302


def test_language_and_theme_are_kept(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    browser.post(reverse("stores:choose_language"), {"language": "en"})
    browser.post(reverse("stores:choose_theme"), {"theme": "dark"})

    page = browser.get("/").content.decode()
    assert '<html lang="en" data-bs-theme="dark"' in page


def test_no_page_lets_a_stranger_lead_away(client: Browser, db: None) -> None:
    assert client.post(reverse("stores:choose_theme"), {"next": "https://evil.example"})["Location"] == "/"
