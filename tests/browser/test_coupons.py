"""A coupon and a certificate, from where they are issued to the receipt."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from clients.models import Client
from loyalty.models import Certificate, Right
from purchases.models import Purchase
from stores.models import Employee
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_coupon_is_issued_scanned_among_the_pieces_and_used(
    manager: Employee, seller: Employee, visit: OpenPage, card: Client, width: int
) -> None:
    page = visit(manager, width=width)
    page.goto("/coupons/")
    _look(page, "coupons-empty")
    page.get_by_role("link", name="Новый купон").click()
    for label, text in (("Название", "Осень"), ("Размер", "10"), ("Действует до", "31.12.2099")):
        page.get_by_label(label).fill(text)
    page.get_by_text("Не на все виды изделий").click()
    _look(page, "coupon-new")
    page.get_by_role("button", name="Выпустить").click()
    page.wait_for_url("**/coupons/*/")
    right = Right.objects.get()

    page = visit(seller, width=width)
    page.goto(f"/sales/new/?client={card.pk}")
    page.locator("[name=pieces-0-article]").press_sequentially(right.code_key)
    page.keyboard.press("Enter")
    expect(page.locator("[name=codes]")).to_have_value(right.code)
    expect(page.locator("[name=pieces-0-article]")).to_be_focused()
    page.keyboard.type("R1")
    page.fill("[name=pieces-0-price]", "10 000")
    bill = page.locator("[hx-post$='/sales/bill/']")
    expect(bill).to_contain_text(re.compile(r"К оплате:\s+9\s000"))
    _look(page, "coupon-sale")
    page.get_by_role("button", name="Сохранить продажу").click()
    page.wait_for_url("**/clients/**")

    assert Purchase.objects.get().pieces.get().price == 9_000
    page = visit(manager, width=390)
    page.goto(f"/coupons/{right.pk}/")
    _look(page, "coupon-390")
    page.goto("/coupons/")
    _look(page, "coupons-390")


def _look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_certificate_is_sold_printed_and_pays_a_part(seller: Employee, visit: OpenPage, card: Client, width: int) -> None:
    page = visit(seller, width=width)
    page.goto("/certificates/sell/")
    page.get_by_label("Номинал").fill("5 000")
    page.get_by_text("банковская карта").click()
    _look(page, f"certificate-new-{width}")
    page.get_by_role("button", name="Продать сертификат").click()
    page.wait_for_url("**/certificates/*/")
    five = Certificate.objects.get()
    _look(page, f"certificate-{width}")

    page.goto(f"/sales/new/?client={card.pk}")
    page.fill("[name=pieces-0-article]", "R1")
    page.fill("[name=pieces-0-price]", "12 000")
    page.fill("[name=codes]", str(five).lower())
    page.locator("[name=codes]").press("Tab")
    bill = page.locator("[hx-post$='/sales/bill/']")
    expect(bill).to_contain_text(re.compile(r"Доплатить:\s+7\s000"))
    page.locator("label:has(input[type=radio][value=cash])").click()
    _look(page, f"certificate-sale-{width}")
    page.get_by_role("button", name="Сохранить продажу").click()
    page.wait_for_url("**/clients/**")

    five.refresh_from_db()
    assert (five.left, dict(Purchase.objects.get().tenders.values_list("kind", "sum"))) == (
        0,
        {"certificate": 5_000, "cash": 7_000},
    )
    page.goto("/certificates/")
    _look(page, f"certificates-{width}")
