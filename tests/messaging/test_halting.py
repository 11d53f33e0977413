"""What is called off when a client comes, complains or says no."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients.models import Client, Purpose
from clients.services import record_consents
from messaging import halting, services
from messaging.models import Errand, ErrandStep, Message, Pause, StopEntry
from purchases import services as purchases_services
from stores.chain_day import day_of
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory, phone_of

NOW = timezone.now()
TODAY = day_of(NOW)


@pytest.fixture
def contacted(card: Client, store: Store) -> Client:
    """A client with a message that waits, one that does not ask what they do, a task and a task of service."""
    facts = {"client": card, "recipient": phone_of(card), "text": "Ура", "purpose": Purpose.ADVERTISING_SMS}
    times = {"send_after": NOW, "expires_at": NOW + timedelta(days=1)}
    Message.objects.create(occasion_key="offer", drop_when_bought=True, **facts, **times)
    Message.objects.create(occasion_key="greeting", **facts, **times)
    for service in (False, True):
        Errand.objects.create(client=card, store=store, occasion_key=f"e{service}", reason="!", due_on=TODAY, is_service=service)
    return card


def states() -> dict[str, str]:
    messages = dict(Message.objects.values_list("occasion_key", "state"))
    return messages | dict(Errand.objects.values_list("occasion_key", "outcome"))


UNTOUCHED = {"offer": "pending", "greeting": "pending", "eFalse": "open", "eTrue": "open"}
CALLED_OFF = {"offer": "suppressed", "greeting": "pending", "eFalse": "dropped", "eTrue": "open"}


def test_whoever_buys_is_not_asked_to_come(contacted: Client, sell: Sell) -> None:
    sell(contacted, TODAY, 1_000)

    assert states() == CALLED_OFF
    assert Message.objects.get(occasion_key="offer").events.get().reason == "bought"
    assert ErrandStep.objects.get().kind == "dropped"


def test_an_old_receipt_typed_in_later_changes_nothing(contacted: Client, sell: Sell) -> None:
    sell(contacted, TODAY - timedelta(days=8), 1_000)

    assert states() == UNTOUCHED


def test_what_came_back_stops_offers_for_two_weeks_and_undone_it_does_not(
    contacted: Client, sell: Sell, seller: Employee
) -> None:
    purchase = sell(contacted, TODAY - timedelta(days=60), 1_000)

    purchases_services.return_pieces(purchase, purchase.pieces.all(), by=seller)

    assert states() == CALLED_OFF
    assert Pause.objects.values_list("until", "ended_at").get() == (purchase.store.today() + timedelta(days=14), None)

    purchases_services.undo_return(purchase, by=seller)
    assert not Pause.objects.live(TODAY).exists()


def test_an_old_return_stops_nothing(contacted: Client) -> None:
    halting.returned(contacted.pk, on=date(2020, 1, 1), now=NOW)

    assert (states(), Pause.objects.count()) == (UNTOUCHED, 0)


@pytest.mark.parametrize("how", ["stop", "calls", "pause"])
def test_whoever_says_no_is_called_no_more(how: str, contacted: Client, manager: Employee) -> None:
    record_consents(contacted, {Purpose.CALLS: True}, by=None, where=None)
    if how == "stop":
        services.stop(phone_of(contacted), reason="СТОП", now=NOW)
    elif how == "calls":
        services.withdraw(contacted, Purpose.CALLS, now=NOW)
    else:
        services.pause(contacted, "Жалоба", until=None, by=manager)

    assert [states()[key] for key in ("eFalse", "eTrue")] == ["dropped", "open"]


@pytest.mark.parametrize("how", ["card", "stop", "pause"])
def test_what_was_said_elsewhere_is_swept_up(how: str, contacted: Client) -> None:
    record_consents(contacted, {Purpose.CALLS: True}, by=None, where=None)
    assert halting.sweep(NOW) == 0
    if how == "card":
        record_consents(contacted, {Purpose.CALLS: False}, by=None, where=None)
    elif how == "stop":
        StopEntry.objects.create(recipient=phone_of(contacted), reason="СТОП")
    else:
        Pause.objects.create(client=contacted, reason="Жалоба")

    assert [halting.sweep(NOW) for _twice in range(2)] == [1, 0]
    assert states()["eTrue"] == "open"


def test_two_queries_where_there_is_nothing(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    clients = [client.pk for client in ClientFactory.create_batch(3)]

    for some in (clients[:1], clients):
        with django_assert_num_queries(2):
            assert halting.halt(some, now=NOW) == 0
