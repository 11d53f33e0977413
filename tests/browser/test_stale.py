"""Two pages over the same row: nothing is set back silently, and the person sees what the other wrote."""

import pytest
from playwright.sync_api import expect

from clients.models import Client
from stores.models import Employee
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZE, NOTE, PHONE = "#id_ring_size", "#id_note", "#id_phone"


@pytest.mark.parametrize("width", [1280, 390])
def test_two_people_at_one_card(visit: OpenPage, seller: Employee, manager: Employee, card: Client, width: int) -> None:
    Client.objects.filter(pk=card.pk).update(ring_size=18)
    mine, theirs = visit(seller, width=width), visit(manager)
    for page in (mine, theirs):
        page.goto(f"/clients/{card.pk}/edit/")

    theirs.fill(SIZE, "19")
    theirs.fill(PHONE, "8 924 111-22-33")
    theirs.get_by_role("button", name="Сохранить").click()
    mine.fill(NOTE, "Любит топазы")
    mine.fill(SIZE, "17,5")
    mine.get_by_role("button", name="Сохранить").click()

    asked = mine.locator("table.list")
    expect(asked).to_contain_text("17,5")
    expect(asked).to_contain_text(manager.short_name)
    expect(mine.locator(SIZE)).to_have_value("17,5")
    expect(mine.locator(PHONE)).to_have_value("+7 924 111-22-33")
    assert not mine.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    mine.get_by_role("button", name="Сохранить").click()
    mine.wait_for_url(f"**/clients/{card.pk}/")

    card.refresh_from_db()
    assert (str(card.ring_size), card.phone, card.note) == ("17.50", "+79241112233", "Любит топазы")
