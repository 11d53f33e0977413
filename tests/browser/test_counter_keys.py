"""The counter by keys: from what was found to a sale that is saved, counted in actions."""

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from clients.models import Client
from purchases.models import Purchase
from stores.models import Employee
from tests.browser.conftest import OpenPage
from tests.conftest import Sell
from tests.factories import ClientFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARTICLE = "[name=pieces-0-article]"
PRICE = "[name=pieces-0-price]"


def look_up(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.locator("#found [data-found]").first.wait_for()


def scan(page: Page, code: str) -> None:
    """As a scanner does: letters at once, and Enter."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def test_a_known_client_a_scan_and_enter_are_three_actions(seller: Employee, visit: OpenPage, card: Client, sell: Sell) -> None:
    sell(None, date(2026, 1, 5), 700, no_card_reason="declined")
    page = visit(seller)
    look_up(page, card.last_name)
    actions = 0

    page.keyboard.press("Control+Enter")
    actions += 1
    page.wait_for_url(f"**/sales/new/?client={card.pk}")
    expect(page.locator(ARTICLE)).to_be_focused()
    scan(page, "R1000-0000")
    actions += 1
    page.keyboard.press("Enter")
    actions += 1
    page.wait_for_url(f"**/clients/{card.pk}/")

    sold = Purchase.objects.get(client=card).pieces.get()
    assert (actions, sold.article, sold.price) == (3, "R1000-0000", 700)


def test_an_article_typed_by_hand_gets_a_line_more(seller: Employee, visit: OpenPage, card: Client, sell: Sell) -> None:
    sell(card, date(2026, 1, 5), 700)
    page = visit(seller)
    page.goto(f"/sales/new/?client={card.pk}")

    page.locator(ARTICLE).press_sequentially("R1000-0000", delay=80)
    page.keyboard.press("Enter")
    expect(page.locator(PRICE)).to_have_value("700")
    expect(page.locator("[data-enter-saves]")).to_be_hidden()
    page.keyboard.press("Enter")

    expect(page.locator("[name=pieces-1-article]")).to_be_focused()
    expect(page.locator("[data-enter-saves]")).to_be_visible()
    assert Purchase.objects.count() == 1


def test_a_price_that_was_changed_gets_a_line_more(seller: Employee, visit: OpenPage, card: Client, sell: Sell) -> None:
    sell(card, date(2026, 1, 5), 700)
    page = visit(seller)
    page.goto(f"/sales/new/?client={card.pk}")

    scan(page, "R1000-0000")
    expect(page.locator(PRICE)).to_have_value("700")
    expect(page.locator("[data-enter-saves]")).to_be_visible()
    page.keyboard.type("650")
    page.keyboard.press("Enter")

    expect(page.locator("[name=pieces-1-article]")).to_be_focused()
    assert Purchase.objects.count() == 1


def test_enter_asked_before_the_answer_came_sells_when_it_comes(seller: Employee, visit: OpenPage, card: Client) -> None:
    page = visit(seller)
    page.keyboard.press("/")
    page.keyboard.type(card.last_name)
    page.keyboard.press("Control+Enter")

    page.wait_for_url(f"**/sales/new/?client={card.pk}")


def test_arrows_walk_through_the_cards_and_to_what_can_be_done(seller: Employee, visit: OpenPage) -> None:
    one, two = ClientFactory.create(first_name="Анна"), ClientFactory.create(first_name="Вера")
    page = visit(seller)
    look_up(page, "Иванова")

    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name=f"Продать: {one}")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name=f"Принять: {two}")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/service/new/?client={two.pk}")


def test_enter_opens_the_card_and_the_button_beside_sells(seller: Employee, visit: OpenPage, width: int, card: Client) -> None:
    page = visit(seller, width=width)
    page.locator("#search").press_sequentially(card.last_name)
    page.locator("#found [data-found]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/clients/{card.pk}/")

    page.locator("#search").fill(card.last_name)
    page.get_by_role("link", name=f"Продать: {card}").click()
    page.wait_for_url(f"**/sales/new/?client={card.pk}")


def test_a_client_who_is_only_alike_is_looked_at_before_a_sale(seller: Employee, visit: OpenPage, card: Client) -> None:
    page = visit(seller)
    look_up(page, "Ивнова")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#found [data-found]").first).to_be_focused()

    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(rf"/sales/new/\?client={card.pk}$"))


def test_a_question_mark_lists_the_keys_of_the_page(seller: Employee, visit: OpenPage, card: Client) -> None:
    page = visit(seller)
    page.goto(f"/clients/{card.pk}/")

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Клавиши на этой странице")
    expect(dialog).to_be_visible()
    keys = dialog.locator("[data-keys-here] kbd").all_text_contents()
    words = dialog.locator("[data-keys-here] dd").all_text_contents()
    page.keyboard.press("s")
    expect(page).to_have_url(re.compile(rf"/clients/{card.pk}/$"))
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    assert list(zip(keys, words, strict=True)) == [
        ("S", "Продажа"), ("T", "Принять"), ("Alt+J", "Не купили"), ("E", "Исправить"), ("Alt+K", "Согласие есть"),
    ]  # fmt: skip


def test_the_menu_lists_the_keys_too_and_a_page_without_keys_has_those_of_the_search(seller: Employee, visit: OpenPage) -> None:
    page = visit(seller, language="en")
    page.goto("/sales/")
    page.get_by_label("Menu").click()
    page.get_by_role("button", name="Keys of this page").click()

    dialog = page.get_by_role("dialog", name="Keys of this page")
    expect(dialog).to_contain_text("sell to this client")
    expect(dialog.locator("[data-keys-here]")).to_be_hidden()
    dialog.get_by_role("button", name="Close").press("Enter")
    expect(dialog).to_be_hidden()


def test_no_key_acts_while_one_types(seller: Employee, visit: OpenPage, card: Client) -> None:
    page = visit(seller)
    page.goto(f"/clients/{card.pk}/")
    page.locator("#search").focus()
    page.keyboard.type("ste?/")

    expect(page.locator("#search")).to_have_value("ste?/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(rf"/clients/{card.pk}/$"))


def test_a_touch_screen_shows_no_keys(
    seller: Employee, browser: Browser, live_server: LiveServer, visit: OpenPage, card: Client
) -> None:
    state = visit(seller).context.storage_state()
    context = browser.new_context(
        base_url=live_server.url, storage_state=state, has_touch=True, is_mobile=True, viewport={"width": 820, "height": 900}
    )
    page = context.new_page()
    shown = {}
    for address in (f"/clients/{card.pk}/", f"/sales/new/?client={card.pk}", "/sales/new/"):
        page.goto(address)
        shown[address] = page.locator("kbd").evaluate_all("marks => marks.filter((mark) => mark.offsetParent).length")
    page.get_by_label("Меню").click()
    expect(page.locator("[data-show-keys]")).to_be_hidden()
    context.close()

    assert set(shown.values()) == {0}
