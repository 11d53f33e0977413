"""A chat connected and disconnected by its client on their own page."""

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import Settings

from clients.models import Client
from messaging import linking
from messaging.models import Chat, ChatCode
from tests.factories import ClientFactory
from tests.messaging.conftest import at_once, telegram
from tests.messaging.telegram import ANNA, BotApi, bring

__all__ = ["at_once", "telegram"]
pytestmark = pytest.mark.usefixtures("at_once")


def test_a_client_connects_a_chat_and_sees_it(mine: Browser, card: Client, telegram: BotApi) -> None:
    assert "Подключить Telegram" in mine.get("/s/").content.decode()

    page = mine.post("/s/chats/telegram/")
    code = page.content.decode().partition("?start=")[2].partition('"')[0]
    bring(telegram.wrote(f"/start {code}"))

    assert (page["Cache-Control"], ChatCode.objects.get().by) == ("no-store", None)
    assert linking.whose("telegram", str(ANNA)) == card


def test_they_disconnect_it_and_change_their_mind(mine: Browser, card: Client, telegram: BotApi) -> None:
    chat = Chat.objects.create(client=card, messenger="telegram", number=str(ANNA), linked_at=timezone.now())
    assert f"/s/chats/{chat.pk}/disconnect/" in mine.get("/s/").content.decode()

    mine.post(f"/s/chats/{chat.pk}/disconnect/")
    assert Chat.objects.get().why_ended == Chat.Why.PAGE
    assert f"/s/chats/{chat.pk}/again/" in mine.get("/s/").content.decode()
    mine.post(f"/s/chats/{chat.pk}/again/")

    assert linking.whose("telegram", str(ANNA)) == card


def test_the_chat_of_another_is_left_alone(mine: Browser, telegram: BotApi) -> None:
    other = ClientFactory.create()
    chat = Chat.objects.create(client=other, messenger="telegram", number=str(ANNA), linked_at=timezone.now())

    mine.post(f"/s/chats/{chat.pk}/disconnect/")
    mine.post(f"/s/chats/{chat.pk}/again/")

    assert linking.whose("telegram", str(ANNA)) == other


def test_nobody_without_a_code_of_the_page_gets_one_for_a_chat(client: Browser, card: Client, telegram: BotApi) -> None:
    assert client.post("/s/chats/telegram/")["Location"] == "/s/"
    assert not ChatCode.objects.exists()


def test_a_messenger_that_is_not_in_use_is_nowhere(mine: Browser, telegram: BotApi, settings: Settings) -> None:
    assert mine.post("/s/chats/smsc/").status_code == 404
    settings.TELEGRAM_TOKEN = ""

    assert mine.post("/s/chats/telegram/").status_code == 404
    assert "Telegram" not in mine.get("/s/").content.decode()
