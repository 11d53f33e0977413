"""Messages that may go to a chat: there first, another way after a certain refusal, never two ways."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from clients.models import Client, Consent, Purpose
from clients.services import record_consents
from messaging import services
from messaging.gateways import Gateway, Outgoing, registry
from messaging.models import Chat, Message, MessageState, Reason, Route, StopEntry
from messaging.outbox import chats
from messaging.outbox.chats import OpenChat
from tests.conftest import Decided
from tests.factories import ClientFactory
from tests.messaging import stub
from tests.messaging.conftest import NIGHT, NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send, spent, state
from tests.messaging.telegram import ANNA, STRANGER, BotApi


class Ways:
    """Telegram's own gateway, which speaks to the stub, and a phone for everything else."""

    def __init__(self) -> None:
        self.phone = Phone()

    def __call__(self, name: str) -> Gateway:
        return registry.gateway(name) if name == "telegram" else self.phone

    @property
    def came(self) -> list[Outgoing]:
        return self.phone.came


@pytest.fixture
def ways() -> Ways:
    return Ways()


def agrees(client: Client) -> None:
    record_consents(client, {Purpose.ADVERTISING_MESSENGER: True}, by=None, where=None)


def test_a_service_message_goes_to_the_chat_and_costs_nothing(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    message = put(purpose="", source="service-ready")

    assert send(ways) == 1

    assert (state(message), message.gateway, message.provider_id, message.cost) == (MessageState.SENT, "telegram", "1", 0)
    assert (telegram.texts(), ways.came, message.recipient) == (["Ура"], [], connected.phone)


def test_advertising_goes_there_by_a_consent_of_its_own_alone(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    by_sms = put()
    send(ways)
    agrees(connected)
    by_chat = put()
    send(ways)

    assert (state(by_sms), by_sms.gateway, state(by_chat), by_chat.gateway) == ("sent", "console", "sent", "telegram")
    assert [row.purpose for row in Consent.objects.filter(pk__in=[by_sms.consent_id, by_chat.consent_id]).order_by("pk")] == [
        Purpose.ADVERTISING_SMS, Purpose.ADVERTISING_MESSENGER,
    ]  # fmt: skip


def test_who_agreed_there_alone_is_written_to_there_alone(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    agrees(connected)
    record_consents(connected, {Purpose.ADVERTISING_SMS: False}, by=None, where=None)
    first = put()
    assert send(ways) == 1

    telegram.blocked = {ANNA}
    second = put()
    assert send(ways) == 0
    assert send(ways, now=NOON + timedelta(minutes=5)) == 0

    assert (state(first), state(second), second.reason) == ("sent", MessageState.SUPPRESSED, Reason.CONSENT)
    assert ways.came == []


def test_a_client_without_a_phone_is_reached_there(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    message = put(purpose="", recipient="")
    Client.objects.filter(pk=connected.pk).update(phone=None, state="incomplete")

    assert send(ways) == 1

    assert (state(message), message.recipient, telegram.texts()) == ("sent", "", ["Ура"])


def test_who_blocked_the_bot_gets_it_by_sms_at_once_and_the_chat_is_no_more(
    connected: Client, put: Put, telegram: BotApi, ways: Ways
) -> None:
    agrees(connected)
    telegram.blocked = {ANNA}
    message = put()

    assert send(ways) == 1

    assert (state(message), message.gateway) == ("sent", "console")
    assert [event.kind for event in message.events.order_by("pk")] == ["claimed", "refused", "sent"]
    assert message.consent
    assert message.consent.purpose == Purpose.ADVERTISING_SMS
    chat = Chat.objects.get()
    assert (chat.ended_at, chat.why_ended) == (NOON, Chat.Why.BLOCKED)
    assert Route.objects.get(channel="sms", gateway="telegram").failures == 0


@pytest.mark.parametrize("said", [stub.Said(how="cut"), stub.Said(502, "Bad Gateway")])
def test_what_the_chat_may_have_got_goes_no_other_way(
    connected: Client, put: Put, telegram: BotApi, ways: Ways, said: stub.Said
) -> None:
    message = put(purpose="")
    telegram.next = [said]

    assert send(ways) == 0
    assert send(ways, now=NOON + timedelta(hours=1)) == 0

    assert (state(message), message.reason, ways.came) == (MessageState.UNKNOWN, Reason.DOUBT, [])


def test_a_worker_that_died_on_the_way_leaves_a_doubt(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    message = put(purpose="", state="sending", claimed_at=NOON - timedelta(minutes=2), gateway="telegram")

    services.keep_outbox(NOON)

    assert (send(ways), state(message), telegram.sent, ways.came) == (0, MessageState.UNKNOWN, [], [])


def test_what_can_wait_waits_as_long_as_telegram_says_and_costs_nothing(
    connected: Client, put: Put, telegram: BotApi, ways: Ways
) -> None:
    message = put(purpose="")
    telegram.next = [telegram.error(429, "Too Many Requests: retry after 1", retry_after=1)]

    assert send(ways) == 0

    assert (state(message), message.send_after, ways.came) == (MessageState.PENDING, NOON + timedelta(seconds=1), [])
    assert send(ways, now=NOON + timedelta(seconds=2)) == 1
    assert telegram.texts() == ["Ура"]


def test_what_is_urgent_does_not_wait(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    put(purpose="", lane="urgent")
    telegram.next = [telegram.error(429, "Too Many Requests: retry after 60", retry_after=60)]

    assert send(ways, lane="urgent") == 1
    assert len(ways.came) == 1


@pytest.mark.parametrize("source", ["sign-in", "code"])
def test_a_one_time_code_never_goes_there(connected: Client, put: Put, telegram: BotApi, ways: Ways, source: str) -> None:
    put(purpose="", source=source)

    assert send(ways) == 1
    assert (len(ways.came), telegram.sent) == (1, [])


def test_the_same_rules_hold(connected: Client, put: Put, telegram: BotApi, ways: Ways, decided: Decided) -> None:
    agrees(connected)
    decided(cap_week=1)

    at_night = put()
    send(ways, now=NIGHT)
    assert (state(at_night), at_night.reason) == (MessageState.PENDING, Reason.NIGHT)
    send(ways, now=NOON + timedelta(days=1) - timedelta(hours=1))
    capped = put(send_after=NOON, expires_at=NOON + timedelta(days=2))
    send(ways, now=NOON + timedelta(days=1))

    assert (state(at_night), state(capped), capped.reason) == ("sent", "pending", Reason.CAP)
    assert len(telegram.sent) == 1


def test_a_stopped_phone_is_not_written_to_there_either(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    message = put(purpose="")
    StopEntry.objects.create(recipient=connected.phone)

    assert send(ways) == 0
    assert (state(message), message.reason, telegram.sent) == (MessageState.SUPPRESSED, Reason.STOP, [])


def test_a_chat_disconnected_a_moment_ago_is_not_written_to(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    put(purpose="")
    Chat.objects.update(ended_at=NOON, why_ended=Chat.Why.COUNTER)

    assert send(ways) == 1
    assert (len(ways.came), telegram.sent) == (1, [])


def test_the_order_of_gateways_decides(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    Route.objects.filter(gateway="telegram").update(position=99)
    put(purpose="")

    assert send(ways) == 1
    assert (len(ways.came), telegram.sent) == (1, [])


def test_a_chain_with_a_messenger_alone_writes_to_those_who_connected_it(
    connected: Client, put: Put, telegram: BotApi, ways: Ways
) -> None:
    Route.objects.exclude(gateway="telegram").update(is_on=False)
    without = [put(ClientFactory.create(home_store=connected.home_store), purpose="") for _each in range(3)]
    message = put(purpose="")

    assert send(ways) == 1

    assert (state(message), telegram.texts()) == ("sent", ["Ура"])
    assert {state(one) for one in without} == {MessageState.PENDING}


def test_whom_no_way_leads_to_now_stands_in_nobodys(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    Route.objects.exclude(gateway="telegram").update(is_on=False)
    message = put()  # agreed to by SMS alone

    assert send(ways) == 0

    assert (state(message), message.send_after) == (MessageState.PENDING, NOON + timedelta(seconds=15))


def test_a_budget_holds_for_chats_too(connected: Client, put: Put, telegram: BotApi, ways: Ways) -> None:
    put(purpose="")
    send(ways)

    assert spent() == [("telegram", 1, 1, 0)]


def test_without_a_messenger_nothing_is_asked(
    agreed: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert chats.chats_of([agreed.pk]) == {}


def test_chats_are_asked_for_together(connected: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    other = ClientFactory.create(home_store=connected.home_store)
    Chat.objects.create(client=other, messenger="telegram", number=str(STRANGER), linked_at=NOON)
    agrees(connected)

    with django_assert_num_queries(1):
        found = chats.chats_of([connected.pk, other.pk])

    assert found == {
        connected.pk: [OpenChat("telegram", str(ANNA), True, str(ANNA))],
        other.pk: [OpenChat("telegram", str(STRANGER), False, str(STRANGER))],
    }  # fmt: skip


def test_a_chat_that_is_gone_ends_once(connected: Client) -> None:
    chats.gone({("telegram", str(ANNA))}, NOON)
    chats.gone({("telegram", str(ANNA))}, NOON + timedelta(hours=1))

    assert Chat.objects.get().ended_at == NOON


def test_messages_of_nobody_have_no_chat(telegram: BotApi) -> None:
    assert chats.for_message(Message(source="service-ready", purpose=""), ()) == {}
