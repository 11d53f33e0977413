from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import quiet, selectors
from campaigns.models import Program
from campaigns.selectors import DayAhead
from clients.models import Client, Occasion, OccasionKind, Purpose
from clients.services import record_consents
from messaging import services as messaging_services
from messaging.models import Channel, Message, Reason, StopEntry, Template
from stores.models import Employee, Store
from tests.factories import ClientFactory, phone_of

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Asia/Vladivostok"))


@pytest.fixture
def program(db: None) -> Program:
    return selectors.programs().get(key="birthday")


def born(store: Store, *purposes: Purpose, day: int = 21, **more: Any) -> Client:
    client = ClientFactory.create(birth_date=date(1980, 11, day), home_store=store, **more)
    record_consents(client, dict.fromkeys(purposes, True), by=None, where=None)
    return client


def ahead(program: Program, store: Store, **more: Any) -> list[DayAhead]:
    return selectors.days_ahead(program, [store], today=TODAY, **more)


def reasons(program: Program, store: Store) -> dict[Client, str]:
    return {entry.client: entry.reason for day in ahead(program, store) for entry in day.listed}


def test_each_day_is_counted_to_its_end(program: Program, store: Store) -> None:
    for day in (21, 21, 21, 27, 28):
        born(store, day=day)

    days = ahead(program, store, limit=2)

    assert [(day.day.day, day.clients, len(day.listed)) for day in days] == [(21, 3, 2), (27, 1, 1)]


def test_who_celebrates_today_and_why_not_everybody_is_written_to(store: Store, other_store: Store) -> None:
    agreed, silent = born(store, Purpose.ADVERTISING_SMS, last_name="Абрамова"), born(store, last_name="Яшина")
    born(store, Purpose.ADVERTISING_SMS, day=22), born(other_store, Purpose.ADVERTISING_SMS)

    found = selectors.celebrating([store], today=TODAY, now=NOON)

    assert [(one.client, one.why_not, one.channel) for one in found] == [
        (agreed, "", Channel.SMS),
        (silent, str(Reason.CONSENT.label), ""),
    ]
    assert [one.client for one in selectors.celebrating([store], today=TODAY, now=NOON, limit=1)] == [agreed]


def test_nobody_is_promised_a_greeting_after_the_hours_or_without_a_program(program: Program, store: Store) -> None:
    born(store, Purpose.ADVERTISING_SMS)

    [late] = selectors.celebrating([store], today=TODAY, now=NOON.replace(hour=21))
    Program.objects.filter(pk=program.pk).update(is_on=False)
    [off] = selectors.celebrating([store], today=TODAY, now=NOON)

    assert (late.reason, off.reason, off.channel) == (Reason.LATE, "", "")


def test_the_held_arm_is_told_apart_by_its_word(program: Program, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    born(store, Purpose.ADVERTISING_SMS)
    monkeypatch.setattr(selectors, "held_out", lambda *_: True)

    [held] = selectors.celebrating([store], today=TODAY, now=NOON)

    assert (held.reason, held.why_not, held.channel) == (Reason.HOLDOUT, "без сообщения: сравнение", "")


@pytest.mark.parametrize(
    ("state", "reason", "greeted"), [("sent", "", True), ("suppressed", Reason.CAP, False), ("pending", "", False)]
)
def test_what_became_of_the_message_is_what_is_said(
    program: Program, store: Store, state: str, reason: str, greeted: bool
) -> None:
    client = born(store, Purpose.ADVERTISING_SMS)
    Message.objects.create(
        client=client, occasion_key="b", source=program.key, occasion_on=TODAY, recipient=phone_of(client), text="Ура",
        channel="sms", state=state, reason=reason, send_after=NOON, expires_at=NOON + timedelta(hours=9),
    )  # fmt: skip

    [entry] = selectors.celebrating([store], today=TODAY, now=NOON)

    assert (entry.reason, entry.is_greeted) == (reason, greeted)


def test_nobody_is_promised_what_the_rules_forbid(program: Program, store: Store, seller: Employee) -> None:
    greeted, silent, letters = born(store, Purpose.ADVERTISING_SMS), born(store), born(store, Purpose.ADVERTISING_EMAIL)
    stopped, held = born(store, Purpose.ADVERTISING_SMS), born(store, Purpose.ADVERTISING_SMS)
    landline = born(store, Purpose.ADVERTISING_SMS, phone="+74232000000")
    StopEntry.objects.create(recipient=phone_of(stopped))
    messaging_services.pause(held, "жалоба", until=TODAY, by=seller)

    assert reasons(program, store) == {
        greeted: "", silent: Reason.CONSENT, letters: Reason.ROAD, stopped: Reason.STOP, held: Reason.PAUSE, landline: Reason.ROAD,
    }  # fmt: skip


def test_a_letter_reaches_a_landline(program: Program, store: Store) -> None:
    program.email_template = Template.objects.create(key="letter", title="Письмо", channel="email", subject="!", text="Ура")
    client = born(store, Purpose.ADVERTISING_SMS, Purpose.ADVERTISING_EMAIL, phone="+74232000000")

    assert reasons(program, store) == {client: ""}


def test_who_is_held_out_is_promised_nothing(program: Program, store: Store) -> None:
    program.holdout = 50
    clients = [born(store, Purpose.ADVERTISING_SMS) for _client in range(20)]

    assert reasons(program, store) == {
        client: Reason.HOLDOUT if selectors.held_out(program, 2026, client.pk) else "" for client in clients
    }


def test_the_number_of_queries_does_not_depend_on_the_clients(program: Program, store: Store) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            ahead(program, store)
        return len(found)

    born(store, Purpose.ADVERTISING_SMS)
    once = queries()
    for day in (21, 21, 22, 25, 27):
        born(store, Purpose.ADVERTISING_SMS, day=day)

    assert queries() == once <= 8


def test_a_hold_and_a_time_without_advertising_are_those_of_each_day(
    program: Program, store: Store, seller: Employee, admin: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_today, free_tomorrow = (born(store, Purpose.ADVERTISING_SMS, day=day) for day in (21, 22))
    for client in (held_today, free_tomorrow):
        messaging_services.pause(client, "жалоба", until=TODAY, by=seller)
    last, after = (born(store, Purpose.ADVERTISING_SMS, day=day) for day in (26, 27))
    monkeypatch.setattr(quiet, "is_held", lambda _source, _salt, client, _percent: client in (last.pk, after.pk))
    quiet.turn_on(percent=20, by=admin, today=date(2025, 11, 27))

    assert reasons(program, store) == {held_today: Reason.PAUSE, free_tomorrow: "", last: Reason.HOLDOUT, after: ""}


def test_the_days_of_another_occasion_are_those_of_its_kind(program: Program, store: Store) -> None:
    program.occasion, other = (OccasionKind.objects.create(name=name) for name in ("Годовщина", "Именины"))
    client, later = ClientFactory.create_batch(2, home_store=store)
    for who, kind, day in ((client, program.occasion, 1122), (client, other, 1123), (later, program.occasion, 1128)):
        Occasion.objects.create(client=who, kind=kind, day=day)

    assert [(day.day.day, day.clients, [entry.client for entry in day.listed]) for day in ahead(program, store)] == [
        (22, 1, [client])
    ]


def test_the_twenty_ninth_of_february_is_kept_on_the_day_before(program: Program, store: Store) -> None:
    for day in (date(1980, 2, 28), date(1980, 2, 29)):
        ClientFactory.create(home_store=store, birth_date=day)

    found = selectors.days_ahead(program, [store], today=date(2026, 2, 26))

    assert [(day.day, day.clients) for day in found] == [(date(2026, 2, 28), 2)]


def test_sources_are_called_as_their_programs_and_campaigns(program: Program) -> None:
    assert selectors.titles(["birthday", "campaign:1", "code"]) == {"birthday": program.title}
