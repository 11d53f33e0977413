"""400 surname prefixes and phone endings in the search box, beside ``icontains`` over four columns."""

import random
import statistics

from django.db.models import Q

from benchmarks.measure import ROUNDS, tell, timed
from clients import selectors
from clients.models import Client

PEER_SAMPLE = 6


def run(scale: float) -> bool:
    wanted = _wanted()
    for text in wanted[:3]:
        found = {client.pk for client in selectors.find_clients(text, limit=10**6)}
        assert found
        assert found <= set(_icontains(text).values_list("pk", flat=True)), text
    chance = random.Random(7)
    ours, peer = [], []
    for _round in range(ROUNDS):
        ours += [timed(lambda text=text: selectors.find_clients(text)) for text in wanted]
        peer += [timed(lambda text=text: list(_icontains(text)[:20])) for text in chance.sample(wanted, PEER_SAMPLE)]
    median = tell("search", scale, statistics.median(ours), statistics.median(peer), faster=1_000 if scale >= 1 else 100)
    if scale < 1:
        return median
    slowest = statistics.quantiles(ours, n=100)[98]
    return tell("search-p99", scale, slowest, statistics.median(peer), faster=300) and median


def _wanted() -> list[str]:
    chance = random.Random(2018)
    keys = Client.objects.order_by("pk").values_list("pk", flat=True)
    first, last = keys[0], keys.reverse()[0]
    people = Client.objects.in_bulk([chance.randrange(first, last) for _client in range(400)])
    texts = []
    for number, person in enumerate(people.values()):
        texts.append(person.last_name if number % 2 else (person.phone or "")[-5:])
    return texts


def _icontains(text: str):
    found = Q()
    for column in ("last_name", "first_name", "middle_name", "phone"):
        found |= Q(**{f"{column}__icontains": text})
    return Client.objects.filter(found).order_by("last_name", "first_name")
