"""What came of calls: by topic, seller and store, beside plain loops; and the errands behind each number."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from analytics.figures import calls
from clients.models import Client
from messaging import errands
from messaging.models import Errand
from stores.models import Employee, Store
from tests import factories
from tests.conftest import Sell

# 12:00 in Vladivostok.
NOON = datetime(2026, 9, 1, 2, tzinfo=UTC)
SEPTEMBER, TODAY = (date(2026, 9, 1), date(2026, 9, 30)), date(2026, 10, 10)


def called(client: Client, store: Store, by: Employee, outcome: str, *, days: int = 0, topic: str = "offer") -> Errand:
    key = f"x{Errand.objects.count()}"
    made, _new = errands.ask_for(
        client, store=store, occasion_key=key, reason="!", due_on=SEPTEMBER[0], is_service=False, topic=topic
    )
    return errands.close(made, outcome, by=by, now=NOON + timedelta(days=days))


def test_who_agreed_and_who_came_by_topic_seller_and_store(
    store: Store, other_store: Store, seller: Employee, manager: Employee, sell: Sell
) -> None:
    came, late, away, fresh = (factories.ClientFactory.create() for _each in range(4))
    first = called(came, store, seller, "agreed")
    called(late, store, seller, "no_interest", topic="care")
    called(away, other_store, manager, "agreed")
    called(fresh, store, seller, "thinks")
    called(fresh, store, seller, "done", days=29)
    for client, days in ((came, 29), (late, 30), (fresh, 29)):
        sell(client, SEPTEMBER[0] + timedelta(days=days), 1_000)

    found = calls.calls(*SEPTEMBER, stores=[store, other_store], today=TODAY)
    told = calls.call_figures(found)

    assert told.total[2:] == (4, 2, 3, 1)
    assert [line[1:] for line in told.topic] == [("предложение", 3, 2, 2, 1), ("забота", 1, 0, 1, 0)]
    assert [line[2:] for line in told.seller] == [(3, 1, 2, 1), (1, 1, 1, 0)]
    assert [(line.key, line.closed) for line in told.store] == [(str(store.pk), 3), (str(other_store.pk), 1)]
    assert calls.behind(found, "came", by="store", key=str(store.pk)) == [first.pk]
    assert [len(calls.behind(found, show, by="", key="")) for show in calls.SHOWN] == [4, 2, 3, 1]
    assert told.total.came_share == {"of": 3, "n": 1, "value": 33.33, "low": 6.15, "high": 79.23, "few": True}


def test_what_clients_complained_of(store: Store, card: Client, seller: Employee) -> None:
    for n, problem in enumerate(("price", "piece", "price", "")):
        made, _new = errands.ask_for(
            card, store=store, occasion_key=f"c{n}", reason="!", due_on=SEPTEMBER[0], is_service=True, topic="care"
        )
        errands.close(made, "complained" if problem else "done", by=seller, now=NOON, problem=problem)

    found = calls.calls(*SEPTEMBER, stores=[store], today=TODAY)

    assert [(line.name, line.n, line.of) for line in calls.call_figures(found).problem] == [("цена", 2, 4), ("изделие", 1, 4)]
    assert len(calls.behind(found, "closed", by="problem", key="price")) == 2


def test_other_days_and_other_stores_are_not_counted(store: Store, other_store: Store, card: Client, seller: Employee) -> None:
    called(card, store, seller, "done", days=-1)
    called(card, other_store, seller, "done")

    assert calls.calls(*SEPTEMBER, stores=[store], today=TODAY) == []


@pytest.mark.parametrize("number", [1, 3])
def test_four_queries_however_many_calls(
    number: int, store: Store, seller: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for client in factories.ClientFactory.create_batch(number):
        called(client, store, seller, "done")

    with django_assert_num_queries(4):
        calls.call_figures(calls.calls(*SEPTEMBER, stores=[store], today=TODAY))
