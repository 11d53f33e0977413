"""An order from the card: prepaid, arrived, sold; on each screen."""

import re

import pytest

from clients.models import Client
from purchases.models import Order, Purchase
from stores.models import Employee
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_order_is_prepaid_arrives_and_is_sold(visit: OpenPage, seller: Employee, card: Client, width: int) -> None:
    page = visit(seller, width=width)
    page.goto(f"/clients/{card.pk}/")
    page.get_by_role("link", name="Заказ", exact=True).click()
    page.locator("#id_article").fill("R5387-6925")
    page.locator("#id_price").fill("10 000")
    page.locator("#id_prepaid").fill("3 000")
    page.get_by_role("button", name="Принять заказ").click()
    page.wait_for_url(re.compile(r"/orders/\d+/$"))

    page.locator("#pay_sum").fill("500")
    page.keyboard.press("Enter")
    page.get_by_text("Предоплата внесена").wait_for()
    page.get_by_role("button", name="поступил").click()
    page.get_by_text("Статус заказа: поступил").wait_for()
    page.locator("#sale_paid_by").select_option("card")
    page.get_by_role("button", name="Продать", exact=True).click()
    page.get_by_role("link", name="Чек по заказу").wait_for()

    order = Order.objects.get()
    assert (order.status, order.held, order.purchase) == ("sold", 0, Purchase.objects.get())
    assert list(Purchase.objects.get().tenders.values_list("kind", "sum")) == [("card", 6_500), ("prepayment", 3_500)]
