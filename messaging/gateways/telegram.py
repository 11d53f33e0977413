"""Telegram by its Bot API: messages to chats that clients opened, and what is done there, brought or asked for."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

from messaging.gateways import GatewayRefusedError, GatewayUncertainError, Outgoing, Receipt, http
from messaging.gateways.chats import ForgedError, Heard, Said, Spoken
from messaging.gateways.pacing import Pace

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — the name of a header
UPDATES = ["message", "callback_query", "my_chat_member"]
# Counted after the marks of the text were read.
LONGEST_TEXT = 4_096
AT_ONCE, MOST_BYTES = 100, 8_000_000
IN_CHAT, IN_ALL = 1.0, 1 / 25
# A chat that the answer says this of takes nothing from us any more, whoever asks.
GONE = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated", "user_is_blocked")
# A token that is not ours is answered with either.
WRONG_TOKEN = (401, 404)


@cache
def pace_of(token: str) -> Pace:
    """One pace for a bot, whoever of the process speaks."""
    return Pace(in_chat=IN_CHAT, in_all=IN_ALL)


@dataclass(frozen=True, kw_only=True)
class TelegramGateway:
    """``bot`` is its name without ``@``; ``secret`` what Telegram sends along with what it brings."""

    token: str
    bot: str
    secret: str
    url: str = "https://api.telegram.org"
    name: str = "telegram"
    at_once: int = 32

    def send(self, message: Outgoing) -> str:
        heading = f"<b>{escape(message.subject)}</b>\n\n" if message.subject else ""
        if len(message.subject) + len(message.text) + 2 > LONGEST_TEXT:
            raise GatewayRefusedError("longer than a message may be")
        return self._sent(message.recipient, {"text": heading + escape(message.text, quote=False), "parse_mode": "HTML"})

    def balance(self) -> Decimal | None:
        """It costs nothing."""
        return None

    def poll(self, message_id: int, recipient: str) -> Receipt | None:
        """What it took is in the chat; when it is read it does not tell."""
        return None

    def address(self, code: str) -> str:
        return f"https://t.me/{quote(self.bot)}?start={quote(code, safe='')}"

    def read(self, headers: Mapping[str, str], body: bytes) -> list[Said]:
        brought = headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(brought.encode(), self.secret.encode()):
            raise ForgedError
        try:
            update = json.loads(body)
        except ValueError as error:
            raise ForgedError from error
        said = _said(update) if isinstance(update, dict) else None
        return [said] if said else []

    def in_answer(self, spoken: Spoken | None) -> dict[str, Any]:
        return {"method": "sendMessage", **_message(spoken)} if spoken else {}

    def listen(self, after: int | None) -> list[Said]:
        offset = {} if after is None else {"offset": after + 1}
        try:
            asked = {"limit": AT_ONCE, "timeout": 0, "allowed_updates": UPDATES, **offset}
            answer = self._called("getUpdates", asked, most=MOST_BYTES)
        except GatewayUncertainError as error:
            raise GatewayRefusedError(str(error), down=True) from error
        if answer.get("ok") is not True:
            raise GatewayRefusedError(_words(answer), down=True)
        return [_said(update) or _nothing(update) for update in answer["result"]]

    def say(self, spoken: Spoken) -> None:
        said = _message(spoken)
        self._sent(said.pop("chat_id"), said)

    def acknowledge(self, press: str) -> None:
        self._called("answerCallbackQuery", {"callback_query_id": press})

    def announce(self, address: str) -> str:
        if not address:
            return _words(self._called("deleteWebhook", {}))
        webhook = {"url": address, "secret_token": self.secret, "allowed_updates": UPDATES}
        return _words(self._called("setWebhook", webhook))

    def _sent(self, chat: str, said: Mapping[str, Any]) -> str:
        pace = pace_of(self.token)
        pace.wait_turn(chat)
        answer = self._called("sendMessage", {"chat_id": chat, **said})
        if answer.get("ok") is True and isinstance(answer.get("result"), dict):
            return str(answer["result"].get("message_id", ""))
        raise self._refusal(answer, chat)

    def _refusal(self, answer: Mapping[str, Any], chat: str) -> GatewayRefusedError | GatewayUncertainError:
        """What an answer that is no "ok" means for the message; what is no answer of the Bot API is a doubt."""
        code, words = answer.get("error_code"), _words(answer)
        if answer.get("ok") is not False or not isinstance(code, int) or code >= 500:
            return GatewayUncertainError(words)
        if code == 429:
            wait = _retry_after(answer)
            pace_of(self.token).rest(wait, chat)
            return GatewayRefusedError(words, busy=True, wait=wait)
        if code in WRONG_TOKEN:
            return GatewayRefusedError(words, closed=True)
        is_gone = code == 403 or any(sign in words.lower() for sign in GONE)
        return GatewayRefusedError(words, ended=is_gone)

    def _called(self, method: str, said: Mapping[str, Any], *, most: int = http.MOST_BYTES) -> dict[str, Any]:
        """A method's answer; where it is none of the Bot API's, the status stands for its words."""
        try:
            answer = http.post_json(f"{self.url}/bot{self.token}/{method}", said, most=most)
        except GatewayRefusedError as error:
            raise GatewayRefusedError(self._hidden(error), down=error.down, closed=error.closed) from None
        except GatewayUncertainError as error:
            raise GatewayUncertainError(self._hidden(error)) from None
        try:
            told = json.loads(answer.body)
        except ValueError:
            told = None
        return told if isinstance(told, dict) else {"description": f"{answer.status} {self._hidden(answer.words)}"}

    def _hidden(self, words: object) -> str:
        """The address holds the token, and words are kept."""
        return str(words).replace(self.token, "…")


def _message(spoken: Spoken) -> dict[str, Any]:
    said: dict[str, Any] = {"chat_id": spoken.chat, "text": escape(spoken.text, quote=False), "parse_mode": "HTML"}
    if spoken.buttons:
        rows = [[{"text": button.words, "callback_data": button.stands_for}] for button in spoken.buttons]
        said["reply_markup"] = {"inline_keyboard": rows}
    return said


def _words(answer: Mapping[str, Any]) -> str:
    return str(answer.get("description") or ("ok" if answer.get("ok") else "no words"))[:160]


def _retry_after(answer: Mapping[str, Any]) -> float:
    asked = (answer.get("parameters") or {}).get("retry_after")
    return float(asked) if isinstance(asked, int | float) and 0 < asked < 24 * 60 * 60 else 1.0


def _nothing(update: Mapping[str, Any]) -> Said:
    """An update that says nothing to us has a number all the same."""
    return Said(int(update["update_id"]), "", Heard.WROTE)


def _said(update: Mapping[str, Any]) -> Said | None:
    """What somebody did in a chat of their own with the bot; None for groups and whatever else there is."""
    try:
        number = int(update["update_id"])
        if pressed := update.get("callback_query"):
            return _pressed(number, pressed)
        if changed := update.get("my_chat_member"):
            has_left = changed["new_chat_member"]["status"] in ("kicked", "left")
            return Said(number, _private(changed["chat"]), Heard.LEFT) if has_left else None
        message = update["message"]
        text, language = str(message.get("text", ""))[:2_000], str((message.get("from") or {}).get("language_code", ""))
        command, _space, payload = text.partition(" ")
        if command == "/start":
            return Said(number, _private(message["chat"]), Heard.STARTED, payload.strip()[:64], language)
        return Said(number, _private(message["chat"]), Heard.WROTE, text, language)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _pressed(number: int, pressed: Mapping[str, Any]) -> Said:
    chat, language = _private(pressed["message"]["chat"]), str(pressed["from"].get("language_code", ""))
    return Said(number, chat, Heard.PRESSED, str(pressed.get("data", ""))[:64], language, str(pressed["id"])[:64])


def _private(chat: Mapping[str, Any]) -> str:
    if chat["type"] != "private":
        raise ValueError(chat["type"])
    return str(int(chat["id"]))
