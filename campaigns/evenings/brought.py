"""What an evening brought: how many of the invited were reached, said yes, came and bought; what the comparison allows to say.

Purchases count from the evening's day, 30 days long, for both arms. That those who came bought more than those who did not
says nothing: who likes to buy likes to come. What the evening caused is told by the arms alone.
"""

from datetime import date, timedelta
from typing import NamedTuple

from analytics.figures import statistics
from analytics.figures.statistics import Interval
from campaigns.effects import outcome
from campaigns.effects.effect import WINDOW
from campaigns.effects.outcome import Outcome
from campaigns.models import Answer, Evening
from visits.models import CHAIN, Visit


class Step(NamedTuple):
    """A step of the funnel: how many of the invited got so far, as a share of them all with its interval."""

    name: str
    clients: int
    share: Interval | None


class Funnel(NamedTuple):
    """Clients who were invited, without those let in uninvited; guests are not clients. ``absent``: said yes, were not there."""

    invited: int
    reached: int
    accepted: int
    came: int
    bought: int
    absent: int
    uninvited: int
    ends_on: date

    @property
    def steps(self) -> list[Step]:
        names = ("invited", "reached", "accepted", "came", "bought")
        return [self._step(name, getattr(self, name)) for name in names]

    def _step(self, name: str, clients: int) -> Step:
        return Step(name, clients, statistics.wilson(clients, self.invited) if self.invited and name != "invited" else None)


def funnel(evening: Evening) -> Funnel:
    """Two queries. ``bought`` of who came; ``accepted`` with those who came without having said so."""
    listed = list(evening.invitations.values_list("client", "answer", "reached_at", "came_at", "is_uninvited"))
    invited = [row for row in listed if not row[4]]
    came = {client for client, _answer, _reached, came_at, _un in invited if came_at}
    will = {client for client, answer, *_more in invited if answer == Answer.ACCEPTED}
    reached = {client for client, _answer, reached_at, *_more in invited if reached_at}
    ends_on = evening.day + WINDOW
    bought = Visit.objects.filter(
        scope=CHAIN, client__in=came, items__gt=0, day__range=(evening.day, ends_on - timedelta(days=1))
    )
    return Funnel(
        len(invited), len(reached | came), len(will | came), len(came), bought.values("client").distinct().count(),
        len(will - came) if evening.is_over else 0, len(listed) - len(invited), ends_on,
    )  # fmt: skip


def outcome_of(evening: Evening) -> Outcome:
    """What followed and what was caused; three queries. Complete when the window is over."""
    return outcome.outcome_of(evening, evening.day, evening.day, today=evening.store.today(), stores=None)
