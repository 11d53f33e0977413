"""Notifications turned on and off by clients on their own page, and what an installed page consists of."""

import json
import re

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from clients.models import Client, Purpose
from messaging import push
from messaging.models import Chat, PushDevice
from tests.factories import ClientFactory
from tests.messaging.push import Browser as Device
from tests.messaging.push import bytes64

PHONE = Device("https://fcm.googleapis.com/fcm/send/phone")
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile Safari/604.1"


@pytest.fixture(autouse=True)
def _key(settings: Settings) -> None:
    settings.PUSH_KEY = push.new_key()


def shown(mine: Browser) -> str:
    return mine.get("/s/").content.decode()


def test_a_client_turns_them_on_and_agrees_to_advertising_apart(mine: Browser, card: Client) -> None:
    page = shown(mine)
    key, version = re.search(r'data-push="([^"]+)"', page), re.search(r'name="agrees" value="(\d+)"', page)
    assert key
    assert len(bytes64(key[1])) == 65
    assert version
    assert push.question().text in page

    mine.post("/s/push/", {"subscription": PHONE.says}, headers={"User-Agent": ANDROID})
    assert (PushDevice.objects.get().title, card.consents.filter(purpose=Purpose.ADVERTISING_PUSH).count()) == (
        "Chrome, Android",
        0,
    )
    mine.post("/s/push/", {"subscription": PHONE.says, "agrees": version[1]}, headers={"User-Agent": ANDROID})

    page = shown(mine)
    assert card.consents.get(purpose=Purpose.ADVERTISING_PUSH).given
    assert f'data-device="{Chat.objects.get().number}"' in page
    assert 'name="agrees"' not in page
    assert "Реклама в уведомлениях" in page  # among the consents, to be taken back


@pytest.mark.parametrize("said", [{}, {"subscription": "{}"}, {"subscription": PHONE.says, "agrees": "999"}])
def test_what_cannot_be_taken_is_said_and_nothing_is_kept(mine: Browser, said: dict[str, str]) -> None:
    assert mine.post("/s/push/", said)["Location"] == "/s/"

    assert "включить уведомления не получилось" in shown(mine)
    assert not Chat.objects.exists()


def test_they_turn_them_off_and_change_their_mind(mine: Browser, card: Client) -> None:
    mine.post("/s/push/", {"subscription": PHONE.says}, headers={"User-Agent": IPHONE})
    chat = Chat.objects.get()

    mine.post(f"/s/chats/{chat.pk}/disconnect/")
    assert "Safari, iPhone: выключено" in " ".join(shown(mine).split())
    mine.post(f"/s/chats/{chat.pk}/again/")

    assert [one.ended_at for one in push.devices_of(card, chat.linked_at)] == [None]


def test_the_device_of_another_is_left_alone(mine: Browser) -> None:
    other = ClientFactory.create()
    chat = push.turn_on(other, PHONE.says, title="", agrees=None, now=other.created_at)

    mine.post(f"/s/chats/{chat.pk}/disconnect/")

    assert Chat.objects.get().ended_at is None


def test_nobody_without_a_code_turns_anything_on(client: Browser, db: None) -> None:
    assert client.post("/s/push/", {"subscription": PHONE.says})["Location"] == "/s/"
    assert not Chat.objects.exists()


def test_a_chain_without_a_key_offers_none(mine: Browser, settings: Settings) -> None:
    settings.PUSH_KEY = ""

    assert "Уведомления" not in shown(mine)
    assert mine.post("/s/push/", {"subscription": PHONE.says}).status_code == 404


def test_the_worker_stands_beside_the_page_it_serves(client: Browser, db: None) -> None:
    worker = client.get("/s/worker.js")

    assert (worker.status_code, worker["Content-Type"], worker["Cache-Control"]) == (
        200,
        "text/javascript; charset=utf-8",
        "no-cache",
    )
    assert "script-src 'self'" in worker["Content-Security-Policy"]
    assert b"showNotification" in worker.content


def test_the_page_can_be_installed(client: Browser, db: None) -> None:
    assert '<link rel="manifest" href="/s/app.webmanifest">' in client.get("/s/").content.decode()

    told = json.loads(client.get("/s/app.webmanifest").content)

    assert (told["start_url"], told["scope"], told["display"]) == ("/s/", "/s/", "standalone")
    assert told["icons"] == [{"src": "/static/carat/mark.svg", "type": "image/svg+xml", "sizes": "any"}]
