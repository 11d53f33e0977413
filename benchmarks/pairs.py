"""The whole base searched for cards of one person, in which some were made twice: minutes, memory, and how many are found."""

import random
import resource

from django.db import connection, transaction

from benchmarks.errors import slip
from benchmarks.measure import tell, tell_share, timed
from clients.models import Client, Pair
from clients.sameness import pairs

DOUBLES = 2_000
# A million cards in ten minutes.
SECONDS_A_CARD = 600 / 1_000_000


def run(scale: float) -> bool:
    cards = Client.objects.live().count()
    with transaction.atomic():
        doubles = _make_twice()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE clients_client")
        before, said = _megabytes(), []
        seconds = timed(lambda: said.append(pairs.find_pairs()))
        grown = _megabytes() - before
        again = pairs.find_pairs()
        assert (again.made, again.changed, again.closed) == (0, 0, 0), again
        found = set(Pair.objects.values_list("first", "second"))
        recall = len(found & doubles) / len(doubles)
        transaction.set_rollback(True)
    held = tell("pairs", scale, seconds, SECONDS_A_CARD * cards, at_most=1)
    held &= tell("pairs-megabytes", scale, grown, 200, at_most=1)
    return tell_share("pairs-recall", scale, recall, 1, at_least=0.95) and held


def _make_twice() -> set[tuple[int, int]]:
    """Second cards for some people, each with one slip or a new phone, and none of the e-mail."""
    chance = random.Random(2021)
    keys = list(Client.objects.live().order_by("pk").values_list("pk", flat=True))
    people = list(Client.objects.filter(pk__in=chance.sample(keys, min(DOUBLES, len(keys) // 20))).order_by("pk"))
    made = []
    for number, person in enumerate(people):
        other = Client(
            state="incomplete", last_name=person.last_name, first_name=person.first_name, middle_name=person.middle_name,
            birth_date=person.birth_date, phone=f"+7800{number:07d}",
        )  # fmt: skip
        if number % 3 == 0:
            other.last_name = slip(other.last_name, chance)
        elif number % 3 == 1 and person.birth_date and person.birth_date.day <= 12:
            other.birth_date = person.birth_date.replace(month=person.birth_date.day, day=person.birth_date.month)
        made.append(other.prepare())
    saved = Client.objects.bulk_create(made)
    return {(person.pk, other.pk) for person, other in zip(people, saved, strict=True)}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
