"""From an invitation by call to the door: an evening of the store."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.models import Evening, Invitation
from clients.models import Client
from clients.services import record_consents
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("wide", [1280, 390])
def test_invited_by_call_seated_and_let_in(
    visit: OpenPage, manager: Employee, seller: Employee, store: Store, card: Client, wide: int
) -> None:
    record_consents(card, {"calls": True}, by=None, where=None)
    day = (datetime.now(tz=store.zone) + timedelta(days=5)).date().isoformat()
    page = visit(manager)
    page.goto("/evenings/new/")
    page.locator("#id_title").fill("Вечер жемчуга")
    page.locator("#id_starts_at").fill(f"{day}T19:00")
    page.locator("#id_ends_at").fill(f"{day}T22:00")
    page.locator("#id_seats").fill("2")
    page.get_by_role("button", name="Создать вечер").click()
    page.goto("/clients/")
    page.locator("[name=all]").check()
    page.get_by_role("button", name="На вечер…").click()
    page.get_by_role("link", name="Вечер жемчуга").click()
    page.get_by_role("button", name="Пригласить звонком").click()
    expect(page.get_by_text("Приглашён 1\xa0клиент; звонки у продавцов.")).to_be_visible()

    page = visit(seller, width=wide)
    page.goto("/errands/")
    page.locator("[name=guests]").fill("1")
    page.get_by_role("button", name="Договорились").click()
    expect(page.get_by_text("Сохранено.")).to_be_visible()
    assert Invitation.objects.values_list("answer", "guests").get() == ("accepted", 1)

    Evening.objects.update(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=3))
    page.goto("/")
    page.get_by_role("link", name="Вход").click()
    page.locator("#door-search").fill(str(card.phone)[-4:])
    page.locator("#door-search").press("Enter")
    button = page.get_by_role("button", name=f"На вечере: {card}")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("На вечере: 2, мест: 2")).to_be_visible()
    page.locator(".alert-success").get_by_role("button", name="Отменить").click()
    expect(page.get_by_text("На вечере: 0, мест: 2")).to_be_visible()
