"""The service that saves a receipt of two pieces with bonuses spent and earned, beside the same sale without terms."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import transaction

from benchmarks.measure import in_turn, tell
from catalogue.kinds import PieceKind
from clients.models import Client
from loyalty import services as loyalty_services
from loyalty.ledger import Birth
from loyalty.models import Entry, Lot, Source
from loyalty.nightly import differences
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from purchases import services
from purchases.services import PieceLine
from stores.models import Store

SALES = 40
LINES = [PieceLine("R1", PieceKind.RING, Decimal(10_000)), PieceLine("E1", PieceKind.EARRINGS, Decimal(20_000))]
TERMS = TermsSaid(Mode.BONUSES, Decimal(5), tiers=[TierSaid(Decimal(100_000), Decimal(7))])


def run(scale: float) -> bool:
    chance = random.Random(2018)
    keys = list(Client.objects.values_list("pk", flat=True)[: int(100_000 * scale)])
    clients = list(Client.objects.filter(pk__in=chance.sample(keys, SALES)))
    store = Store.objects.get(pk=Store.objects.values("pk")[:1])

    def sell(spend: int) -> None:
        for client in clients:
            services.sell(LINES, store=store, seller=None, client=client, spend=spend)

    with transaction.atomic():
        _give(clients, store.today())
        _check(clients[0], store)
        seconds = in_turn(lambda: _undone(lambda: sell(500), since=store.today()), lambda: _undone(lambda: sell(0)), rounds=9)
        transaction.set_rollback(True)
    return tell("ledger", scale, *(one / SALES for one in seconds), at_most=1.5)


def _undone(work: Callable[[], object], since: date | None = None) -> None:
    with transaction.atomic():
        if since:
            loyalty_services.publish(TERMS, since=since, by=None)
        work()
        transaction.set_rollback(True)


def _give(clients: list[Client], day: date) -> None:
    """Bonuses in three lots for each of the clients."""
    for client in clients:
        account = loyalty_services.open_account(client.pk, on=day)
        for ends in (30, 60, 90):
            birth = Birth(Source.GOODWILL, day, day + timedelta(days=ends))
            loyalty_services.earn(account, 300, birth=birth, key=str(uuid4()), on=day, by=None)


def _check(client: Client, store: Store) -> None:
    with transaction.atomic():
        loyalty_services.publish(TERMS, since=store.today(), by=None)
        moves = Entry.objects.count()
        services.sell(LINES, store=store, seller=None, client=client, spend=500)
        assert Entry.objects.count() == moves + 3
        assert sum(Lot.objects.filter(account__members__client=client).values_list("left", flat=True)) in (1_875, 2_465)
        assert list(differences()) == []
        transaction.set_rollback(True)
