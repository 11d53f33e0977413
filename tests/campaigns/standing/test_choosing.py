"""Who of those found is contacted by what, and why the others are not."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from campaigns import touching
from campaigns.models import Program
from campaigns.standing import choosing
from campaigns.standing.triggers import Found
from campaigns.touching import Chosen
from clients.models import Client, Purpose
from clients.services import record_consents
from messaging.models import Errand, Message, Pause, StopEntry
from stores.models import Employee, Store
from tests.campaigns.standing.conftest import DAY, NOON, Reachable, TurnOn
from tests.conftest import Sell
from tests.factories import phone_of
from tests.present import present
from workshop.models import ServiceRequest

CALLS, SMS, EMAIL = Purpose.CALLS, Purpose.ADVERTISING_SMS, Purpose.ADVERTISING_EMAIL


def fate(program: Program, *clients: Client, **facts: object) -> list[tuple[str, str]]:
    found = [Found(client.pk, "after-2026-08-20", DAY, **facts) for client in clients]  # type: ignore[arg-type]
    return [(one.way, one.reason) for one in choosing.choose(program, found, today=DAY, now=NOON)]


def test_a_call_comes_first_then_an_sms_then_a_letter(reachable: Reachable, turn_on: TurnOn) -> None:
    clients = [reachable(CALLS, SMS, EMAIL), reachable(SMS, EMAIL), reachable(EMAIL), reachable(Purpose.PERSONAL_DATA)]

    assert fate(turn_on("return"), *clients) == [("call", ""), ("sms", ""), ("email", ""), ("", "consent")]


def test_a_surprise_is_never_written_about(reachable: Reachable, turn_on: TurnOn) -> None:
    assert fate(turn_on("wearers"), reachable(SMS, EMAIL), only_call=True) == [("", "consent")]


def test_a_program_of_letters_calls_nobody(reachable: Reachable, turn_on: TurnOn) -> None:
    assert fate(turn_on("bonuses"), reachable(CALLS), reachable(SMS)) == [("", "consent"), ("sms", "")]


def test_who_has_no_home_is_nobodys_task_and_is_written_to(reachable: Reachable, turn_on: TurnOn) -> None:
    assert fate(turn_on("return"), reachable(CALLS, SMS, home_store=None), reachable(CALLS, home_store=None)) == [
        ("sms", ""), ("", "consent"),
    ]  # fmt: skip


def test_a_call_of_care_needs_a_phone_and_no_consent_to_advertising(reachable: Reachable, turn_on: TurnOn) -> None:
    client, stopped = reachable(SMS), reachable(SMS)
    StopEntry.objects.create(recipient=phone_of(stopped), reason="СТОП")
    refused = reachable(SMS, Purpose.PERSONAL_DATA)
    record_consents(refused, {Purpose.PERSONAL_DATA: False}, by=None, where=None)

    assert fate(turn_on("care"), client, stopped, refused) == [("call", ""), ("", "stop"), ("", "road")]


@pytest.mark.parametrize("reason", ["pause", "stop", "cap", "busy", "repair", "card"])
def test_who_is_left_alone_and_why(reason: str, reachable: Reachable, turn_on: TurnOn, store: Store, seller: Employee) -> None:
    client = reachable(CALLS, SMS)
    if reason == "pause":
        Pause.objects.create(client=client, reason="Жалоба")
    elif reason == "stop":
        StopEntry.objects.create(recipient=phone_of(client), reason="СТОП")
    elif reason == "cap":
        facts = {"purpose": SMS, "state": "sent", "claimed_at": NOON - timedelta(days=1), "text": "Ура"}
        times = {"send_after": NOON, "expires_at": NOON + timedelta(days=1)}
        for n in range(9):
            Message.objects.create(client=client, occasion_key=f"x:{n}", recipient="+7", **facts, **times)
    elif reason == "busy":
        touching.write("silent", [Chosen(client.pk, "r", DAY - timedelta(days=13))], phase="1", holdout=50)
    elif reason == "repair":
        ServiceRequest.objects.create(store=store, client=client, number="1", accepted_on=DAY, kind="cleaning")
    else:
        Client.objects.filter(pk=client.pk).update(state="erased", phone=None, email=None)

    assert fate(turn_on("return"), client) == [("", reason)]


def test_a_task_that_is_open_is_contact_enough(reachable: Reachable, turn_on: TurnOn, store: Store) -> None:
    client = reachable(CALLS)
    Errand.objects.create(client=client, store=store, occasion_key="hand:1", reason="Позвать", due_on=DAY - timedelta(days=60))

    assert fate(turn_on("return"), client) == [("", "busy")]


def test_two_weeks_after_a_contact_a_client_may_be_chosen_again(reachable: Reachable, turn_on: TurnOn) -> None:
    client = reachable(CALLS)
    touching.write("silent", [Chosen(client.pk, "r", DAY - timedelta(days=14))], phase="1", holdout=0)

    assert fate(turn_on("return"), client) == [("call", "")]


def test_the_queries_do_not_grow_with_the_clients(
    reachable: Reachable, turn_on: TurnOn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    program, clients = turn_on("return"), [reachable(CALLS) for _n in range(3)]

    for some in (clients[:1], clients):
        with django_assert_num_queries(3):
            fate(program, *some)


def test_complaints_are_looked_at_first(reachable: Reachable, turn_on: TurnOn, sell: Sell) -> None:
    program, client, long_ago = turn_on("return"), reachable(CALLS), reachable(CALLS)
    for one, days in ((client, (400, 300, 200)), (long_ago, (400, 300, 200))):
        for back in days:
            sell(one, DAY - timedelta(days=back), 1_000)
    refused(client, DAY - timedelta(days=250)), refused(long_ago, DAY - timedelta(days=350))

    assert fate(program, client, long_ago) == [("", "complaint"), ("call", "")]
    assert fate(turn_on("care"), client) == [("call", "")]


def refused(client: Client, day: date) -> ServiceRequest:
    facts = {"number": f"r{client.pk}", "accepted_on": day, "kind": "repair", "status": "cancelled", "closed_on": day}
    return ServiceRequest.objects.create(store=present(client.home_store), client=client, **facts)
