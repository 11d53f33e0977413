"""A till's question what a basket costs, by the API, beside the emptiest call of the same server: a document that is not there."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from uuid import uuid4

import urllib3
from django.db import transaction

from benchmarks.measure import ROUNDS, tell
from benchmarks.page import SECONDS, _server
from clients.models import Client
from exchange import services
from exchange.models import Source
from loyalty import services as loyalty_services
from loyalty.ledger import Birth
from loyalty.models import Account, Entry, Lot, Member, Reservation, Terms
from loyalty.models import Source as Origin
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from stores.models import Store

PEOPLE = 200
TERMS = TermsSaid(Mode.BONUSES, Decimal(5), tiers=[TierSaid(Decimal(100_000), Decimal(7))])
LINES = [{"n": 1, "article": "R1", "tag": "10000.00"}, {"n": 2, "article": "E1", "tag": "20000.00"}]


def run(scale: float) -> bool:
    store = Store.objects.get(pk=Store.objects.values("pk")[:1])
    with _told(store) as (key, people):
        asked = cycle([json.dumps(_basket(store, client)) for client in people])
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        with _server("crm_site.wsgi:application", 8795) as ours:
            quotes, empty = _in_turn(urllib3.PoolManager(headers=headers), ours, asked)
    return tell("quote", scale, quotes, empty, at_most=3)


def _basket(store: Store, client: Client) -> dict[str, object]:
    who = {"phone": str(client.phone)}
    return {"basket": f"b-{client.pk}", "store": store.code, "client": who, "spend": "most", "lines": LINES}


@contextmanager
def _told(store: Store) -> Iterator[tuple[str, list[Client]]]:
    """A key, and people with bonuses in three lots under terms that hold; taken back afterwards, as others measure without terms."""
    source = Source.objects.create(name=f"bench-{uuid4().hex[:8]}", a_minute=100_000_000)
    people = list(Client.objects.exclude(phone=None).order_by("pk")[:PEOPLE])
    try:
        with transaction.atomic():
            loyalty_services.publish(TERMS, since=store.today(), by=None)
            for client in people:
                _give(client, store)
        yield services.issue_key(source)[1], people
    finally:
        with transaction.atomic():
            source.keys.all().delete()
            source.delete()
            for table in (Reservation, Entry, Lot, Member, Account):
                table.objects.all()._raw_delete(using="default")
            Terms.tiers.rel.related_model.objects.all()._raw_delete(using="default")
            Terms.objects.all()._raw_delete(using="default")


def _give(client: Client, store: Store) -> None:
    account = loyalty_services.open_account(client.pk, on=store.today())
    for ends in (30, 60, 90):
        birth = Birth(Origin.GOODWILL, store.today(), store.today() + timedelta(days=ends))
        loyalty_services.earn(account, 300, birth=birth, key=str(uuid4()), on=store.today(), by=None)


def _in_turn(pool: urllib3.PoolManager, base: str, asked: Iterator[str]) -> tuple[float, float]:
    """Median seconds of a quote and of the emptiest call, a second of each in every round."""
    _wait(pool, base)
    quotes, empty = [], []
    for _round in range(ROUNDS):
        quotes.append(_each(lambda: _ask(pool, base, next(asked))))
        empty.append(_each(lambda: _ask_nothing(pool, base)))
    sys.stderr.write(f"quote: {statistics.median(quotes) * 1000:.1f} ms each\n")
    return statistics.median(quotes), statistics.median(empty)


def _each(call: Callable[[], None]) -> float:
    start, calls = time.perf_counter(), 0
    while time.perf_counter() - start < SECONDS:
        call()
        calls += 1
    return (time.perf_counter() - start) / calls


def _ask(pool: urllib3.PoolManager, base: str, body: str) -> None:
    answer = pool.request("POST", f"{base}/api/quotes/", body=body, retries=False)
    assert answer.status == 200, answer.data
    assert answer.json()["most"] == "900", answer.json()


def _ask_nothing(pool: urllib3.PoolManager, base: str) -> None:
    assert pool.request("GET", f"{base}/api/receipts/0/", retries=False).status == 404


def _wait(pool: urllib3.PoolManager, base: str) -> None:
    for _try in range(100):
        try:
            return _ask_nothing(pool, base)
        except urllib3.exceptions.HTTPError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")
