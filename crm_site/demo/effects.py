"""Programs of the past year with an effect that is known, because it was planted: two that bring buyers, two that bring nobody.

So that anybody can see whether the pages find what is there and claim nothing else (``tests/crm_site/demo/test_effects.py``).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from django.utils import timezone

from campaigns.models import Arm, Program, Touch, TouchState, Way
from clients.models import CardState, Client
from messaging.models import Errand
from stores.models import Employee

# Of a program's key: how many more of a hundred buy within the days because of it.
PLANTED = {"second": 22, "return": 16, "expected": 0, "silent": 0}
HOLDOUT = 50
# Below so many clients nothing could be seen of it, and nothing is planted.
ENOUGH = 800
YEAR, DAYS = 365, 30
BATCH = 2_000


class Bought(NamedTuple):
    """Somebody who bought on a day because they were called."""

    program: str
    client: Client
    day: date


def plant(clients: Sequence[Client], sellers: dict[int, list[Employee]], today: date, chance: Random) -> list[Bought]:
    """Write a year of calls of each program, each client's once, and say who is to buy because of them."""
    programs = {program.key: program for program in Program.objects.filter(key__in=PLANTED)}
    if len(clients) < ENOUGH or len(programs) < len(PLANTED):
        return []
    touches, errands, bought = [], [], []
    for touch, client in _chosen(clients, today, chance):
        touches.append(touch)
        if touch.arm == Arm.TREATED:
            errands.append(_errand(programs[touch.source], touch, client, sellers, chance))
            if chance.random() * 100 < PLANTED[touch.source]:
                later = touch.counted_from + timedelta(days=chance.randrange(1, DAYS))
                bought += [Bought(touch.source, client, later)] if later <= today else []
    Touch.objects.bulk_create(touches, batch_size=BATCH)
    Errand.objects.bulk_create(errands, batch_size=BATCH)
    # The next arms are drawn by the programs themselves.
    Program.objects.filter(key__in=PLANTED).update(holdout=HOLDOUT, phase=2)
    return bought


def _chosen(clients: Sequence[Client], today: date, chance: Random) -> Iterator[tuple[Touch, Client]]:
    """Each client by one program at most, on a day of the past year after they became one."""
    keys = list(PLANTED)
    for number, client in enumerate(clients):
        since = max(today - timedelta(days=YEAR), (client.registered_on or today) + timedelta(days=14))
        if client.state != CardState.COMPLETE or since >= today or client.home_store_id is None:
            continue
        day = since + timedelta(days=chance.randrange((today - since).days))
        arm = Arm.HELD if chance.random() * 100 < HOLDOUT else Arm.TREATED
        yield Touch(
            source=keys[number % len(keys)], round=str(day), client=client, store_id=client.home_store_id, arm=arm, way=Way.CALL,
            counted_from=day, stratum=f"{day:%Y-%m}:{HOLDOUT}",
            state=TouchState.MADE if arm == Arm.TREATED else TouchState.OVER,
        ), client  # fmt: skip


def _errand(program: Program, touch: Touch, client: Client, sellers: dict[int, list[Employee]], chance: Random) -> Errand:
    by = chance.choice(there) if (there := sellers.get(touch.store_id or 0)) else None
    done_at = timezone.make_aware(datetime.combine(touch.counted_from, time(chance.randrange(11, 19), chance.randrange(60))))
    return Errand(
        client=client, store_id=touch.store_id, occasion_key=touch.key(), topic=Errand.Topic.OFFER, due_on=touch.counted_from,
        reason=program.call_reason, script=program.call_script, outcome=Errand.Outcome.DONE, done_at=done_at, done_by=by,
        assignee=by, result=chance.choices(("agreed", "thinks", "no_interest"), weights=(3, 4, 3))[0],
    )  # fmt: skip
