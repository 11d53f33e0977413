"""A connection that is lost in the middle of a sale: nothing typed is lost, and the sale is made once."""

import pytest
from playwright.sync_api import expect

from clients.models import Client
from purchases.models import Piece
from stores.models import Employee
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_sale_without_a_connection_waits_and_is_made_once(visit: OpenPage, seller: Employee, card: Client) -> None:
    page = visit(seller, width=820)
    page.goto(f"/sales/new/?client={card.pk}")
    page.fill("#id_pieces-0-article", "R5387-6925")
    page.fill("#id_pieces-0-price", "5000")

    page.context.set_offline(True)
    expect(page.get_by_text("Связи нет. Всё набранное")).to_be_visible()
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Сохранённое ждёт на этой странице")).to_be_visible()
    assert Piece.objects.count() == 0
    page.context.set_offline(False)

    page.wait_for_url(f"**/clients/{card.pk}/")
    assert Piece.objects.count() == 1


def test_what_waits_can_be_taken_back_and_edited(visit: OpenPage, seller: Employee, card: Client) -> None:
    page = visit(seller)
    page.goto(f"/sales/new/?client={card.pk}")
    page.fill("#id_pieces-0-article", "R5387-6925")
    page.fill("#id_pieces-0-price", "5000")
    page.context.set_offline(True)
    page.get_by_role("button", name="Сохранить").click()

    page.get_by_role("button", name="Не отправлять").click()
    page.context.set_offline(False)

    expect(page.get_by_text("Связи нет")).to_have_count(2)
    expect(page.get_by_text("Сохранённое ждёт")).to_be_hidden()
    expect(page.locator("#id_pieces-0-price")).to_have_value("5000")
    assert Piece.objects.count() == 0
