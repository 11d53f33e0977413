"""The outbox for a screen: its pulse, what it costs, and whom it may not write to."""

from datetime import date, timedelta
from decimal import Decimal

from pytest_django import DjangoAssertNumQueries

from clients.models import Client, Purpose
from messaging import selectors, services
from messaging.models import Budget, Errand, Reason, Reply, Spending, StopEntry
from stores.models import Employee, Store
from tests.factories import ClientFactory, email_of, phone_of
from tests.messaging.conftest import NOON, Put

TODAY = date(2026, 11, 21)


def test_the_pulse_is_of_the_stores_and_of_those_without_a_home(put: Put, store: Store, other_store: Store) -> None:
    put(), put(store=None), put(store=other_store), put(send_after=NOON + timedelta(hours=1))
    put(state="sent", sent_at=NOON - timedelta(hours=23)), put(state="sent", sent_at=NOON - timedelta(hours=25))

    assert selectors.pulse([store], NOON) == (2, 1)
    assert selectors.pulse(None, NOON) == (3, 1)
    assert selectors.flow(None, NOON).sent_last_hour == 0


def test_errands_are_due_by_today_in_ones_own_stores(card: Client, store: Store, other_store: Store) -> None:
    for key, (where, days) in enumerate([(store, -1), (store, 0), (store, 1), (other_store, 0), (None, -5)]):
        Errand.objects.create(
            client=card, store=where, occasion_key=f"call:{key}", reason="!", due_on=TODAY + timedelta(days=days)
        )
    Errand.objects.create(client=card, store=store, occasion_key="done", reason="!", due_on=TODAY, outcome="done")

    assert selectors.errands_due([store], TODAY) == (2, 1)
    assert selectors.errands_due(None, TODAY) == (4, 2)


def test_every_day_of_a_fortnight_is_listed_with_what_it_cost(db: None) -> None:
    for gateway, day, money in (("a", TODAY, 5), ("b", TODAY, 2), ("a", TODAY - timedelta(days=14), 9)):
        Spending.objects.create(day=day, lane="bulk", gateway=gateway, messages=1, segments=2, money=money)

    days = selectors.spent_by_day(NOON)

    assert (len(days), days[0].day, days[-1]) == (14, date(2026, 11, 8), (TODAY, 2, 4, Decimal(7)))
    assert sum(day.messages for day in days) == 2


def test_a_budget_is_used_up_by_segments_or_by_money(db: None) -> None:
    Spending.objects.create(day=TODAY, lane="bulk", gateway="a", messages=1, segments=3, money=10)
    used = []
    for limits in ({"segments": 3, "money": None}, {"segments": 4, "money": 10}, {"segments": 4, "money": 11}, {}):
        Budget.objects.filter(lane="bulk").update(**{"segments": None, "money": None, **limits})
        used.append([one.is_used_up for one in selectors.allowances(NOON)])

    assert used == [[False, True], [False, True], [False, False], [False, False]]


def test_what_forbids_advertising_is_told_by_channel_in_two_queries(
    card: Client, seller: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paused, free = ClientFactory.create(), ClientFactory.create()
    StopEntry.objects.create(recipient=phone_of(card))
    services.pause(paused, "жалоба", until=TODAY, by=seller)

    with django_assert_num_queries(2):
        found = selectors.forbidding([card, paused, free], TODAY)

    assert [[found.reason(one, channel, TODAY) for channel in ("sms", "email")] for one in (card, paused, free)] == [
        [Reason.STOP, None], [Reason.PAUSE, Reason.PAUSE], [None, None],
    ]  # fmt: skip
    assert found.reason(paused, "sms", TODAY + timedelta(days=1)) is None
    assert selectors.forbidding([paused], TODAY + timedelta(days=1)).held == {}


def test_a_stopped_address_stops_its_purpose_alone(card: Client) -> None:
    StopEntry.objects.create(recipient=email_of(card))

    assert selectors.stopped_purposes(card) == {Purpose.ADVERTISING_EMAIL}


def test_answers_are_those_of_ones_own_clients_and_of_strangers(card: Client, store: Store, other_store: Store) -> None:
    foreign = ClientFactory.create(home_store=other_store)
    for key, client in enumerate((card, foreign, None)):
        Reply.objects.create(sender="+7", text=str(key), gateway="smsc", provider_id=str(key), client=client)

    assert [reply.text for reply in selectors.replies([store])] == ["2", "0"]
    assert [reply.text for reply in selectors.replies(None)] == ["2", "1", "0"]
