"""A chat and its client: connected by a code, once; agreed to; disconnected; connected again."""

from datetime import timedelta

import pytest

from clients.models import Client, Consent, ConsentText, Purpose
from clients.sameness import merging
from messaging import linking
from messaging.gateways.registry import UnknownGatewayError
from messaging.linking import Came, NotConnectedError
from messaging.models import Chat, ChatCode, ChatUpdate, Message, MessageState
from stores.models import Employee
from tests.factories import ClientFactory, phone_of
from tests.messaging.conftest import NOON, Put
from tests.messaging.telegram import ANNA, STRANGER, BotApi
from tests.present import present

CHAT = str(ANNA)
pytestmark = pytest.mark.usefixtures("telegram")


def code_for(client: Client, *, by: Employee | None = None) -> str:
    return linking.offer(client, "telegram", by=by, now=NOON).address.partition("?start=")[2]


def connect(code: str, chat: str = CHAT, minutes: int = 1) -> Came:
    return linking.connect("telegram", code, chat, now=NOON + timedelta(minutes=minutes))[0]


def words(client: Client) -> list[tuple[str, bool]]:
    return list(client.consents.order_by("pk").values_list("purpose", "given"))


def test_a_code_connects_the_chat_that_brings_it(card: Client, seller: Employee) -> None:
    assert connect(code_for(card, by=seller)) == Came.CONNECTED

    chat = Chat.objects.get()
    assert (chat.client, chat.messenger, chat.number, chat.by) == (card, "telegram", CHAT, seller)
    assert linking.whose("telegram", CHAT) == card
    assert words(card) == []


def test_a_code_fits_an_address_and_is_kept_as_a_digest_alone(card: Client) -> None:
    code = code_for(card)

    assert linking.CODE.fullmatch(code)
    assert len(code) <= 64
    assert code not in str(ChatCode.objects.values().get())


def test_a_code_holds_a_quarter_of_an_hour_and_once(card: Client) -> None:
    code, late = code_for(card), code_for(card)

    assert connect(late, minutes=15) == Came.UNKNOWN
    assert connect(code) == Came.CONNECTED
    assert connect(code, str(STRANGER)) == Came.UNKNOWN
    assert Chat.objects.live().get().number == CHAT


def test_pressed_twice_is_connected_once(card: Client) -> None:
    code = code_for(card)

    assert [connect(code), connect(code), connect(code_for(card))] == [Came.CONNECTED, Came.ALREADY, Came.ALREADY]
    assert Chat.objects.count() == 1


@pytest.mark.parametrize("code", ["", "x", "a" * 24, "a" * 65, "ё" * 24, "'; --" * 6])
def test_a_code_that_nobody_gave_connects_nothing(card: Client, code: str) -> None:
    assert connect(code) == Came.UNKNOWN
    assert not Chat.objects.exists()


def test_a_chat_is_of_one_client_until_they_leave_it(card: Client) -> None:
    other = ClientFactory.create(home_store=card.home_store)
    connect(code_for(card))
    code = code_for(other)

    assert connect(code) == Came.ANOTHERS
    assert linking.whose("telegram", CHAT) == card
    linking.stop("telegram", CHAT, now=NOON)
    assert connect(code) == Came.CONNECTED
    assert linking.whose("telegram", CHAT) == other


def test_a_new_phone_takes_the_place_of_the_former(card: Client) -> None:
    connect(code_for(card))

    assert connect(code_for(card), str(STRANGER)) == Came.CONNECTED

    assert list(Chat.objects.order_by("pk").values_list("number", "why_ended")) == [(CHAT, "replaced"), (str(STRANGER), "")]


def test_a_code_shown_before_a_merge_connects_the_card_that_stays(card: Client) -> None:
    twin = ClientFactory.create(home_store=card.home_store)
    code = code_for(twin)
    merging.merge(card, twin, chosen={}, by=None)

    assert connect(code) == Came.CONNECTED
    assert linking.whose("telegram", CHAT) == card


def test_without_a_messenger_in_the_settings_there_is_no_code(card: Client, settings: object) -> None:
    settings.TELEGRAM_TOKEN = ""  # type: ignore[attr-defined]

    with pytest.raises(UnknownGatewayError):
        linking.offer(card, "telegram", by=None, now=NOON)
    with pytest.raises(UnknownGatewayError):
        linking.offer(card, "smsc", by=None, now=NOON)
    assert linking.offered() == linking.own_of(card, NOON) == []


def test_the_consent_is_given_by_the_clients_hand_to_the_very_words(card: Client) -> None:
    question = linking.question()

    assert linking.answer(card, agrees=True, version=question.version, now=NOON)

    consent = Consent.objects.get()
    assert (consent.purpose, consent.given, consent.at, consent.by) == (Purpose.ADVERTISING_MESSENGER, True, NOON, None)
    assert consent.text_version
    assert consent.text_version.text == question.text


def test_a_yes_to_words_of_before_is_asked_anew(card: Client) -> None:
    former = linking.question()
    ConsentText.objects.create(purpose=Purpose.ADVERTISING_MESSENGER, version=2, text="Иначе.", since=NOON.date())

    assert not linking.answer(card, agrees=True, version=former.version, now=NOON)
    assert linking.answer(card, agrees=False, version=former.version, now=NOON)
    assert words(card) == []


def test_stop_wants_no_advertising_by_any_way(agreed: Client, put: Put) -> None:
    connect(code_for(agreed))
    linking.answer(agreed, agrees=True, version=linking.question().version, now=NOON)
    waiting, service = put(), put(purpose="")

    assert linking.stop("telegram", CHAT, now=NOON) == agreed

    assert {purpose for purpose, given in words(agreed) if not given} == {
        Purpose.ADVERTISING_SMS, Purpose.ADVERTISING_EMAIL, Purpose.ADVERTISING_MESSENGER,
    }  # fmt: skip
    assert Chat.objects.get().why_ended == Chat.Why.STOP
    assert Message.objects.get(pk=waiting.pk).state == MessageState.SUPPRESSED
    assert Message.objects.get(pk=service.pk).state == MessageState.PENDING
    assert linking.stop("telegram", CHAT, now=NOON) is None


def test_who_blocks_the_bot_takes_back_what_was_agreed_to_there_alone(agreed: Client) -> None:
    connect(code_for(agreed))
    linking.answer(agreed, agrees=True, version=linking.question().version, now=NOON)

    linking.leave("telegram", CHAT, now=NOON)
    linking.leave("telegram", str(STRANGER), now=NOON)

    assert words(agreed)[-1] == (Purpose.ADVERTISING_MESSENGER, False)
    assert (Purpose.ADVERTISING_SMS, False) not in words(agreed)
    assert Chat.objects.get().why_ended == Chat.Why.BLOCKED


def test_a_chat_found_gone_while_sending_is_taken_back_by_the_upkeep(agreed: Client) -> None:
    connect(code_for(agreed))
    linking.answer(agreed, agrees=True, version=linking.question().version, now=NOON)
    Chat.objects.update(ended_at=NOON, why_ended=Chat.Why.BLOCKED)

    assert [linking.withdraw_of_gone(NOON), linking.withdraw_of_gone(NOON)] == [1, 0]
    assert words(agreed)[-1] == (Purpose.ADVERTISING_MESSENGER, False)


@pytest.mark.parametrize("why", [Chat.Why.COUNTER, Chat.Why.PAGE])
def test_a_chat_disconnected_by_a_slip_is_connected_again_within_a_day(card: Client, seller: Employee, why: Chat.Why) -> None:
    connect(code_for(card))
    chat = Chat.objects.get()

    linking.disconnect(card, chat.pk, why, by=seller, now=NOON)
    assert linking.whose("telegram", CHAT) is None
    assert [own.chat for own in linking.own_of(card, NOON)] == [chat]
    linking.connect_again(card, chat.pk, now=NOON + timedelta(hours=23))
    linking.connect_again(card, chat.pk, now=NOON + timedelta(days=3))

    assert linking.whose("telegram", CHAT) == card


def test_what_is_no_slip_any_more_is_not_undone(card: Client) -> None:
    other = ClientFactory.create(home_store=card.home_store)
    connect(code_for(card))
    chat = Chat.objects.get()
    linking.disconnect(card, chat.pk, Chat.Why.COUNTER, by=None, now=NOON)

    for client, now in ((other, NOON), (card, NOON + timedelta(days=1))):
        with pytest.raises(NotConnectedError):
            linking.connect_again(client, chat.pk, now=now)
    connect(code_for(other))
    with pytest.raises(NotConnectedError):
        linking.connect_again(card, chat.pk, now=NOON)

    assert linking.whose("telegram", CHAT) == other


def test_nobody_disconnects_the_chat_of_another(card: Client) -> None:
    other = ClientFactory.create(home_store=card.home_store)
    connect(code_for(card))

    linking.disconnect(other, Chat.objects.get().pk, Chat.Why.PAGE, by=None, now=NOON)

    assert linking.whose("telegram", CHAT) == card


def test_what_came_of_a_code(card: Client) -> None:
    offer = linking.offer(card, "telegram", by=None, now=NOON)

    assert present(linking.came_of(card, offer.pk)).chat is None
    connect(offer.address.partition("?start=")[2])

    assert present(linking.came_of(card, offer.pk)).chat == Chat.objects.get()
    assert linking.came_of(ClientFactory.create(), offer.pk) is None


def test_the_newest_of_several_chats_is_shown(card: Client) -> None:
    connect(code_for(card))
    linking.disconnect(card, Chat.objects.get().pk, Chat.Why.COUNTER, by=None, now=NOON)
    connect(code_for(card), str(STRANGER))

    own = linking.own_of(card, NOON)[0]

    assert (own.title, present(own.chat).number, own.takes_advertising) == ("Telegram", str(STRANGER), False)


def test_a_chat_is_found_by_a_contact(card: Client) -> None:
    connect(code_for(card))

    assert linking.number_of(phone_of(card), "telegram") == CHAT
    assert linking.number_of("+79990000000", "telegram") == ""


def test_what_is_over_is_forgotten(card: Client, telegram: BotApi) -> None:
    connect(code_for(card))
    code_for(card)
    ChatUpdate.objects.create(messenger="telegram", number=1)
    ChatUpdate.objects.update(at=NOON)

    assert linking.forget(NOON + timedelta(hours=24)) == 0
    assert linking.forget(NOON + timedelta(days=8)) == 3
    assert Chat.objects.count() == 1
