"""Birthdays from the hour to the phone: whom the program greets, when, and how often."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns import services
from clients.models import CardState
from messaging import services as messaging_services
from messaging.models import Message, MessageState
from stores.models import Store
from tests.campaigns.born import TEN, born
from tests.factories import ClientFactory, StoreFactory


def greeted() -> set[int]:
    return set(Message.objects.values_list("client", flat=True))


def test_a_birthday_is_greeted_once_whatever_runs_twice(store: Store) -> None:
    client = born(11, 21, store)
    born(11, 22, store)

    assert [services.run_programs(now=TEN + timedelta(hours=hours)) for hours in (0, 0, 1, 5)] == [1, 0, 0, 0]

    message = Message.objects.get()
    assert (message.client, message.occasion_key) == (client, f"birthday:2026:{client.pk}")
    assert message.text.startswith("Елена Викторовна, ")
    assert store.name in message.text


@pytest.mark.parametrize(("hours", "queued"), [(-1, 0), (0, 1), (10, 1), (11, 0)])
def test_it_goes_from_the_sending_hour_until_the_quiet_ones(store: Store, hours: int, queued: int) -> None:
    born(11, 21, store)

    assert services.run_programs(now=TEN + timedelta(hours=hours)) == queued


def test_each_store_has_its_own_day(store: Store) -> None:
    moscow = StoreFactory.create(time_zone="Europe/Moscow")
    here, there = born(11, 21, store), born(11, 21, moscow)

    services.run_programs(now=TEN)
    assert greeted() == {here.pk}
    services.run_programs(now=TEN + timedelta(hours=7))

    assert greeted() == {here.pk, there.pk}


@pytest.mark.parametrize(("year", "count"), [(2026, 2), (2028, 1)])
def test_the_29th_of_february_is_kept_on_the_28th_in_common_years(store: Store, year: int, count: int) -> None:
    born(2, 28, store)
    born(2, 29, store)

    assert services.run_programs(now=datetime(year, 2, 28, 1, tzinfo=UTC)) == count


def test_who_is_incomplete_or_did_not_agree_is_not_greeted(store: Store) -> None:
    born(11, 21, store, state=CardState.INCOMPLETE, email=None)
    ClientFactory.create(birth_date=date(1980, 11, 21), home_store=store)

    assert services.run_programs(now=TEN) == 0


def test_a_card_completed_at_noon_is_still_greeted(store: Store) -> None:
    client = born(11, 21, store, state=CardState.INCOMPLETE, email=None)
    services.run_programs(now=TEN)
    client.email, client.state = "new@example.ru", CardState.COMPLETE
    client.save()

    assert services.run_programs(now=TEN + timedelta(hours=2)) == 1


def test_a_client_without_a_home_has_the_chains_own_zone(store: Store) -> None:
    born(11, 21)

    services.run_programs(now=TEN)

    assert "«Роскошь»" in Message.objects.get().text


def test_from_the_hour_to_the_phone(store: Store) -> None:
    born(11, 21, store)
    call_command("run_programs", "--at", "2026-11-21T10:05", stdout=StringIO())

    messaging_services.send_due_messages(now=TEN)

    assert Message.objects.get().state == MessageState.SENT
