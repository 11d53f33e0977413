"""A scan fills the line of a sale; who did not buy is called and buys."""

import os
import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from catalogue import services as catalogue
from catalogue.services import ArticleFacts, StockFacts
from clients.models import Client
from inquiries.models import Inquiry, State
from purchases.models import Piece
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _shelf(store: Store, other_store: Store) -> None:
    catalogue.upsert_articles([
        ArticleFacts("R5387-6925", name="Кольцо с сапфиром", metal="white_gold", fineness=585, stones="сапфир 0,45 ct",
                     weight=Decimal("3.45"), collection="Север", price=Decimal(138_795)),
        ArticleFacts("E6081-8735", name="Серьги", metal="silver", fineness=925, price=Decimal(4_500)),
    ])  # fmt: skip
    told = [(store, "17,5", 2), (store, "18", 1), (other_store, "16,5", 1)]
    catalogue.set_stock([StockFacts("R5387-6925", place, count, size) for place, size, count in told])


@pytest.mark.usefixtures("_shelf")
def test_a_scan_fills_the_line(seller: Employee, visit: OpenPage, card: Client, store: Store) -> None:
    page = visit(seller)
    page.goto(f"/sales/new/?client={card.pk}")

    page.keyboard.type("r5387-6925")
    page.keyboard.press("Enter")

    expect(page.locator("[name=pieces-0-price]")).to_have_value("138795")
    expect(page.locator("[name=pieces-0-kind]")).to_have_value("ring")
    facts = page.locator("[data-line-facts]").first
    expect(facts).to_contain_text("Кольцо с сапфиром, белое золото 585")
    expect(facts).to_contain_text("здесь: 17,5 (2), 18")
    _look(page, "scan")
    page.get_by_role("button", name="Сохранить продажу").click()
    page.wait_for_url("**/clients/**")
    assert [(piece.article, piece.price) for piece in Piece.objects.all()] == [("r5387-6925", 138_795)]

    page.goto("/articles/?q=сапфир")
    _look(page, "articles")
    page.get_by_role("link", name="R5387-6925").click()
    expect(page.get_by_role("link", name=re.compile(card.last_name))).to_be_visible()
    _look(page, "article")


@pytest.mark.usefixtures("_shelf")
def test_who_did_not_buy_is_called_and_buys(seller: Employee, visit: OpenPage, card: Client, store: Store) -> None:
    page = visit(seller)
    page.goto(f"/clients/{card.pk}/")
    page.keyboard.press("Alt+j")
    page.wait_for_url("**/inquiries/new/**")
    _look(page, "did-not-buy")
    page.keyboard.type("кольцо 17,5 до 150 тыс")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Сейчас в магазинах")).to_be_visible()
    _look(page, "inquiry")

    Inquiry.objects.update(next_on=store.today())
    page.goto("/inquiries/")
    expect(page.get_by_role("link", name=re.compile(card.last_name))).to_be_visible()
    _look(page, "board")
    page.goto("/errands/")
    expect(page.get_by_text("Был интерес, без покупки: кольцо 17,5 до 150 тыс")).to_be_visible()

    page.goto(f"/sales/new/?client={card.pk}")
    page.fill("[name=pieces-0-article]", "R5387-6925")
    page.fill("[name=pieces-0-price]", "138 795")
    page.get_by_role("button", name="Сохранить продажу").click()
    page.wait_for_url("**/clients/**")
    assert [(one.state, one.came_on) for one in Inquiry.objects.all()] == [(State.WON, store.today())]


def _look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})
