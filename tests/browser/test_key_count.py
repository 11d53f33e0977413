"""How many keys a new client with two scanned articles takes: what a person presses, each letter one."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from clients.models import Client, Purpose
from purchases.models import Purchase
from stores.models import Employee
from tests.browser.conftest import OpenPage
from tests.conftest import Sell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = 60


class Keys:
    """A keyboard that counts; a scanner's shot is one act, whatever it sends."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def scan(self, code: str) -> None:
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")
        self.pressed += 1


def test_a_new_client_with_two_scanned_articles(seller: Employee, visit: OpenPage, sell: Sell) -> None:
    sell(None, date(2026, 1, 5), 700, 900, no_card_reason="declined")
    page = visit(seller)
    keys = Keys(page)

    keys.press("/")
    keys.type("Соколова")
    page.get_by_role("link", name="Завести карточку «Соколова»").wait_for()
    keys.press("Enter")
    page.wait_for_url("**/clients/register/**")
    expect(page.locator("#id_first_name")).to_be_focused()
    keys.type("Мария")
    keys.press("Enter", "Enter")
    keys.type("14031988")
    keys.press("Enter")
    keys.type("9147012233")
    keys.press("Enter")
    keys.type("sokolova@y")
    expect(page.locator("#id_email")).to_have_value("sokolova@yandex.ru")
    keys.press("Enter")
    keys.press("Space", "Enter")
    page.wait_for_url("**/clients/*/")
    keys.press("s")
    page.wait_for_url("**/sales/new/**")
    expect(page.locator("[name=pieces-0-article]")).to_be_focused()
    for place, price in enumerate((700, 900)):
        keys.scan(f"R1000-{place:04d}")
        expect(page.locator(f"[name=pieces-{place}-price]")).to_have_value(str(price))
    keys.press("Enter")
    page.wait_for_url("**/clients/*/")

    card = Client.objects.get(last_name="Соколова")
    told = (card.first_name, card.birth_date, str(card.phone), card.email)
    assert told == ("Мария", date(1988, 3, 14), "+79147012233", "sokolova@yandex.ru")
    assert card.consents.filter(purpose=Purpose.PERSONAL_DATA, given=True).exists()
    assert sorted(Purchase.objects.get(client=card).pieces.values_list("price", flat=True)) == [700, 900]
    assert keys.pressed <= MOST
