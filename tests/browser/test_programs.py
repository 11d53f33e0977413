"""A manager sees whom a program would choose, switches it on, and its task reaches the seller."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaigns import touching
from campaigns.models import Program
from campaigns.standing import running
from clients.models import Purpose
from clients.services import record_consents
from messaging.models import Errand
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.conftest import Sell
from tests.factories import ClientFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_program_is_seen_through_switched_on_and_makes_a_task(
    visit: OpenPage, manager: Employee, store: Store, sell: Sell
) -> None:
    cards = (ClientFactory.create(home_store=store) for _ in range(100))
    client = next(card for card in cards if not touching.is_held("return", "1", card.pk, 10))
    record_consents(client, {Purpose.CALLS: True}, by=None, where=None)
    for days in (300, 200, 92):
        sell(client, store.today() - timedelta(days=days), 10_000)
    facts = {"trigger": "return", "days_after": 92, "calls": True, "call_reason": "Позвать: давно не приходит", "is_on": False}
    Program.objects.update_or_create(key="return", defaults={"title": "Вернуть постоянного клиента", "holdout": 10, **facts})
    page = visit(manager)

    page.goto("/programs/")
    page.get_by_role("link", name="Вернуть постоянного клиента").click()
    expect(page.get_by_text("связались бы с 1 клиентом")).to_be_visible()
    page.fill("#id_holdout", "0")
    page.check("#id_is_on")
    page.locator("#settings button[type=submit]").click()
    page.wait_for_selector("text=Сценарий сохранён")
    expect(page.get_by_text("свяжемся с 1 клиентом")).to_be_visible()
    page.goto("/programs/calendar/")
    assert page.locator("tbody tr").first.locator("td.num b").all_inner_texts() == ["1", "1"]

    noon = timezone.now().astimezone(store.zone).replace(hour=12)
    assert running.plan(Program.objects.get(key="return"), now=noon) == 1
    page.goto("/errands/")
    assert page.get_by_text("Позвать: давно не приходит").first.is_visible()
    assert Errand.objects.get().client == client
