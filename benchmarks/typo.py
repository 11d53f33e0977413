"""Misspelt surnames in the search box: how many are found, beside a trigram index on the clients themselves."""

import random
import statistics

from django.db import connection

from benchmarks.errors import slip
from benchmarks.measure import ROUNDS, tell, tell_share, timed
from clients.models import Client
from clients.sameness import surnames
from clients.searching import cards
from clients.writing import names

WORDS = 300
PEER_SAMPLE = 30
INDEX = "bench_name_trigrams"
PEER = """SELECT id, state, last_name, first_name, middle_name, birth_date, phone, email FROM clients_client WHERE state IN ('complete', 'incomplete') AND last_name %% %s
ORDER BY similarity(last_name, %s) DESC, id LIMIT 20"""
SURNAMES = (
    """SELECT last_name FROM clients_client WHERE last_name %% %s GROUP BY 1 ORDER BY similarity(last_name, %s) DESC LIMIT 40"""
)


def run(scale: float) -> bool:
    wanted = _misspelt()
    found = [key in surnames.alike(names.key(word)) for key, word in wanted]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX} ON clients_client USING gin (last_name gin_trgm_ops)")
        try:
            theirs = [_there(cursor, key, word) for key, word in wanted]
            held = tell_share("typo-recall", scale, statistics.mean(found), statistics.mean(theirs), at_least=0.95)
            ours, peer = _both([word for _key, word in wanted])
        finally:
            cursor.execute(f"DROP INDEX {INDEX}")
    return tell("typo", scale, ours, peer, faster=30 if scale >= 1 else 3) and held


def _both(words: list[str]) -> tuple[float, float]:
    chance = random.Random(7)
    ours, peer = [], []
    for _round in range(ROUNDS):
        ours += [timed(lambda word=word: cards.find_alike(word)) for word in words]
        peer += [timed(lambda word=word: _trigrams(word)) for word in chance.sample(words, PEER_SAMPLE)]
    return statistics.median(ours), statistics.median(peer)


def _trigrams(word: str) -> list[Client]:
    """The cards for the same screen."""
    return list(Client.objects.raw(PEER, [word, word]))


def _there(cursor, key: str, word: str) -> bool:
    """Whether the surname is among as many as ours looks through."""
    cursor.execute(SURNAMES, [word, word])
    return key in {names.key(surname) for (surname,) in cursor.fetchall()}


def _misspelt() -> list[tuple[str, str]]:
    """Surnames with one slip, a fifth of the long ones with two; such as are no surname of the base themselves."""
    chance = random.Random(2020)
    keys = Client.objects.order_by("pk").values_list("pk", flat=True)
    first, last = keys[0], keys.reverse()[0]
    people = Client.objects.in_bulk([chance.randrange(first, last) for _client in range(WORDS)]).values()
    wanted = []
    for surname in (person.last_name for person in people):
        word = slip(surname, chance)
        word = slip(word, chance) if len(surname) > 7 and chance.random() < 0.2 else word
        if names.edit_distance(names.key(word), names.key(surname), 2) <= 2 and word != surname:
            wanted.append((names.key(surname), word))
    return wanted
