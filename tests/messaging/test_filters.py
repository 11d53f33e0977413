"""Addresses of the outbox: combined, with nonsense, and in how many queries. Each parameter alone: views/test_outbox.py."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, QueryDict
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from messaging import selectors
from messaging.filters import OutboxFilter
from messaging.models import Message
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.messaging.conftest import Put


@pytest.fixture
def narrow(rf: RequestFactory, manager: Employee) -> Callable[[str], OutboxFilter]:
    def of(query: str) -> OutboxFilter:
        request = rf.get(f"/?{query}")
        request.user, request.session = manager, SessionBase()
        return OutboxFilter(QueryDict(query), selectors.outbox(None), request=request)

    return of


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=suppressed&channel=sms", "a"), ("state=suppressed&reason=stop&channel=email", "b"), ("state=x&channel=email", "b"),
        ("reason=x&source=week", "c"), ("channel=null", "abc"), ("day=x&gateway=x", "abc"), ("q=Иванова&source=week", "c"),
        ("q=++", ""), ("store=", "abc"),
    ],
)  # fmt: skip
def test_messages_are_narrowed_and_nonsense_narrows_nothing(
    query: str, found: str, narrow: Callable[[str], OutboxFilter], put: Put
) -> None:
    put(text="a", state="suppressed", reason="cap")
    put(text="b", state="suppressed", reason="stop", channel="email")
    put(text="c", source="week")

    assert sorted(message.text for message in narrow(query).qs) == list(found)


@pytest.mark.parametrize("key", ["{foreign}", "x", "0"])
def test_a_store_that_is_not_ones_own_is_not_found(
    key: str, narrow: Callable[[str], OutboxFilter], queued: Message, other_store: Store
) -> None:
    with pytest.raises(Http404):
        list(narrow(f"store={key.format(foreign=other_store.pk)}").qs)


def test_counts_beside_the_list_leave_out_what_they_offer(narrow: Callable[[str], OutboxFilter], put: Put) -> None:
    put(state="suppressed", reason="cap"), put(state="suppressed", reason="stop"), put(channel="email")

    narrowed = narrow("state=suppressed&reason=cap&channel=sms")

    counts = [narrowed.qs, narrowed.but_for("reason"), narrowed.but_for("state", "reason")]
    assert [rows.count() for rows in counts] == [1, 2, 2]


def test_the_clients_that_are_meant_are_looked_for_once(
    narrow: Callable[[str], OutboxFilter], put: Put, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    put()
    with django_assert_num_queries(3):  # the clients, the messages, the counts
        _look(narrow("q=Иванова"))
    put(ClientFactory.create()), put(ClientFactory.create())

    with django_assert_num_queries(3):
        _look(narrow("q=Иванова"))


def _look(narrowed: OutboxFilter) -> None:
    list(narrowed.qs)
    selectors.counts_by_state(narrowed.but_for("state", "reason"))
