"""Clients who get no advertising at all: chosen by chance, respected by whoever chooses, apart from a program's own arms."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigns import planning, quiet, touching
from campaigns.effects import outcome
from campaigns.models import Campaign, Program, Quiet, Touch
from campaigns.once import choosing, forecasting, freezing, measuring
from campaigns.once import running as once_running
from campaigns.standing import outlook, running
from clients.models import Client, Purpose
from clients.services import record_consents
from messaging.models import Errand, Message
from stores.models import Employee, Store
from tests.campaigns.born import TEN, born
from tests.conftest import Sell
from tests.factories import ClientFactory
from visits import dialect
from visits.models import TypicalInterval

Frozen = Callable[..., Campaign]
# Noon in Vladivostok.
DAY, NOON = date(2026, 11, 20), datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def everybody(admin: Employee, monkeypatch: pytest.MonkeyPatch) -> Quiet:
    """All clients are quiet, to see it."""
    monkeypatch.setattr(quiet, "is_held", lambda *_a: True)
    monkeypatch.setattr(quiet, "held_in_sql", lambda *_a: ("1 = 1", []))
    return quiet.turn_on(percent=5, by=admin, today=date(2026, 11, 1))


def test_one_of_twenty_by_python_and_by_the_base_alike(admin: Employee, store: Store) -> None:
    clients = [client.pk for client in ClientFactory.create_batch(400, home_store=store)]
    assert (quiet.among(clients, DAY), quiet.in_sql(DAY, "id")) == (set(), (quiet.NOBODY, []))

    quiet.turn_on(percent=20, by=admin, today=DAY)
    words, params = quiet.in_sql(DAY, "id")
    by_base = {pk for (pk,) in dialect.fetch(f"SELECT id FROM clients_client WHERE {words}", params)}

    assert by_base == quiet.among(clients, DAY)
    assert 50 < len(by_base) < 115
    assert quiet.among(clients, DAY + quiet.YEAR) == quiet.among(clients, DAY - timedelta(days=1)) == set()


def test_it_is_on_once_and_drawn_anew_each_time(admin: Employee, manager: Employee) -> None:
    first = quiet.turn_on(percent=5, by=admin, today=DAY)

    assert quiet.turn_on(percent=10, by=manager, today=DAY) == first
    assert (quiet.turn_off(first, by=manager, today=DAY + timedelta(days=9)), quiet.turn_off(first, by=admin, today=DAY)) == (
        True,
        False,
    )
    second = quiet.turn_on(percent=10, by=manager, today=DAY + timedelta(days=9))

    first.refresh_from_db()
    assert (first.by, first.ended_by, first.ended_on) == (admin, manager, DAY + timedelta(days=9))
    assert (second.percent, second.until, second.salt != first.salt) == (10, DAY + timedelta(days=374), True)


def test_one_that_is_over_makes_room(admin: Employee) -> None:
    first = quiet.turn_on(percent=5, by=admin, today=DAY)

    second = quiet.turn_on(percent=5, by=admin, today=DAY + quiet.YEAR)

    first.refresh_from_db()
    assert (first.ended_on, quiet.current(DAY + quiet.YEAR)) == (first.until, second)


def test_the_base_knows_one_at_a_time(admin: Employee) -> None:
    quiet.turn_on(percent=5, by=admin, today=DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Quiet.objects.create(salt="x", since=DAY, until=DAY + quiet.YEAR, by=admin)


def callable_client(store: Store) -> Client:
    client = ClientFactory.create(home_store=store)
    record_consents(client, {Purpose.CALLS: True, Purpose.ADVERTISING_SMS: True}, by=None, where=None)
    return client


def absent(store: Store, sell: Sell) -> Client:
    """Bought three times and has been away for 92 days today."""
    client = callable_client(store)
    for days in (300, 200, 92):
        sell(client, DAY - timedelta(days=days), 1_000)
    return client


@pytest.fixture
def back(db: None) -> Program:
    TypicalInterval.objects.create(kind="", days=100, clients=1000)
    Program.objects.filter(key="return").update(is_on=True, since=date(2026, 1, 1), holdout=0, calls=True)
    return Program.objects.select_related("template", "email_template").get(key="return")


def test_a_program_chooses_and_does_not_contact(back: Program, store: Store, everybody: Quiet, sell: Sell) -> None:
    client = absent(store, sell)

    assert running.plan(back, now=NOON) == 0

    touch = Touch.objects.get(client=client)
    assert (touch.arm, touch.reason, touch.state, Errand.objects.count()) == ("held", "quiet", "over", 0)
    told = outcome.outcome_of(back, DAY, DAY, today=DAY + timedelta(days=60), stores=None)
    assert (told.effect.total.held.planned, told.effect.total.written.planned) == (0, 0)
    assert outlook.preview(back, [store], today=DAY, now=NOON).chosen == 0


def test_care_is_service_and_goes_to_everybody(store: Store, everybody: Quiet, sell: Sell) -> None:
    care = Program.objects.get(key="care")
    Program.objects.filter(key="care").update(is_on=True, since=date(2026, 1, 1), holdout=0)
    client = callable_client(store)
    sell(client, DAY - timedelta(days=care.days), 1_000)

    running.plan(Program.objects.get(key="care"), now=NOON)

    assert list(Errand.objects.values_list("client", "is_service")) == [(client.pk, True)]


def test_a_greeting_is_not_queued_and_a_touch_says_so(program: Program, store: Store, everybody: Quiet) -> None:
    client = born(11, 21, store)

    assert [planning.plan(program, now=TEN) for _run in range(2)] == [0, 0]

    touch = Touch.objects.get()
    assert (touch.client, touch.source, touch.round, touch.arm, touch.reason) == (client, "birthday", "2026", "held", "quiet")
    assert not Message.objects.exists()


def test_a_campaign_leaves_them_in_peace_and_in_neither_arm(
    store: Store, everybody: Quiet, frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = callable_client(store), callable_client(store)
    monkeypatch.setattr(quiet, "held_in_sql", lambda _source, _salt, client, _percent: (f"{client} = %s", [two.pk]))
    campaign: Campaign = frozen(
        state="draft", question={"definition": []}, text="{name}, приглашаем!", way="sms", holdout=0, as_of=None, judge_on=None
    )
    told = forecasting.outlook(campaign, now=NOON)

    assert (told.chosen, [(left.reason, left.clients) for left in told.left]) == (1, [("quiet", 1)])
    assert freezing.freeze(campaign, now=NOON) == 1

    arms = dict(Touch.objects.values_list("client", "arm"))
    assert arms == {one.pk: "treated", two.pk: "held"}
    assert (measuring.progress(campaign).held, [stratum.held.size for stratum in measuring.strata_of(campaign)]) == (0, [0])
    behind = [set(measuring.clients_behind(campaign, show)) for show in ("held", "quiet", "treated")]
    assert behind == [set(), {two}, {one}]


def test_turned_on_after_freezing_it_holds_at_the_next_step(store: Store, frozen: Frozen, request: pytest.FixtureRequest) -> None:
    callable_client(store)
    campaign: Campaign = frozen(
        state="draft", question={"definition": []}, text="{name}, приглашаем!", way="sms", holdout=0, as_of=None, judge_on=None
    )
    freezing.freeze(campaign, now=NOON)
    once_running.move(Campaign.objects.get(pk=campaign.pk), "start")

    request.getfixturevalue("everybody")
    once_running.run(campaign, now=NOON)

    touch = Touch.objects.get()
    assert (touch.arm, touch.state, touch.reason, Message.objects.count()) == ("treated", "over", "quiet", 0)
    assert [stratum.treated.size for stratum in measuring.strata_of(campaign)] == [1]


def test_who_is_quiet_is_held_whatever_the_program_draws(store: Store) -> None:
    chosen = [touching.Chosen(ClientFactory.create(home_store=store).pk, "1", DAY, reason="quiet") for _n in range(3)]

    touching.write("silent", chosen, phase="1", holdout=0)

    assert set(Touch.objects.values_list("arm", "state")) == {("held", "over")}
    assert timedelta(days=1) < choosing.REST
