"""The check at registration (all that a visitor says, with a slip in it), beside a look-up of one card by its primary key."""

import random
import statistics
from datetime import date

from benchmarks.measure import ROUNDS, tell, timed
from clients.models import Client
from clients.sameness import matching
from clients.writing.names import PersonName

VISITORS = 300


def run(scale: float) -> bool:
    people = _people()
    for person in people[:20]:
        said = matching.propose(_with_slip(person.name), birth_date=person.birth_date, phone=None, email=None)
        assert person in [proposal.client for proposal in said], person.pk
    ours, peer, by_day = [], [], []
    for _round in range(ROUNDS):
        for person in people:
            ours.append(timed(lambda person=person: _known(person)))
            by_day.append(timed(lambda person=person: _new(person)))
            peer.append(timed(lambda person=person: Client.objects.get(pk=person.pk)))
    median = statistics.median(peer)
    held = tell("match", scale, statistics.median(by_day), median, at_most=4)
    return tell("match-contacts", scale, statistics.median(ours), median, at_most=4) and held


def _people() -> list[Client]:
    chance = random.Random(2018)
    keys = Client.objects.order_by("pk").values_list("pk", flat=True)
    first, last = keys[0], keys.reverse()[0]
    return list(Client.objects.in_bulk([chance.randrange(first, last) for _client in range(VISITORS)]).values())


def _with_slip(name: PersonName) -> PersonName:
    return name._replace(last=name.last[:3] + name.last[4:], middle="")


def _new(person: Client) -> list[matching.Proposal]:
    """While the name and the birth date are typed: no contact yet."""
    return matching.propose(_with_slip(person.name), birth_date=person.birth_date)


def _known(person: Client) -> list[matching.Proposal]:
    """All that is asked for, by somebody with a new phone and e-mail: three queries."""
    day: date | None = person.birth_date
    return matching.propose(_with_slip(person.name), birth_date=day, phone="+79990000000", email="nobody@example.ru")
