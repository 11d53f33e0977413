"""Histories of clients and of the desk, made from a seed, and who looks at them."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Protocol

import pytest

from catalogue.kinds import PieceKind
from clients.models import Client
from purchases import services
from purchases.services import PieceLine
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import Sell
from tests.factories import ClientFactory
from visits import rhythm
from workshop import tickets
from workshop.models import Master, ServiceRequest

TODAY = date(2026, 6, 17)


@pytest.fixture
def boss(store: Store, other_store: Store) -> Employee:
    """A manager of all stores, who sees the chain."""
    return factories.employee(Role.MANAGER, store, other_store)


class Histories(Protocol):
    """``histories(40, seed=3)``: clients with visits of their own rhythm in both stores, some returned, some services alone."""

    def __call__(self, many: int, seed: int = 1) -> list[Client]: ...


@pytest.fixture
def histories(store: Store, other_store: Store, seller: Employee) -> Histories:
    def make(many: int, seed: int = 1) -> list[Client]:
        chance = random.Random(seed)
        clients = []
        for _client in range(many):
            client = ClientFactory.create(home_store=chance.choice((store, other_store)), registered_on=date(2024, 1, 1))
            clients.append(client)
            day, rhythm_of = TODAY - timedelta(days=chance.randrange(30, 1_000)), chance.randrange(10, 200)
            for _visit in range(1 + min(9, int(chance.paretovariate(1.0)))):
                where = chance.choice((store, other_store))
                if chance.random() < 0.12:
                    request = ServiceRequest(store=where, client=client, kind="repair", accepted_on=day, number="")
                    tickets.take_in(request, by=seller)
                else:
                    prices = [Decimal(chance.randrange(1, 80) * 1000) for _piece in range(chance.randrange(1, 4))]
                    lines = [PieceLine(f"A{n}", chance.choice(list(PieceKind)), price) for n, price in enumerate(prices)]
                    sold = services.sell(lines, store=where, seller=seller, client=client, sold_on=day)
                    if chance.random() < 0.1:
                        services.return_pieces(sold, list(sold.pieces.all()), by=seller, on=day)
                day += timedelta(days=1 + int(chance.expovariate(1 / rhythm_of)))
                if day > TODAY:
                    break
        rhythm.keep_typical_intervals()
        rhythm.recompute(TODAY)
        return clients

    return make


@pytest.fixture
def desk_history(store: Store, other_store: Store, sell: Sell) -> Callable[[int, int], None]:
    """``desk_history(120, seed=3)``: clients with a service each, some of whom buy before or after it."""

    def make(many: int, seed: int) -> None:
        chance = random.Random(seed)
        masters = [Master.objects.create(name=name) for name in ("Борис", "Глеб")]
        for number in range(many):
            client = ClientFactory.create()
            day = date(2024, 9, 1) + timedelta(days=chance.randrange(660))
            _request(chance, client, day, number, chance.choice((store, other_store)), chance.choice((*masters, None)))
            if chance.random() < 0.6:
                sell(client, day + timedelta(days=chance.randrange(-60, 260)), 1_000)

    return make


def _request(chance: Random, client: Client, day: date, number: int, store: Store, master: Master | None) -> None:
    ready = day + timedelta(days=chance.randrange(20)) if chance.random() < 0.9 else None
    status = chance.choice(("handed_out", "handed_out", "cancelled", "received"))
    ServiceRequest.objects.create(
        client=client, store=store, master=master, accepted_on=day, number=str(number), status=status, ready_on=ready,
        kind=chance.choice(("repair", "cleaning")), due_on=day + timedelta(days=7) if chance.random() < 0.8 else None,
        closed_on=(ready or day) + timedelta(days=chance.randrange(9)) if status in ("handed_out", "cancelled") else None,
    )  # fmt: skip
