"""The service that saves a receipt of two pieces, beside the same without the derived rows."""

import random
from decimal import Decimal
from unittest import mock

from django.db import transaction

from benchmarks.measure import in_turn, tell
from catalogue.kinds import PieceKind
from clients.models import Client
from purchases import services
from purchases.services import PieceLine
from stores.models import Store
from visits.models import Visit

SALES = 40
LINES = [PieceLine("R1", PieceKind.RING, Decimal(100)), PieceLine("E1", PieceKind.EARRINGS, Decimal(200))]


def run(scale: float) -> bool:
    chance = random.Random(2018)
    keys = list(Client.objects.values_list("pk", flat=True)[: int(100_000 * scale)])
    clients = list(Client.objects.filter(pk__in=chance.sample(keys, SALES)))
    store = Store.objects.first()

    def sell() -> None:
        with transaction.atomic():
            for client in clients:
                services.sell(LINES, store=store, seller=None, client=client)
            transaction.set_rollback(True)

    def without() -> None:
        with mock.patch("purchases.services.derived.refresh"):
            sell()

    _check(clients[0], store)
    return tell("sale", scale, *(seconds / SALES for seconds in in_turn(sell, without, rounds=9)), at_most=4)


def _check(client: Client, store: Store) -> None:
    with transaction.atomic():
        before = Visit.objects.filter(client=client, scope=0).count()
        services.sell(LINES, store=store, seller=None, client=client)
        assert Visit.objects.filter(client=client, scope=0).count() == before + 1
        transaction.set_rollback(True)
