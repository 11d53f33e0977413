"""Telegram's Bot API as its documentation describes it, on loopback: chats, who blocked the bot, what was sent, updates."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client as Browser
from pytest_django import Settings

from messaging.gateways import registry
from messaging.gateways.telegram import SECRET_HEADER, TelegramGateway
from tests.messaging.stub import Asked, Said, Stub

TOKEN, BOT = "123456:secret-token", "carat_test_bot"
ANNA, STRANGER = 1001, 2002


class BotApi:
    """``chats`` have opened the bot; ``blocked`` are those who closed it; ``how`` breaks the next answers (``Said``)."""

    def __init__(self) -> None:
        self.chats, self.blocked = {ANNA, STRANGER}, set[int]()
        self.sent: list[dict[str, Any]] = []
        self.called: list[tuple[str, dict[str, Any]]] = []
        self.updates: list[dict[str, Any]] = []
        self.next: list[Said] = []
        self.webhook = ""
        self.number = 500

    def __call__(self, asked: Asked) -> Said:
        _empty, bot, method = asked.path.split("/")
        said = json.loads(asked.body)
        self.called.append((method, said))
        if bot != f"bot{TOKEN}":
            return self.error(401, "Unauthorized")
        if self.next and method != "getUpdates":
            return self.next.pop(0)
        return getattr(self, method)(said)  # type: ignore[no-any-return]

    def sendMessage(self, said: dict[str, Any]) -> Said:  # noqa: N802 — the method's name
        chat = int(said["chat_id"])
        if chat not in self.chats:
            return self.error(400, "Bad Request: chat not found")
        if chat in self.blocked:
            return self.error(403, "Forbidden: bot was blocked by the user")
        if len(said["text"]) > 4096:
            return self.error(400, "Bad Request: message is too long")
        self.sent.append(said)
        return self.ok({"message_id": len(self.sent), "chat": {"id": chat, "type": "private"}, "date": 0, "text": said["text"]})

    def getUpdates(self, said: dict[str, Any]) -> Said:  # noqa: N802
        if self.webhook:
            return self.error(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        self.updates = [update for update in self.updates if update["update_id"] >= said.get("offset", 0)]
        return self.ok(self.updates[: said["limit"]])

    def answerCallbackQuery(self, said: dict[str, Any]) -> Said:  # noqa: N802
        return self.ok(True)

    def setWebhook(self, said: dict[str, Any]) -> Said:  # noqa: N802
        self.webhook = said["url"]
        return self.ok(True, "Webhook was set")

    def deleteWebhook(self, said: dict[str, Any]) -> Said:  # noqa: N802
        self.webhook = ""
        return self.ok(True, "Webhook was deleted")

    def ok(self, result: Any, words: str = "") -> Said:
        return Said(200, json.dumps({"ok": True, "result": result, **({"description": words} if words else {})}))

    def error(self, code: int, words: str, **parameters: Any) -> Said:
        told: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
        return Said(code, json.dumps(told | ({"parameters": parameters} if parameters else {})))

    def texts(self, chat: int = ANNA) -> list[str]:
        return [said["text"] for said in self.sent if int(said["chat_id"]) == chat]

    def wrote(self, text: str, chat: int = ANNA, language: str = "ru") -> dict[str, Any]:
        """An update: somebody wrote to the bot."""
        who = {"id": chat, "is_bot": False, "first_name": "Анна", "language_code": language}
        message = {"message_id": self.number, "from": who, "chat": {"id": chat, "type": "private"}, "date": 0, "text": text}
        return self.update(message=message)

    def pressed(self, stands_for: str, chat: int = ANNA) -> dict[str, Any]:
        message = {"message_id": 1, "chat": {"id": chat, "type": "private"}, "date": 0}
        return self.update(callback_query={"id": "77", "from": {"id": chat}, "message": message, "data": stands_for})

    def blocks(self, chat: int = ANNA) -> dict[str, Any]:
        self.blocked.add(chat)
        change = {"chat": {"id": chat, "type": "private"}, "new_chat_member": {"status": "kicked"}}
        return self.update(my_chat_member=change)

    def update(self, **what: Any) -> dict[str, Any]:
        self.number += 1
        update = {"update_id": self.number, **what}
        self.updates.append(update)
        return update


@contextmanager
def running(settings: Settings) -> Iterator[BotApi]:
    """The stub, described in the settings."""
    api = BotApi()
    with Stub(api).running() as stub:
        settings.TELEGRAM_TOKEN, settings.TELEGRAM_BOT, settings.TELEGRAM_URL = TOKEN, BOT, stub.url
        yield api


def gateway(url: str, token: str = TOKEN) -> TelegramGateway:
    return TelegramGateway(token=token, bot=BOT, secret=registry.callback_secret("telegram"), url=url)


def bring(update: dict[str, Any], *, secret: str = "") -> Any:
    """Telegram brings an update to the webhook. Returns the response."""
    headers = {SECRET_HEADER: secret or registry.callback_secret("telegram")}
    return Browser().post("/replies/chats/telegram/", json.dumps(update), content_type="application/json", headers=headers)
