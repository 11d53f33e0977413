"""A client's browsers: turned on by their own hand, kept sealed, given over, turned off, gone."""

from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from clients.models import Client, ConsentText, Purpose
from messaging import linking, push
from messaging.models import PUSH, Chat, PushDevice
from messaging.push import NotTakenError
from tests.factories import ClientFactory
from tests.messaging.conftest import NOON
from tests.messaging.push import Browser

PHONE, LAPTOP = (
    Browser("https://fcm.googleapis.com/fcm/send/phone"),
    Browser("https://updates.push.services.mozilla.com/wpush/v2/x"),
)


def on(client: Client, browser: Browser = PHONE, agrees: int | None = None, title: str = "Chrome, Android") -> Chat:
    return push.turn_on(client, browser.says, title=title, agrees=agrees, now=NOON)


def words(client: Client) -> list[bool]:
    return list(client.consents.filter(purpose=Purpose.ADVERTISING_PUSH).order_by("pk").values_list("given", flat=True))


@pytest.fixture(autouse=True)
def _key(settings: Settings) -> None:
    settings.PUSH_KEY = push.new_key()


def test_a_browser_is_kept_sealed_and_by_its_digest(card: Client) -> None:
    chat = on(card)

    device = PushDevice.objects.get()
    assert (chat.client, chat.messenger, len(chat.number), device.title) == (card, PUSH, 64, "Chrome, Android")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM messaging_pushdevice")
        assert "googleapis" not in str(cursor.fetchall())
    assert words(card) == []  # advertising is asked for apart


def test_turned_on_twice_it_is_one_and_the_keys_are_the_newer(card: Client) -> None:
    first = on(card)
    renewed = Browser(PHONE.endpoint)
    before = PushDevice.objects.get().sealed

    assert on(card, renewed) == first
    assert PushDevice.objects.get().sealed != before


def test_advertising_is_agreed_to_by_the_words_that_stand(card: Client) -> None:
    asked = push.question()
    on(card, agrees=asked.version)
    assert words(card) == [True]

    ConsentText.objects.create(purpose=Purpose.ADVERTISING_PUSH, version=2, text="Иначе.", since=NOON.date())
    with pytest.raises(NotTakenError):
        on(card, LAPTOP, agrees=asked.version)
    assert (words(card), Chat.objects.count()) == ([True], 1)


def test_what_leads_to_no_browser_is_not_taken(card: Client) -> None:
    with pytest.raises(NotTakenError):
        push.turn_on(card, '{"endpoint": "https://10.0.0.5/"}', title="", agrees=None, now=NOON)
    assert not Chat.objects.exists()


def test_a_client_has_several_and_not_too_many(card: Client) -> None:
    chats = [on(card, Browser(f"https://fcm.googleapis.com/{number}")) for number in range(push.MOST_DEVICES + 1)]

    ended = Chat.objects.exclude(ended_at=None)
    assert [(one.pk, one.why_ended) for one in ended] == [(chats[0].pk, Chat.Why.REPLACED)]
    assert [one.pk for one in push.devices_of(card, NOON)] == [one.pk for one in reversed(chats[1:])]


def test_a_browser_is_of_whom_it_belongs_to_now(card: Client) -> None:
    mine = on(card)
    other = ClientFactory.create()
    on(other)

    mine.refresh_from_db()
    assert (mine.why_ended, push.devices_of(card, NOON)) == (Chat.Why.REPLACED, [])
    assert [one.client for one in push.devices_of(other, NOON)] == [other]


def test_turned_off_by_a_slip_it_comes_back_for_a_day(card: Client) -> None:
    chat = on(card)
    linking.disconnect(card, chat.pk, Chat.Why.PAGE, by=None, now=NOON)
    assert [one.ended_at for one in push.devices_of(card, NOON)] == [NOON]
    linking.connect_again(card, chat.pk, now=NOON)
    assert [one.ended_at for one in push.devices_of(card, NOON)] == [None]

    linking.disconnect(card, chat.pk, Chat.Why.PAGE, by=None, now=NOON)
    assert push.forget(NOON) == 0
    assert (push.forget(NOON + timedelta(days=1)), PushDevice.objects.count(), Chat.objects.count()) == (1, 0, 1)


def test_where_every_browser_is_gone_the_consent_goes_too(card: Client) -> None:
    phone, _laptop = on(card, agrees=push.question().version), on(card, LAPTOP)
    Chat.objects.filter(pk=phone.pk).update(ended_at=NOON, why_ended=Chat.Why.BLOCKED)
    assert linking.withdraw_of_gone(NOON) == 0

    Chat.objects.update(ended_at=NOON, why_ended=Chat.Why.BLOCKED)
    Chat.objects.create(client=card, messenger="telegram", number="1", linked_at=NOON)  # a chat of another kind holds nothing up
    assert (linking.withdraw_of_gone(NOON), words(card)) == (1, [True, False])


def test_without_a_key_nothing_is_offered_or_asked(
    card: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert push.offer()
    settings.PUSH_KEY = ""

    with django_assert_num_queries(0):
        assert push.offer() is None
