"""From the list of clients to a task at the seller: a campaign by call."""

import pytest
from playwright.sync_api import expect

from clients.models import Client
from clients.services import record_consents
from messaging.models import Errand
from stores.models import Employee, Store
from tests import factories
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_a_list_to_a_task_at_the_seller(
    visit: OpenPage, manager: Employee, seller: Employee, store: Store, card: Client
) -> None:
    factories.ClientFactory.create(home_store=store, last_name="Белова")
    record_consents(card, {"calls": True}, by=None, where=None)
    page = visit(manager)
    page.goto("/clients/")
    page.locator("[name=all]").check()
    page.get_by_role("button", name="Позвать звонком…").click()
    page.locator("#id_occasion").fill("Новая коллекция")
    page.get_by_label("Что сказать при звонке").fill("{name}, приглашаем примерить.")
    page.get_by_role("button", name="Посчитать, с кем можно связаться").click()

    expect(page.get_by_text("Можно связаться с 1\xa0клиентом из 2")).to_be_visible()
    page.get_by_label("Без звонка и сообщения для сравнения, %").fill("0")
    page.get_by_role("button", name="Сохранить и пересчитать").click()
    page.get_by_role("button", name="Зафиксировать список").click()
    page.get_by_role("button", name="Запустить").click()

    expect(page.get_by_text("Кампания запущена.")).to_be_visible()
    assert (Errand.objects.get().client, Errand.objects.get().assignee) == (card, seller)
    page = visit(seller, width=390)
    page.goto("/errands/?whose=mine")
    expect(page.get_by_text("Елена Викторовна, приглашаем примерить.")).to_be_visible()
