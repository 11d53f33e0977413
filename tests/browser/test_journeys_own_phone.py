"""A client registers on their own phone, and the seller takes the form by one key; a household is linked and parted."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from clients.models import Client, HeardFrom
from clients.services import record_consents
from messaging.models import Message
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.factories import ClientFactory
from tests.messaging.sending import code_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_form_on_the_clients_phone_becomes_a_card(
    browser: Browser, live_server: LiveServer, visit: OpenPage, seller: Employee, store: Store, scripts: bool
) -> None:
    HeardFrom.objects.create(name="по радио", name_en="radio")
    counter = visit(seller)
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 800}, locale="en-EN", java_script_enabled=scripts
    )
    phone = context.new_page()
    phone.goto(f"/s/join/{store.pk}/")
    for field, text in (
        ("last_name", "Ковалёва"), ("first_name", "Ирина"), ("birth_date", "08.03.1990"), ("phone", "8 914 701-22-33"),
        ("email", "irina@mail.ru"),
    ):  # fmt: skip
        phone.fill(f"#id_{field}", text)
    phone.select_option("#id_heard_from", label="radio")
    phone.check("#id_consent_personal_data")
    phone.get_by_role("button", name="Get a code by SMS").click()
    expect(phone.locator("#id_code")).to_be_visible()
    phone.fill("#id_code", code_in(Message.objects.get(source="register")))
    phone.get_by_role("button", name="Send to the store").click()
    expect(phone.get_by_text("Ирина К.")).to_be_visible()
    context.close()

    expect(counter.get_by_text("Ирина К.")).to_be_visible(timeout=15_000)  # by itself
    counter.keyboard.press("Alt+t")

    expect(counter.get_by_role("heading", name="Ковалёва Ирина")).to_be_visible()
    expect(counter.get_by_text("по радио")).to_be_visible()


def test_a_household_is_linked_and_a_slip_undone(visit: OpenPage, seller: Employee, card: Client) -> None:
    husband = ClientFactory.create(last_name="Сидоров", first_name="Олег", middle_name="")
    page = visit(seller, width=390)
    page.goto(f"/clients/{card.pk}/household/")
    page.fill("#card-q", "Сидоров")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Муж или жена").click()

    page.get_by_role("button", name="Не из этой семьи: Сидоров Олег").click()
    page.locator("form", has_text="Сидоров Олег").get_by_role("button", name="Отменить").click()

    page.get_by_role("link", name="Сидоров Олег").click()
    page.wait_for_url(f"**/clients/{husband.pk}/")
    expect(page.locator("section", has_text="муж или жена")).to_be_visible()


def test_a_consent_is_taken_back_after_the_page_has_said_what_follows(visit: OpenPage, seller: Employee, card: Client) -> None:
    record_consents(card, {"personal_data": True, "calls": True}, by=seller, where=None)
    page = visit(seller)
    page.goto(f"/clients/{card.pk}/")
    page.get_by_text("Согласия и реклама").click()
    page.uncheck("#consent-calls")
    page.locator("form", has=page.locator("#consent-calls")).get_by_role("button", name="Сохранить").click()
    page.get_by_role("button", name="Клиент отзывает согласие").click()

    page.get_by_text("Согласия и реклама").click()
    expect(page.locator("#consent-calls")).not_to_be_checked()
    expect(page.locator("#consent-personal_data")).to_be_checked()
