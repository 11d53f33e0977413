import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from messaging.gateways import registry
from tests.messaging.telegram import BotApi


def test_a_messenger_is_told_where_to_bring_what_is_written(telegram: BotApi, settings: Settings) -> None:
    settings.MESSENGERS_BRING, settings.SITE_URL = True, "https://crm.example.ru"

    call_command("announce_messengers")

    assert telegram.webhook == "https://crm.example.ru/replies/chats/telegram/"
    assert telegram.called[0][1]["secret_token"] == registry.callback_secret("telegram")


def test_or_that_it_will_be_asked(telegram: BotApi) -> None:
    telegram.webhook = "https://crm.example.ru/"

    call_command("announce_messengers")

    assert telegram.webhook == ""


def test_one_that_is_away_is_said_so(telegram: BotApi, settings: Settings) -> None:
    settings.TELEGRAM_URL = "http://127.0.0.1:9"

    with pytest.raises(CommandError, match="Telegram"):
        call_command("announce_messengers")
