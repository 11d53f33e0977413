"""What was done to a card is read and put back."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from clients import services
from clients.models import Client
from stores.models import Employee
from stores.opened import edit_now
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_seller_reads_who_changed_a_card_and_puts_a_size_back(
    card: Client, seller: Employee, manager: Employee, visit: OpenPage, width: int
) -> None:
    for size in ("18", "19"):
        services.correct_card(card, edit=edit_now(Client.objects.get(), ring_size=Decimal(size)), by=manager)
    page = visit(seller, width=width)

    page.goto(f"/clients/{card.pk}/")
    page.get_by_role("link", name="История").click()
    page.get_by_role("button", name="Вернуть: Размер кольца, 18").click()

    expect(page.get_by_text("Возвращено: 18.")).to_be_visible()
    card.refresh_from_db()
    assert card.ring_size == 18
    assert page.evaluate("document.documentElement.scrollWidth") <= width
