"""What all advertising brings: both arms since it was turned on, of those who had come before."""

from datetime import date, timedelta

import pytest

from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from campaigns import everything, quiet
from campaigns.models import Quiet
from clients.models import CardState, Client
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory

SINCE = date(2026, 3, 1)
JUNE = Period(date(2026, 6, 1), date(2026, 6, 1))


@pytest.fixture
def standing(admin: Employee, monkeypatch: pytest.MonkeyPatch) -> Quiet:
    """Every second card is quiet."""
    monkeypatch.setattr(quiet, "held_in_sql", lambda _source, _salt, client, _percent: (f"{client} %% 2 = %s", [0]))
    return quiet.turn_on(percent=20, by=admin, today=SINCE)


@pytest.fixture
def known(store: Store, sell: Sell) -> list[Client]:
    """Four who had come before, the third long before."""
    clients = ClientFactory.create_batch(4, home_store=store)
    for client, days in zip(clients, (10, 20, 500, 30), strict=True):
        sell(client, SINCE - timedelta(days=days), 700)
    return clients


def test_nothing_is_told_where_it_was_never_on(known: list[Client]) -> None:
    assert everything.told(None, JUNE) == {"since": None, "percent": 0}
    assert FIGURES["everything"] is everything.FIGURE


def test_both_arms_since_it_was_turned_on(standing: Quiet, known: list[Client], sell: Sell, store: Store) -> None:
    held = [client for client in known if client.pk % 2 == 0]
    other = next(client for client in known if client.pk % 2)
    sell(held[0], SINCE, 1_000), sell(other, SINCE + timedelta(days=5), 3_000), sell(other, JUNE.last, 10)
    sell(other, JUNE.last + timedelta(days=1), 99), sell(ClientFactory.create(home_store=store), SINCE, 5_000)

    told = everything.told(None, JUNE)

    assert told["held"] == {"clients": 2, "buyers": 1, "revenue": 1_000, "part": 50, "each": 500}
    assert told["others"] == {"clients": 2, "buyers": 1, "revenue": 3_010, "part": 50, "each": 1_505}
    assert (told["since"], told["until"], told["is_over"], told["share"]["says"]) == (
        "2026-03-01",
        "2027-03-01",
        False,
        "too_few",
    )


def test_who_bought_in_the_year_before_is_compared_with_those_who_did_too(standing: Quiet, known: list[Client]) -> None:
    strata = everything.strata_of(standing, standing.until, JUNE.last, None)

    assert sorted((one.treated.size, one.held.size) for one in strata) in ([(0, 1), (2, 1)], [(1, 0), (1, 2)])
    assert {one.planned for one in strata} == {0.2}


def test_the_days_end_where_it_was_turned_off(standing: Quiet, known: list[Client], sell: Sell, admin: Employee) -> None:
    quiet.turn_off(standing, by=admin, today=date(2026, 4, 1))
    held = next(client for client in known if client.pk % 2 == 0)
    sell(held, date(2026, 3, 31), 10), sell(held, date(2026, 4, 1), 100)

    told = everything.told(None, JUNE)

    assert (told["held"]["revenue"], told["ended"], told["is_over"]) == (10, "2026-04-01", True)


def test_stores_and_erased_cards(standing: Quiet, known: list[Client], other_store: Store) -> None:
    Client.objects.filter(pk=known[0].pk).update(home_store=other_store)
    Client.objects.filter(pk=known[1].pk).update(state=CardState.MERGED, merged_into=known[0].pk)

    clients = [everything.told(at, JUNE) for at in (None, other_store)]

    assert [told["held"]["clients"] + told["others"]["clients"] for told in clients] == [3, 1]
