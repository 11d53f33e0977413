"""Telegram by its documented Bot API, on loopback: what it takes, refuses, and what only it knows."""

import json

import pytest
import urllib3
from pytest_django import Settings

from messaging.gateways import GatewayRefusedError, GatewayUncertainError, Outgoing, http
from messaging.gateways.chats import Button, ForgedError, Heard, Said, Spoken
from messaging.gateways.telegram import SECRET_HEADER, TelegramGateway, pace_of
from tests.messaging import stub
from tests.messaging.telegram import ANNA, TOKEN, BotApi, gateway

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "pool", urllib3.PoolManager(timeout=urllib3.Timeout(connect=1, read=0.5), retries=False))


@pytest.fixture
def bot(telegram: BotApi, settings: Settings) -> TelegramGateway:
    return gateway(settings.TELEGRAM_URL)


def outgoing(text: str = "Ваше кольцо готово", to: int = ANNA, subject: str = "") -> Outgoing:
    return Outgoing(message_id=1, token="", recipient=str(to), text=text, subject=subject)


def test_a_text_arrives_as_it_is_written(bot: TelegramGateway, telegram: BotApi) -> None:
    assert bot.send(outgoing("<b>5 & 6</b>", subject="Кольцо < 17")) == "1"

    assert telegram.sent == [
        {"chat_id": str(ANNA), "text": "<b>Кольцо &lt; 17</b>\n\n&lt;b&gt;5 &amp; 6&lt;/b&gt;", "parse_mode": "HTML"}
    ]


@pytest.mark.parametrize(
    ("code", "words", "ended", "closed"),
    [
        (403, "Forbidden: bot was blocked by the user", True, False),
        (403, "Forbidden: user is deactivated", True, False),
        (400, "Bad Request: chat not found", True, False),
        (400, "Bad Request: message text is empty", False, False),
        (401, "Unauthorized", False, True),
        (404, "Not Found", False, True),
    ],
)
def test_what_it_refuses_it_has_not_taken(
    bot: TelegramGateway, telegram: BotApi, code: int, words: str, ended: bool, closed: bool
) -> None:
    telegram.next = [telegram.error(code, words)]

    with pytest.raises(GatewayRefusedError, match=words) as refused:
        bot.send(outgoing())

    assert (refused.value.ended, refused.value.closed) == (ended, closed)
    assert telegram.sent == []


def test_a_pace_that_it_asks_for_is_kept_without_asking_again(bot: TelegramGateway, telegram: BotApi) -> None:
    telegram.next = [telegram.error(429, "Too Many Requests: retry after 30", retry_after=30)]

    with pytest.raises(GatewayRefusedError) as refused:
        bot.send(outgoing())
    with pytest.raises(GatewayRefusedError) as again:
        bot.send(outgoing())

    assert (refused.value.busy, refused.value.wait) == (True, 30)
    assert 29 < again.value.wait <= 30
    assert len(telegram.called) == 1


@pytest.mark.parametrize(
    "said",
    [stub.Said(how="hang"), stub.Said(how="cut"), stub.Said(502, "Bad Gateway"), stub.Said(200, "{"),
     stub.Said(200, '{"ok": true}'), stub.Said(500, '{"ok": false, "error_code": 500, "description": "Internal"}')],
)  # fmt: skip
def test_what_is_no_answer_is_a_doubt(bot: TelegramGateway, telegram: BotApi, said: stub.Said) -> None:
    telegram.next = [said]

    with pytest.raises(GatewayUncertainError):
        bot.send(outgoing())


def test_where_nobody_listens_nothing_was_taken_and_the_token_is_in_no_words() -> None:
    nowhere = gateway("http://127.0.0.1:9")

    with pytest.raises(GatewayRefusedError) as refused:
        nowhere.send(outgoing())

    assert refused.value.down
    assert TOKEN not in str(refused.value)


def test_a_wrong_token_rests_until_a_person_acts(telegram: BotApi, settings: Settings) -> None:
    with pytest.raises(GatewayRefusedError) as refused:
        gateway(settings.TELEGRAM_URL, token="1:other").send(outgoing())

    assert refused.value.closed


def test_longer_than_a_message_may_be_is_not_even_tried(bot: TelegramGateway, telegram: BotApi) -> None:
    with pytest.raises(GatewayRefusedError):
        bot.send(outgoing("я" * 4_097))

    assert telegram.called == []


def test_an_address_brings_the_code_back(bot: TelegramGateway) -> None:
    assert bot.address("Ab-_9") == "https://t.me/carat_test_bot?start=Ab-_9"


def test_buttons_stand_under_what_is_said(bot: TelegramGateway, telegram: BotApi) -> None:
    spoken = Spoken(str(ANNA), "Да?", [Button("Да", "yes:1"), Button("Нет", "no:1")])

    bot.say(spoken)

    keyboard = [[{"text": "Да", "callback_data": "yes:1"}], [{"text": "Нет", "callback_data": "no:1"}]]
    assert telegram.sent[0]["reply_markup"] == {"inline_keyboard": keyboard}
    assert bot.in_answer(spoken) == {"method": "sendMessage", **telegram.sent[0]}
    assert bot.in_answer(None) == {}


def test_what_is_done_in_chats_is_asked_for_once(bot: TelegramGateway, telegram: BotApi) -> None:
    telegram.wrote("/start abc")
    telegram.pressed("yes:1")
    telegram.blocks()
    telegram.update(channel_post={"chat": {"id": 1, "type": "channel"}})

    heard = bot.listen(None)
    assert [(one.kind, one.text) for one in heard] == [
        (Heard.STARTED, "abc"), (Heard.PRESSED, "yes:1"), (Heard.LEFT, ""), (Heard.WROTE, ""),
    ]  # fmt: skip
    assert heard[0] == Said(501, str(ANNA), Heard.STARTED, "abc", "ru")

    assert bot.listen(heard[-1].number) == []
    assert telegram.updates == []


def test_asking_is_refused_while_it_brings(bot: TelegramGateway, telegram: BotApi) -> None:
    assert bot.announce("https://crm.example.ru/replies/chats/telegram/") == "Webhook was set"
    with pytest.raises(GatewayRefusedError, match="Conflict"):
        bot.listen(None)

    assert bot.announce("") == "Webhook was deleted"
    assert telegram.called[0][1]["secret_token"] == bot.secret
    assert bot.listen(None) == []


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "message": {"chat": {"id": -5, "type": "group"}, "text": "/start abc"}},
        {"update_id": 1, "message": {"chat": {"type": "private"}, "text": "x"}},
        {"update_id": 1, "edited_message": {}},
        {"update_id": "x", "message": 5},
        {},
    ],
)
def test_what_says_nothing_to_us_is_left_alone(bot: TelegramGateway, update: dict[str, object]) -> None:
    assert bot.read({SECRET_HEADER: bot.secret}, json.dumps(update).encode()) == []


@pytest.mark.parametrize(("secret", "body"), [("", b"{}"), ("wrong", b"{}"), ("ёж", b"{}"), (None, b"not json")])
def test_what_it_did_not_bring_is_forged(bot: TelegramGateway, secret: str | None, body: bytes) -> None:
    with pytest.raises(ForgedError):
        bot.read({SECRET_HEADER: bot.secret if secret is None else secret}, body)


def test_one_pace_for_a_bot() -> None:
    assert pace_of(TOKEN) is pace_of(TOKEN)
    assert pace_of("other") is not pace_of(TOKEN)
