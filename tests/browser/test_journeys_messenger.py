"""A client connects Telegram at the counter: the square on the seller's screen, the chat that comes, a slip undone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from clients.models import Client, Purpose
from messaging import linking
from messaging.gateways.telegram import pace_of
from stores.models import Employee
from tests.browser.conftest import OpenPage
from tests.messaging.telegram import ANNA, BotApi, bring, running

pytestmark = pytest.mark.browser


@pytest.fixture
def telegram(live_server: LiveServer, settings: Settings) -> Iterator[BotApi]:
    pace_of.cache_clear()
    with running(settings) as api:
        yield api


def test_a_chat_comes_while_the_seller_looks(visit: OpenPage, seller: Employee, card: Client, telegram: BotApi) -> None:
    page = visit(seller, width=390)
    page.goto(f"/clients/{card.pk}/")
    page.get_by_role("button", name="Подключить Telegram").click()
    expect(page.locator("svg.qr")).to_be_visible()
    address = page.get_by_text("https://t.me/").inner_text()

    said = bring(telegram.wrote(f"/start {address.partition('?start=')[2]}")).json()
    bring(telegram.pressed(said["reply_markup"]["inline_keyboard"][0][0]["callback_data"]))

    expect(page.get_by_text("Подключено")).to_be_visible(timeout=10_000)  # by itself
    page.get_by_role("link", name="К карточке").click()
    expect(page.get_by_text("сервисные сообщения и реклама")).to_be_visible()
    page.get_by_role("button", name="Отключить: Telegram").click()
    expect(page.get_by_role("button", name="Подключить Telegram")).to_be_visible()
    assert linking.whose("telegram", str(ANNA)) is None
    page.locator("dd", has=page.get_by_role("button", name="Подключить Telegram")).get_by_role("button", name="Отменить").click()

    expect(page.get_by_role("button", name="Отключить: Telegram")).to_be_visible()
    assert linking.whose("telegram", str(ANNA)) == card
    assert card.consents.get(purpose=Purpose.ADVERTISING_MESSENGER).given
