"""What one remembers, in the search box: first names alone and middles of surnames, beside the search by a beginning."""

import random
import statistics

from benchmarks.data import NAMES, SURNAMES
from benchmarks.measure import ROUNDS, tell, timed
from clients.models import Surname
from crm_site.pages import finding
from crm_site.pages.finding import Last

MIDDLES = 40


def run(scale: float) -> bool:
    remembered = _wanted()
    for text in remembered[:3]:
        assert finding.search(text).way == Last.REMEMBERED, text
    ours, peer = [], []
    for _round in range(ROUNDS):
        ours += [timed(lambda text=text: finding.search(text)) for text in remembered]
        peer += [timed(lambda text=text: finding.search(text)) for text in SURNAMES]
    return tell("remembered", scale, statistics.median(ours), statistics.median(peer), at_most=3)


def _wanted() -> list[str]:
    chance = random.Random(2029)
    surnames = chance.sample(list(Surname.objects.order_by("key").values_list("key", flat=True)), MIDDLES)
    return [*NAMES, *(key[-5:] for key in surnames)]
