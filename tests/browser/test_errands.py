"""An errand is closed from the keyboard: what came of it, the day on which it goes on, and its story in the list."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from clients.models import Client
from messaging import errands
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_an_errand_goes_on_by_key(visit: OpenPage, seller: Employee, store: Store, card: Client, width: int) -> None:
    errand, _new = errands.ask_for(
        card, store=store, occasion_key="call:1", reason="Позвонить", due_on=store.today(), is_service=True
    )
    page, day = visit(seller, width=width), store.today() + timedelta(days=5)
    page.goto("/errands/")

    page.keyboard.press("w")
    page.keyboard.type("просила перезвонить")
    page.locator("[name=next_on]").fill(day.isoformat())
    page.locator("h1").click()
    page.keyboard.press("d")

    expect(page.get_by_text("просила перезвонить")).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.screenshot(path=f"var/errands-{width}.png", full_page=True)
    errand.refresh_from_db()
    assert (errand.outcome, errand.due_on, errand.steps.get().by) == ("open", day, seller)
