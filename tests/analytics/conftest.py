"""Histories of clients over three years, made from a seed."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

import pytest

from catalogue.kinds import PieceKind
from clients.models import Client
from purchases import services
from purchases.services import PieceLine
from stores.models import Employee, Store
from tests.factories import ClientFactory
from visits import rhythm
from workshop import tickets
from workshop.models import ServiceRequest

TODAY = date(2026, 6, 17)


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
