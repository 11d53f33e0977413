"""Around the desk of a demo chain: requests that went somewhere, answers, people whom clients buy for, and twins."""

from datetime import date, timedelta
from random import Random

import pytest

from clients.models import CardState, Client, Pair, Wearer
from crm_site.demo import desk
from messaging.models import Errand
from portal.models import Review
from stores.models import Store
from tests.factories import ClientFactory
from workshop.models import Master, ServiceRequest, ServiceTerm

TODAY = date(2026, 6, 17)


@pytest.fixture
def requests(store: Store, card: Client) -> list[ServiceRequest]:
    """Sixty requests of the last two months that are not saved yet."""
    statuses = ("received", "in_work", "ready", "handed_out", "handed_out")
    return [
        ServiceRequest(
            store=store, client=card, number=f"D-{n}", kind="repair", status=statuses[n % 5],
            accepted_on=TODAY - timedelta(days=n),
        )
        for n in range(60)
    ]  # fmt: skip


def test_requests_are_with_a_master_and_become_ready_before_they_are_fetched(requests: list[ServiceRequest]) -> None:
    desk.settle(requests, TODAY, Random(1))

    for request in requests:
        assert (request.master is None) == (request.status == "received")
        assert (request.ready_on is not None) == (request.status in ("ready", "handed_out"))
        assert (request.closed_on is not None) == (request.status == "handed_out")
        days = [day for day in (request.accepted_on, request.ready_on, request.closed_on) if day]
        assert days == sorted(days)
        assert days[-1] <= TODAY


def test_masters_and_terms_of_the_chain_are_not_made_twice_or_changed(requests: list[ServiceRequest]) -> None:
    ServiceTerm.objects.update_or_create(kind="cleaning", defaults={"days": 3})

    for _time in range(2):
        desk.settle(requests, TODAY, Random(1))

    assert [master.name for master in Master.objects.order_by("pk")] == list(desk.MASTERS)
    assert ServiceTerm.objects.get(kind="cleaning").days == 3


def test_the_newest_unhappy_client_is_still_to_be_called(requests: list[ServiceRequest]) -> None:
    desk.settle(requests, TODAY, Random(1))
    ServiceRequest.objects.bulk_create(requests)

    desk.answer(requests, TODAY, Random(3))

    low = Review.objects.filter(score__lte=6).order_by("-asked_on")
    errand = Errand.objects.get()
    assert [review.errand for review in low] == [errand, *[None] * (len(low) - 1)]
    assert (errand.script, str(low[0].score) in errand.reason) == (low[0].words, True)
    assert Review.objects.filter(score=None).exclude(answered_at=None).count() == 0


def test_where_nobody_was_asked_nobody_is_called(requests: list[ServiceRequest]) -> None:
    desk.answer(requests, TODAY, Random(3))

    assert (Review.objects.count(), Errand.objects.count()) == (0, 0)


def test_some_of_those_whom_clients_buy_for_have_their_day_soon(store: Store) -> None:
    clients = ClientFactory.create_batch(70)

    desk.give(clients, TODAY, Random(1))

    soon = [(TODAY + timedelta(days=n)).month * 100 + (TODAY + timedelta(days=n)).day for n in range(desk.NEAR)]
    assert Wearer.objects.values("client").distinct().count() == Wearer.objects.count() == desk.WEARERS
    assert Wearer.objects.filter(day__in=soon).count() >= desk.WEARERS // 6


def test_twins_wait_for_a_manager_and_no_lacking_card_becomes_one(store: Store) -> None:
    names = ("Алексеева", "Баранова", "Громова", "Зуева", "Титова")
    clients = [ClientFactory.create(last_name=name, birth_date=date(1980 + n, 1 + n, 5)) for n, name in enumerate(names)]
    lacking = ClientFactory.create(last_name="Котова", state=CardState.INCOMPLETE, phone=None)

    desk.double([*clients, lacking], Random(1))

    assert Pair.objects.count() == 2
    assert Client.objects.filter(last_name="Котова").get() == lacking
