"""What clients and strangers do in a chat with the bot, brought to the webhook or asked for."""

import pytest
from django.utils import timezone
from pytest_django import Settings

from clients.models import Client, ConsentText, Purpose
from messaging import linking, tasks
from messaging.incoming import chats
from messaging.models import Chat, ChatUpdate, Reply
from tests.factories import ClientFactory, phone_of
from tests.messaging.telegram import ANNA, STRANGER, BotApi, bring

pytestmark = pytest.mark.usefixtures("at_once")


def code_for(client: Client) -> str:
    return linking.offer(client, "telegram", by=None, now=timezone.now()).address.partition("?start=")[2]


def answered(update: dict[str, object]) -> str:
    """What the bot says to an update that is brought; empty for nothing."""
    response = bring(update)
    assert response.status_code == 200
    return str(response.json().get("text", ""))


def agrees(client: Client) -> bool | None:
    return client.consents.filter(purpose=Purpose.ADVERTISING_MESSENGER).values_list("given", flat=True).order_by("-pk").first()


def test_a_client_connects_is_asked_and_says_yes(card: Client, telegram: BotApi) -> None:
    said = bring(telegram.wrote(f"/start {code_for(card)}")).json()
    assert (said["method"], said["chat_id"]) == ("sendMessage", str(ANNA))
    assert said["text"].startswith("Готово")
    assert ConsentText.objects.get(purpose=Purpose.ADVERTISING_MESSENGER).text in said["text"]
    assert agrees(card) is None
    yes, no = (row[0]["callback_data"] for row in said["reply_markup"]["inline_keyboard"])

    assert "Записали" in answered(telegram.pressed(yes))
    assert agrees(card) is True
    assert ("answerCallbackQuery", {"callback_query_id": "77"}) in telegram.called
    assert "Записали" in answered(telegram.pressed(no))
    assert agrees(card) is False


def test_the_bot_speaks_the_clients_language(card: Client, telegram: BotApi) -> None:
    Client.objects.filter(pk=card.pk).update(language="en")

    assert answered(telegram.wrote(f"/start {code_for(card)}", language="ru")).startswith("Done")
    assert answered(telegram.wrote("/start", STRANGER, language="en-US")).startswith("This is the bot")


@pytest.mark.parametrize("text", ["/start", "/start " + "a" * 32, "Привет", "стоп", "/stop", "+79147012233"])
def test_a_stranger_hears_the_same_whatever_they_write_and_once(card: Client, telegram: BotApi, text: str) -> None:
    neutral = answered(telegram.wrote("/start", 3003))

    assert answered(telegram.wrote(text, STRANGER)) == neutral
    assert answered(telegram.wrote(text, STRANGER)) == ""
    assert not Reply.objects.exists()


def test_a_stranger_cannot_press_what_a_client_was_asked(card: Client, telegram: BotApi) -> None:
    answered(telegram.pressed(f"yes:{linking.question().version}", STRANGER))

    assert agrees(card) is None


@pytest.mark.parametrize("text", ["/stop", "стоп", "СТОП!", "Stop", "отпишите пожалуйста"])
def test_stop_ends_it(card: Client, telegram: BotApi, text: str) -> None:
    answered(telegram.wrote(f"/start {code_for(card)}"))

    assert "Больше" in answered(telegram.wrote(text))

    assert Chat.objects.get().why_ended == Chat.Why.STOP


def test_blocking_the_bot_ends_it(card: Client, telegram: BotApi) -> None:
    answered(telegram.wrote(f"/start {code_for(card)}"))

    assert answered(telegram.blocks()) == ""
    assert Chat.objects.get().why_ended == Chat.Why.BLOCKED


def test_a_chat_of_another_card_is_said_so_to_its_owner(card: Client, telegram: BotApi) -> None:
    answered(telegram.wrote(f"/start {code_for(card)}"))

    assert "/stop" in answered(telegram.wrote(f"/start {code_for(ClientFactory.create())}"))
    assert Chat.objects.get().client == card


def test_what_a_client_writes_is_read_by_the_store(card: Client, telegram: BotApi) -> None:
    answered(telegram.wrote(f"/start {code_for(card)}"))

    assert "прочитаем" in answered(telegram.wrote("Когда будет готово кольцо?"))
    assert answered(telegram.wrote("И сколько стоит?")) == ""

    replies = Reply.objects.order_by("pk")
    assert [(one.client, one.sender, one.gateway) for one in replies] == [(card, phone_of(card), "telegram")] * 2
    assert answered(telegram.wrote("/start")) != ""


def test_an_update_that_comes_twice_counts_once(card: Client, telegram: BotApi) -> None:
    update = telegram.wrote(f"/start {code_for(card)}")

    assert answered(update) != ""
    assert answered(update) == ""
    assert ChatUpdate.objects.count() == Chat.objects.count() == 1


def test_words_of_a_consent_that_changed_are_asked_once_more(card: Client, telegram: BotApi) -> None:
    said = bring(telegram.wrote(f"/start {code_for(card)}")).json()
    yes = said["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    ConsentText.objects.create(purpose=Purpose.ADVERTISING_MESSENGER, version=2, text="Иначе.", since=timezone.localdate())

    assert "Иначе." in answered(telegram.pressed(yes))
    assert agrees(card) is None


def test_a_chat_that_never_ends_talking_is_not_listened_to(
    card: Client, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chats, "MOST_A_MINUTE", 3)
    answered(telegram.wrote(f"/start {code_for(card)}"))

    for _each in range(5):
        answered(telegram.wrote("Алло"))

    assert Reply.objects.count() == 2


@pytest.mark.parametrize("secret", ["wrong", "ёж", "0" * 40])
def test_nobody_else_brings_anything(card: Client, telegram: BotApi, secret: str) -> None:
    update = telegram.wrote(f"/start {code_for(card)}")

    assert bring(update, secret=secret).status_code == 404
    assert not Chat.objects.exists()


def test_without_a_token_nothing_is_there(card: Client, telegram: BotApi, settings: Settings) -> None:
    settings.TELEGRAM_TOKEN = ""

    assert bring(telegram.wrote("/start")).status_code == 404


def test_where_nothing_is_brought_it_is_asked_for(card: Client, telegram: BotApi) -> None:
    telegram.wrote(f"/start {code_for(card)}")
    telegram.wrote("/start", STRANGER)
    telegram.pressed(f"yes:{linking.question().version}")

    assert tasks.listen_to_messengers() == 3
    assert tasks.listen_to_messengers() == 0

    assert linking.whose("telegram", str(ANNA)) == card
    assert agrees(card) is True
    assert [len(telegram.texts(chat)) for chat in (ANNA, STRANGER)] == [2, 1]
    assert ("answerCallbackQuery", {"callback_query_id": "77"}) in telegram.called


def test_a_worker_that_dies_before_it_told_so_sees_to_nothing_twice(card: Client, telegram: BotApi) -> None:
    updates = [telegram.wrote(f"/start {code_for(card)}"), telegram.wrote("Спасибо")]
    tasks.listen_to_messengers()
    telegram.updates = updates

    assert tasks.listen_to_messengers() == 2
    assert (Chat.objects.count(), Reply.objects.count(), len(telegram.texts())) == (1, 1, 2)


def test_one_word_that_nobody_foresaw_keeps_no_other_from_being_heard(
    card: Client, telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(chats, "_kept", fails)
    telegram.wrote(f"/start {code_for(card)}")
    telegram.wrote("Алло")
    telegram.wrote("/stop")

    assert tasks.listen_to_messengers() == 3
    assert Chat.objects.get().why_ended == Chat.Why.STOP


def test_a_messenger_that_is_away_or_brings_is_not_waited_for(telegram: BotApi, settings: Settings) -> None:
    telegram.webhook = "https://crm.example.ru/"
    telegram.wrote("/start")
    assert tasks.listen_to_messengers() == 0

    settings.MESSENGERS_BRING, telegram.webhook = True, ""
    assert tasks.listen_to_messengers() == 0
    assert [method for method, _said in telegram.called] == ["getUpdates"]
