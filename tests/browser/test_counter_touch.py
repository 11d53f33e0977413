"""A sale on a phone: pieces first, Save last, and everything as high as a finger needs."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from clients.models import Client
from purchases.models import Piece
from stores.models import Employee
from tests.browser.conftest import OpenPage
from tests.conftest import Sell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PRESSED = "main a, main button, main input:not([type=hidden], [type=radio], [type=checkbox]), main select, main label:has(input[type=radio])"
LOW = """pressed => pressed.filter((one) => one.offsetParent && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def phone(seller: Employee, visit: OpenPage, browser: Browser, live_server: LiveServer) -> Page:
    """A seller's phone, signed in."""
    state: Any = visit(seller).context.storage_state()
    context = browser.new_context(
        base_url=live_server.url, storage_state=state, has_touch=True, is_mobile=True, locale="ru-RU",
        viewport={"width": 390, "height": 844},
    )  # fmt: skip
    visit.contexts.append(context)
    return context.new_page()


@pytest.mark.parametrize("has_client", [True, False])
def test_pieces_come_first_and_save_last(phone: Page, card: Client, has_client: bool) -> None:
    phone.goto(f"/sales/new/?client={card.pk}" if has_client else "/sales/new/")

    order = [
        "[name=pieces-0-article]",
        "[name=occasion]",
        "[name=paid_by]",
        "[name=receipt_number]",
        "[name=sold_on]",
        "#sale [type=submit]",
    ]
    tops = [phone.locator(one).first.evaluate("el => el.getBoundingClientRect().top") for one in order]

    assert tops == sorted(tops)
    assert phone.locator(PRESSED).evaluate_all(LOW) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    expect(phone.locator(".page-head strong")).to_have_count(int(has_client))


def test_a_sale_is_made_by_finger_alone(phone: Page, card: Client, sell: Sell) -> None:
    sell(card, date(2026, 1, 5), 700)
    phone.goto(f"/sales/new/?client={card.pk}")

    phone.locator("[name=pieces-0-article]").tap()
    phone.keyboard.type("R1000-0000")
    phone.locator("[name=pieces-0-price]").tap()
    expect(phone.locator("[name=pieces-0-price]")).to_have_value("700")
    phone.get_by_text("день рождения").tap()
    phone.get_by_role("button", name="Сохранить продажу").tap()
    phone.wait_for_url(f"**/clients/{card.pk}/")

    sold = Piece.objects.latest("pk")
    assert (sold.price, sold.purchase.occasion) == (700, "birthday")


def test_a_question_about_an_article_is_high_enough_too(phone: Page, card: Client) -> None:
    phone.goto(f"/sales/new/?client={card.pk}")
    phone.locator("[name=pieces-0-article]").fill("5000")
    phone.locator("[name=pieces-0-price]").fill("100")
    phone.locator("[name=pieces-0-kind]").select_option("ring")
    phone.get_by_role("button", name="Сохранить продажу").tap()
    phone.locator(".sure").first.wait_for()

    assert phone.locator(f"{PRESSED}, .sure").evaluate_all(LOW) == []
