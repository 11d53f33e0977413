"""Standing programs that are on, and clients whom they can reach."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from campaigns.models import Program
from campaigns.standing import running
from clients.models import Client, Purpose
from clients.services import record_consents
from stores.models import Store
from tests.factories import ClientFactory
from visits.models import TypicalInterval

# Noon in Vladivostok.
DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 2, tzinfo=UTC)
TurnOn = Callable[..., Program]
Reachable = Callable[..., Client]


@pytest.fixture
def turn_on(db: None) -> TurnOn:
    def turn(key: str, **facts: object) -> Program:
        Program.objects.filter(key=key).update(**{"is_on": True, "since": date(2026, 1, 1), "holdout": 0, **facts})
        return Program.objects.select_related("template", "email_template").get(key=key)

    return turn


@pytest.fixture
def reachable(store: Store) -> Reachable:
    """A client of the store who agreed to what is named."""

    def make(*purposes: str, **facts: object) -> Client:
        client = ClientFactory.create(**{"home_store": store, **facts})
        record_consents(client, dict.fromkeys(purposes or (Purpose.CALLS,), True), by=None, where=None)
        return client

    return make


@pytest.fixture
def usual(db: None) -> None:
    """Clients of the chain come every hundred days."""
    TypicalInterval.objects.create(kind="", days=100, clients=1000)


def planned(program: Program, now: datetime = NOON) -> int:
    return running.plan(program, now=now)
