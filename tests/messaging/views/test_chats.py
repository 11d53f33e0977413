"""A client's chat at the counter: the code on the seller's screen, the chat that comes, undone and done again."""

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from clients.models import Client
from messaging import linking
from messaging.models import Chat, ChatCode
from stores.models import Employee
from tests.conftest import SignIn
from tests.messaging.telegram import ANNA, BotApi, bring


@pytest.fixture
def counter(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


def connect(browser: Browser, card: Client) -> str:
    """Show a code; returns it."""
    page = browser.post(f"/clients/{card.pk}/chats/telegram/")
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    return page.content.decode().partition("?start=")[2].partition("<")[0]


def test_the_seller_sees_the_chat_come(counter: Browser, card: Client, telegram: BotApi) -> None:
    code = connect(counter, card)
    waiting = f"/clients/{card.pk}/chats/codes/{ChatCode.objects.get().pk}/"
    assert "hx-get" in counter.get(waiting).content.decode()

    bring(telegram.wrote(f"/start {code}"))

    page = counter.get(waiting).content.decode()
    assert "Подключено" in page
    assert "hx-get" not in page


def test_a_code_that_holds_no_more_is_said_so(counter: Browser, card: Client, telegram: BotApi) -> None:
    connect(counter, card)
    ChatCode.objects.update(expires_at=timezone.now())

    page = counter.get(f"/clients/{card.pk}/chats/codes/{ChatCode.objects.get().pk}/").content.decode()

    assert "hx-get" not in page
    assert f"/clients/{card.pk}/chats/telegram/" in page


def test_the_card_shows_the_chat_and_takes_it_away_and_back(counter: Browser, card: Client, telegram: BotApi) -> None:
    assert "Подключить Telegram" in counter.get(f"/clients/{card.pk}/").content.decode()
    chat = Chat.objects.create(client=card, messenger="telegram", number=str(ANNA), linked_at=timezone.now())
    assert "только сервисные сообщения" in counter.get(f"/clients/{card.pk}/").content.decode()

    counter.post(f"/clients/{card.pk}/chats/{chat.pk}/disconnect/")
    assert linking.whose("telegram", str(ANNA)) is None
    again = f"/clients/{card.pk}/chats/{chat.pk}/again/"
    assert again in counter.get(f"/clients/{card.pk}/").content.decode()
    counter.post(again)

    assert linking.whose("telegram", str(ANNA)) == card
    chat.refresh_from_db()
    assert (chat.why_ended, chat.ended_by) == ("", None)


def test_who_disconnected_it_is_kept(counter: Browser, seller: Employee, card: Client, telegram: BotApi) -> None:
    chat = Chat.objects.create(client=card, messenger="telegram", number=str(ANNA), linked_at=timezone.now())

    counter.post(f"/clients/{card.pk}/chats/{chat.pk}/disconnect/")

    chat.refresh_from_db()
    assert (chat.why_ended, chat.ended_by) == (Chat.Why.COUNTER, seller)


def test_what_cannot_be_undone_is_said_so(counter: Browser, card: Client, telegram: BotApi) -> None:
    chat = Chat.objects.create(
        client=card, messenger="telegram", number=str(ANNA), linked_at=timezone.now(), ended_at=timezone.now(), why_ended="stop"
    )

    page = counter.post(f"/clients/{card.pk}/chats/{chat.pk}/again/", follow=True).content.decode()

    assert "новый код" in page
    assert linking.whose("telegram", str(ANNA)) is None


def test_a_messenger_that_is_not_in_use_is_nowhere(counter: Browser, card: Client, telegram: BotApi, settings: Settings) -> None:
    assert counter.post(f"/clients/{card.pk}/chats/smsc/").status_code == 404
    settings.TELEGRAM_BOT = ""

    assert counter.post(f"/clients/{card.pk}/chats/telegram/").status_code == 404
    assert "Telegram" not in counter.get(f"/clients/{card.pk}/").content.decode()


def test_a_code_of_another_card_is_not_looked_at(counter: Browser, card: Client, telegram: BotApi) -> None:
    connect(counter, card)

    assert counter.get(f"/clients/{card.pk + 1}/chats/codes/{ChatCode.objects.get().pk}/").status_code == 404


def test_a_box_for_it_can_be_unticked_at_the_counter_and_not_ticked(counter: Browser, card: Client, telegram: BotApi) -> None:
    part = f"/clients/{card.pk}/parts/consents/"
    assert "disabled" in counter.get(part).content.decode()


def test_a_card_without_chats_asks_nothing_more(
    counter: Browser, card: Client, telegram: BotApi, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert [own.title for own in linking.offered()] == ["Telegram"]
