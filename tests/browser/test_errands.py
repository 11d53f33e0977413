"""An errand is closed from the keyboard: what came of it, the day on which it goes on, and its story in the list."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from clients.models import Client
from messaging import errands
from messaging.models import Errand
from stores.models import Employee, Store
from tests import factories
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
    page.get_by_label("Продолжить").fill(f"{day:%d.%m.%Y}")
    page.locator("h1").click()
    page.keyboard.press("1")

    expect(page.get_by_text("просила перезвонить")).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    errand.refresh_from_db()
    assert (errand.outcome, errand.due_on, errand.steps.get().by) == ("open", day, seller)


def test_one_goes_through_the_list_by_keys_and_each_has_its_own(visit: OpenPage, seller: Employee, store: Store) -> None:
    for number, name in enumerate(("Белова", "Гордеева", "Жукова")):
        client = factories.ClientFactory.create(home_store=store, last_name=name)
        errands.ask_for(
            client, store=store, occasion_key=f"call:{number}", reason="Новая коллекция", due_on=store.today(), is_service=False,
            topic="offer", script="Расскажите о новой коллекции и пригласите примерить.",
        )  # fmt: skip
    page = visit(seller)
    page.goto("/errands/")

    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").get_by_text("Договорились")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.get_by_text("Сохранено.").wait_for()

    assert list(Errand.objects.exclude(result="").values_list("client__last_name", "result")) == [("Гордеева", "agreed")]


def test_a_complaint_is_two_presses(visit: OpenPage, seller: Employee, store: Store, card: Client) -> None:
    errand, _new = errands.ask_for(
        card, store=store, occasion_key="care:1", reason="Спросить", due_on=store.today(), is_service=True, topic="care"
    )
    page = visit(seller)
    page.goto("/errands/")

    page.keyboard.press("6")
    page.get_by_role("button", name="Цена").click()

    expect(page.get_by_text("Сохранено.")).to_be_visible()
    errand.refresh_from_db()
    assert (errand.result, errand.problem) == ("complained", "price")
