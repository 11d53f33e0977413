"""A draft belongs to its client: never lost, never on another card, always said; an ended session loses nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from clients.models import Client
from purchases.models import Order, Piece
from stores.models import Employee
from tests.browser.conftest import OpenPage
from tests.factories import PASSWORD, ClientFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = "#id_pieces-0-article"
PRICE = "#id_pieces-0-price"


@pytest.fixture
def page(visit: OpenPage, seller: Employee) -> Page:
    """A sale without a client in which a ring was typed."""
    page = visit(seller)
    page.goto("/sales/new/")
    page.fill(ARTICLE, "R5387-6925")
    page.fill(PRICE, "5000")
    return page


def test_what_was_typed_for_nobody_comes_back_for_the_client_looked_up_and_says_so(page: Page, card: Client) -> None:
    page.goto(f"/clients/{card.pk}/")
    page.locator("[data-sell-to]").click()

    expect(page.locator(PRICE)).to_have_value("5000")
    expect(page.locator("[data-brought-back]")).to_contain_text("Осталось с")
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url(f"**/clients/{card.pk}/")
    assert Piece.objects.get().purchase.client == card

    page.goto("/sales/new/")
    expect(page.locator(ARTICLE)).to_have_value("")


def test_on_another_card_it_is_not_shown_and_waits_where_it_was_typed(page: Page, card: Client) -> None:
    other = ClientFactory.create()
    page.goto(f"/clients/{card.pk}/")
    page.goto(f"/clients/{other.pk}/")
    page.locator("[data-sell-to]").click()
    expect(page.locator(ARTICLE)).to_have_value("")
    expect(page.locator("[data-brought-back]")).to_be_hidden()

    page.goto("/sales/new/")
    expect(page.locator(ARTICLE)).to_have_value("R5387-6925")


def test_one_key_clears_what_was_brought_back(page: Page) -> None:
    page.goto("/")
    page.goto("/sales/new/")
    page.get_by_role("button", name="очистить").click()

    expect(page.locator(ARTICLE)).to_have_value("")
    expect(page.locator("[data-brought-back]")).to_be_hidden()
    page.goto("/")
    page.goto("/sales/new/")
    expect(page.locator(ARTICLE)).to_have_value("")


def end_session(page: Page) -> None:
    """Once what the page asks while one types is answered: an answer after it would lead to the sign-in by itself."""
    page.wait_for_timeout(500)
    page.wait_for_function("!document.querySelector('.htmx-request')")
    page.context.clear_cookies(name="sessionid")


def sign_in(page: Page, employee: Employee) -> None:
    page.wait_for_url("**/accounts/login/**")
    page.fill("#id_login", employee.username)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")


# Where each form stands, what is typed into it, and the button that saves it.
FORMS = {
    "sale": ("/sales/new/?client={card}", {ARTICLE: "R5387-6925", PRICE: "5000", "#id_paid_card": "2000"}, "Сохранить"),
    "registration": (
        "/clients/register/",
        {"#id_last_name": "Орлова", "#id_first_name": "Мария", "#id_birth_date": "03.07.1985", "#id_phone": "8 914 701 22 33"},
        "Завести",
    ),
    "intake": ("/service/new/?client={card}", {"#id_description": "кольцо с белым камнем", "#id_price": "900"}, "Принять"),
    "order": ("/orders/new/?client={card}", {"#id_article": "R1", "#id_price": "10000"}, "Принять заказ"),
}


@pytest.mark.parametrize(("name", "width"), [("sale", 1280), ("registration", 390), ("intake", 390), ("order", 1280)])
def test_what_was_typed_comes_back_after_the_session_ended(
    visit: OpenPage, seller: Employee, card: Client, name: str, width: int
) -> None:
    address, typed, button = FORMS[name]
    page = visit(seller, width=width)
    page.goto(address.format(card=card.pk))
    if name == "sale":
        page.get_by_text("Несколько оплат").click()
    for field, text in typed.items():
        page.fill(field, text)

    end_session(page)
    page.get_by_role("button", name=button).last.press("Enter")
    sign_in(page, seller)

    page.wait_for_url(f"**{address.format(card=card.pk)}")
    for field, text in typed.items():
        expect(page.locator(field)).to_have_value(text)
    expect(page.locator("[data-brought-back]")).to_contain_text("Осталось с")


def test_what_was_saved_after_all_comes_back_no_more(visit: OpenPage, seller: Employee, card: Client) -> None:
    page = visit(seller)
    page.goto(f"/orders/new/?client={card.pk}")
    page.fill("#id_article", "R1")
    page.fill("#id_price", "10000")
    end_session(page)
    page.get_by_role("button", name="Принять заказ").click()
    sign_in(page, seller)
    expect(page.locator("#id_price")).to_have_value("10000")

    page.get_by_role("button", name="Принять заказ").click()
    page.wait_for_url(re.compile(r"/orders/\d+/$"))
    page.goto(f"/orders/new/?client={card.pk}")

    expect(page.locator("#id_article")).to_have_value("")
    expect(page.locator("[data-brought-back]")).to_be_hidden()
    assert Order.objects.count() == 1


def test_what_another_seller_typed_is_not_shown(visit: OpenPage, seller: Employee, manager: Employee, card: Client) -> None:
    page = visit(seller)
    page.goto(f"/orders/new/?client={card.pk}")
    page.fill("#id_article", "R1")
    end_session(page)
    page.get_by_role("button", name="Принять заказ").click()
    sign_in(page, manager)

    page.wait_for_url(f"**/orders/new/?client={card.pk}")
    expect(page.locator("#id_article")).to_have_value("")
