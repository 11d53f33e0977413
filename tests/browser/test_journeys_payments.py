"""Several payments of one receipt, by keyboard and by touch; one payment stays one key."""

import pytest
from playwright.sync_api import Page, expect

from clients.models import Client
from purchases.models import Purchase, Tender
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.conftest import Sell
from tests.loyalty.conftest import certificate, coupon

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_line(page: Page, article: str, price: str) -> None:
    page.fill("#id_pieces-0-article", article)
    page.fill("#id_pieces-0-price", price)


def paid() -> dict[str, int]:
    return {tender.kind: int(tender.sum) for tender in Tender.objects.all()}


def test_by_keyboard_a_part_is_typed_and_the_chosen_kind_takes_the_rest(visit: OpenPage, seller: Employee, card: Client) -> None:
    page = visit(seller)
    page.goto(f"/sales/new/?client={card.pk}")
    fill_line(page, "R5387-6925", "42000")

    page.keyboard.press("Alt+q")
    page.keyboard.press("Alt+k")
    expect(page.locator("#id_paid_cash")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("30000")
    expect(page.get_by_text("Остаток: 12 000 ₽")).to_be_visible()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/clients/{card.pk}/")
    assert paid() == {"cash": 12_000, "card": 30_000}
    page.goto(f"/sales/{Purchase.objects.get().pk}/")
    expect(page.get_by_text("банковская карта 30 000 ₽")).to_be_visible()


def test_on_a_phone_parts_that_do_not_add_up_stay_and_say_so(visit: OpenPage, seller: Employee, card: Client) -> None:
    page = visit(seller, width=390)
    page.goto(f"/sales/new/?client={card.pk}")
    fill_line(page, "R5387-6925", "42000")
    page.get_by_text("Несколько оплат").click()
    page.fill("#id_paid_card", "30000")
    page.fill("#id_paid_cash", "2000")
    page.get_by_role("button", name="Сохранить").click()

    expect(page.get_by_text("Оплачено 32 000 ₽, а к оплате 42 000 ₽")).to_be_visible()
    expect(page.locator("#id_paid_cash")).to_have_value("2000")
    page.fill("#id_paid_cash", "12000")
    page.get_by_role("button", name="Сохранить").click()

    page.wait_for_url(f"**/clients/{card.pk}/")
    assert paid() == {"cash": 12_000, "card": 30_000}


def test_an_exchange_takes_a_coupon_and_a_certificate(
    visit: OpenPage, seller: Employee, card: Client, sell: Sell, store: Store
) -> None:
    old = sell(card, store.today(), 1000)
    right, held = coupon(from_on=store.today(), until=store.today()), certificate(store, 100, until=store.today())
    page = visit(seller)
    page.goto(f"/sales/{old.pk}/")
    page.get_by_label("вернуть").check()
    page.get_by_role("button", name="Обменять отмеченные").click()
    fill_line(page, "E1", "1700")
    page.fill("#id_codes", f"{right} {held}")

    expect(page.get_by_text("Доплатить: 430 ₽")).to_be_visible()
    page.keyboard.press("Alt+w")
    page.get_by_role("button", name="Сохранить обмен").click()

    expect(page.get_by_text("Обмен сохранён")).to_be_visible()
    assert paid() == {"card": 430, "certificate": 100}
