"""The rules of the outbox, asked beforehand."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from clients.models import Client, Purpose
from clients.services import record_consents
from messaging import reaching
from messaging.models import Chat, Errand, Message, Pause, StopEntry
from stores.models import Store
from tests.conftest import Decided
from tests.factories import ClientFactory, email_of, phone_of
from tests.messaging.telegram import BotApi
from visits import dialect

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


def reach(client: Client) -> reaching.Reach:
    return reaching.reach_of([client.pk], NOW)[client.pk]


def test_who_agreed_is_reached_by_what_they_agreed_to(card: Client) -> None:
    record_consents(card, {Purpose.ADVERTISING_EMAIL: True, Purpose.CALLS: True}, by=None, where=None)
    record_consents(card, {Purpose.CALLS: False}, by=None, where=None)

    assert [reach(card).hinders(way) for way in ("call", "sms", "email")] == ["consent", "consent", ""]
    assert (reach(card).hindered, reach(card).may_be_rung) == ("", True)


@pytest.mark.parametrize("facts", [{"phone": "+74232201122"}, {"state": "incomplete", "email": None}])
def test_a_landline_and_an_incomplete_card_get_no_sms(card: Client, facts: dict[str, str]) -> None:
    record_consents(card, {Purpose.ADVERTISING_SMS: True, Purpose.CALLS: True}, by=None, where=None)
    Client.objects.filter(pk=card.pk).update(**facts)

    assert (reach(card).hinders("sms"), reach(card).hinders("call")) == ("contact" if "phone" in facts else "card", "")


def test_a_stop_forbids_its_own_contact(card: Client) -> None:
    record_consents(card, dict.fromkeys((Purpose.ADVERTISING_SMS, Purpose.ADVERTISING_EMAIL), True), by=None, where=None)
    StopEntry.objects.create(recipient=email_of(card), reason="СТОП")

    assert [reach(card).hinders(way) for way in ("sms", "email")] == ["", "stop"]
    StopEntry.objects.create(recipient=phone_of(card), reason="СТОП")
    assert (reach(card).hinders("sms"), reach(card).may_be_rung) == ("stop", False)


def test_a_hold_forbids_everything_as_long_as_it_lasts(card: Client) -> None:
    Pause.objects.create(client=card, reason="Жалоба", until=NOW.date())

    assert reach(card).hindered == "pause"
    assert reaching.reach_of([card.pk], NOW + timedelta(days=2))[card.pk].hindered == ""


def test_paper_is_for_whom_neither_an_sms_nor_an_e_mail_may_reach(card: Client) -> None:
    record_consents(card, {Purpose.ADVERTISING_POST: True, Purpose.CALLS: True}, by=None, where=None)
    assert reach(card).hinders("post") == "contact"
    Client.objects.filter(pk=card.pk).update(postal_address="690091, Владивосток, Светланская 10", state="incomplete", email=None)

    assert reach(card).hinders("post") == ""
    Client.objects.filter(pk=card.pk).update(state="complete", email="anna@example.ru")
    record_consents(card, {Purpose.ADVERTISING_EMAIL: True}, by=None, where=None)
    assert reach(card).hinders("post") == "nearer"
    record_consents(card, {Purpose.ADVERTISING_EMAIL: False, Purpose.ADVERTISING_POST: False}, by=None, where=None)
    assert reach(card).hinders("post") == "consent"


def test_one_query_for_all(django_assert_num_queries: DjangoAssertNumQueries, db: None) -> None:
    clients = [client.pk for client in ClientFactory.create_batch(3)]

    for some in (clients[:1], clients):
        with django_assert_num_queries(1):
            assert len(reaching.reach_of(some, NOW)) == len(some)


PHONES = ["+7914{:07d}", "+7423{:07d}", "+7701{:07d}", "+7717{:07d}", "+37529{:07d}", None]


@pytest.mark.parametrize(("agrees", "hindered"), [(True, ["consent", "", ""]), (False, ["consent"] * 3)])
def test_who_agreed_in_a_chat_alone_is_reached_there(
    card: Client, telegram: BotApi, settings: Settings, agrees: bool, hindered: list[str]
) -> None:
    record_consents(card, {Purpose.ADVERTISING_MESSENGER: agrees}, by=None, where=None)
    assert reach(card).hinders("sms") == "consent"
    Chat.objects.create(client=card, messenger="telegram", number="1", linked_at=NOW)

    assert [reach(card).hinders(way) for way in ("call", "sms", "email")] == hindered
    settings.TELEGRAM_TOKEN = ""
    assert reach(card).hinders("sms") == "consent"


def test_the_base_says_of_many_what_is_said_of_one(store: Store, decided: Decided, telegram: BotApi) -> None:
    decided(cap_week=1, cap_month=2)
    chance = random.Random(2018)
    clients = [_anybody(chance, number, store) for number in range(120)]

    told = " , ".join(reaching.hinders_in_sql(way) for way in ("call", "sms", "email", "post"))
    facts, params = reaching.table(Client.objects.filter(pk__in=clients), NOW)
    rows = dialect.fetch(f"WITH {facts} SELECT client, {reaching.hindered_in_sql()}, {told} FROM facts", params)

    known = reaching.reach_of(clients, NOW)
    assert {pk: tuple(said) for pk, *said in rows} == {
        pk: (one.hindered, *(one.hinders(way) for way in ("call", "sms", "email", "post"))) for pk, one in known.items()
    }
    assert len({tuple(said) for _pk, *said in rows}) > 20


def _anybody(chance: random.Random, number: int, store: Store) -> int:
    """A client about whom anything may be true."""
    client = ClientFactory.create(home_store=chance.choice([store, None]))
    if chance.random() < 0.4:
        Chat.objects.create(client=client, messenger="telegram", number=str(number), linked_at=NOW)
    for _word in range(chance.randrange(4)):
        purposes = chance.sample(Purpose.values, 3)
        record_consents(client, {purpose: chance.random() < 0.7 for purpose in purposes}, by=None, where=None)
    phone = chance.choice(PHONES)
    phone = phone and phone.format(number + 1_000_000)
    state = chance.choice(["complete", "incomplete", "incomplete"]) if phone else "incomplete"
    address = chance.choice(["", "Владивосток", "690091, Владивосток, Светланская 10", "690091, Владивосток, Светланская 10"])
    Client.objects.filter(pk=client.pk).update(phone=phone, state=state, postal_address=address)
    if chance.random() < 0.2:
        Pause.objects.create(client=client, reason="!", until=chance.choice([None, NOW.date(), NOW.date() - timedelta(days=1)]))
    if chance.random() < 0.3 and (recipient := chance.choice([phone, email_of(client)])):
        StopEntry.objects.create(recipient=recipient)
    for at in range(chance.randrange(3)):
        _contact(client, chance, f"{client.pk}:{at}")
    return client.pk


def _contact(client: Client, chance: random.Random, key: str) -> None:
    days = chance.choice([1, 6, 8, 29, 31])
    if chance.random() < 0.5:
        Errand.objects.create(
            client=client, occasion_key=key, reason="!", due_on=NOW.date() - timedelta(days=days),
            outcome=chance.choice(["open", "done", "dropped"]), is_service=chance.random() < 0.3,
        )  # fmt: skip
        return
    at = NOW - timedelta(days=days)
    Message.objects.create(
        client=client, occasion_key=key, source="x", channel="sms", purpose=chance.choice(["", "advertising_sms"]), text="!",
        recipient="+79140000000", state=chance.choice(["sent", "pending"]), claimed_at=at, send_after=at,
        expires_at=at + timedelta(days=1),
    )  # fmt: skip
