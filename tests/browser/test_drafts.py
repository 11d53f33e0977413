"""A draft belongs to its client: never lost, never on another card, always said."""

import pytest
from playwright.sync_api import Page, expect

from clients.models import Client
from purchases.models import Piece
from stores.models import Employee
from tests.browser.conftest import OpenPage
from tests.factories import ClientFactory

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
