"""Of those whom a trigger found: who is contacted by what, and who is not and why.

One open contact a client over all programs: who was chosen by any of them within two weeks, to be contacted or to compare with,
is left alone, so that both arms of each program live the same life.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet

from campaigns import quiet
from campaigns.models import COMPLAINTS_FIRST, Program, Touch, Way, WhyOut
from campaigns.standing import complaints
from campaigns.standing.marks import marked
from campaigns.standing.triggers import Found
from messaging import reaching
from messaging.models import Reason
from messaging.reaching import Reach
from workshop import selectors as workshop_selectors
from workshop.models import ServiceRequest

REST = timedelta(days=14)
# Of several hindrances the one that a person would name.
WORST_FIRST = (Reason.STOP, Reason.CONSENT, Reason.CARD, Reason.CONTACT)


class Choice(NamedTuple):
    """What becomes of somebody who was found: a way, or a reason (of ``WhyOut``) why not. ``store`` is whose task a call is.

    Who is quiet has both: the way by which they would have been reached.
    """

    found: Found
    reach: Reach
    way: str = ""
    reason: str = ""

    @property
    def store(self) -> int | None:
        return self.found.store or self.reach.home

    @property
    def is_again(self) -> bool:
        """Chosen after a complaint was seen to."""
        return self.found.round.endswith(complaints.AGAIN)


class _Known(NamedTuple):
    """Clients by what keeps them from an offer, and the ways of the program in the order in which they are tried."""

    busy: set[int]
    in_service: set[int]
    unheard: set[int]
    quiet: set[int]
    ways: list[str]


def choose(program: Program, found: Sequence[Found], *, today: date, now: datetime) -> list[Choice]:
    """A choice for each, in their order. At most four queries, whatever their number."""
    clients = {one.client for one in found}
    reach = reaching.reach_of(clients, now)
    known = _known(program, clients, today, now)
    return [_choice(program, one, reach[one.client], known) for one in found if one.client in reach]


def _known(program: Program, clients: Collection[int], today: date, now: datetime) -> _Known:
    lately = Touch.objects.compared().filter(counted_from__gt=today - REST, counted_from__lte=today)
    by: dict[str, QuerySet[Any]] = {"busy": lately}
    if not program.is_service:
        by["in_service"] = ServiceRequest.objects.filter(status__in=workshop_selectors.OPEN_STATUSES)
    asks_first = program.trigger in COMPLAINTS_FIRST
    found = marked(clients, by | complaints.marks(now) if asks_first else by)
    told = complaints.of_marks(found) if asks_first else complaints.NONE
    alone = set() if program.is_service else quiet.among(clients, today)
    return _Known(found["busy"] | told.heard, found.get("in_service", set()), told.unheard, alone, _ways(program))


def _choice(program: Program, found: Found, reach: Reach, known: _Known) -> Choice:
    choice = Choice(found, reach)
    if reason := _left_alone(program, choice, known):
        return choice._replace(reason=reason)
    hindrances = []
    for way in known.ways:
        if found.only_call and way != Way.CALL:
            continue
        if found.is_given and way == Way.CALL:
            continue
        if not (hindrance := _hinders(program, choice, way)):
            return choice._replace(way=way, reason=WhyOut.QUIET if found.client in known.quiet else "")
        hindrances.append(hindrance)
    if found.is_given and not hindrances:
        return choice._replace(reason=WhyOut.BUSY)
    worst = next((reason for reason in WORST_FIRST if reason in hindrances), Reason.CONTACT)
    return choice._replace(reason=WhyOut.ROAD if worst == Reason.CONTACT else WhyOut(worst))


def _left_alone(program: Program, choice: Choice, known: _Known) -> str:
    """Why nothing is to reach the client from this program now, by whatever way."""
    client, hindered = choice.found.client, choice.reach.hindered
    if hindered and not (program.is_service and hindered == Reason.CAP):
        return WhyOut(hindered)
    if client in known.unheard and not choice.is_again:
        return WhyOut.COMPLAINT
    if client in known.in_service:
        return WhyOut.REPAIR
    return WhyOut.BUSY if client in known.busy or choice.reach.called_now else ""


def _ways(program: Program) -> list[str]:
    return [*([Way.CALL.value] if program.calls else []), *(template.channel for template in program.templates)]


def _hinders(program: Program, choice: Choice, way: str) -> str:
    if way != Way.CALL:
        return choice.reach.hinders(way)
    if choice.store is None:
        return Reason.CONTACT
    if program.is_service:
        return "" if choice.reach.may_be_rung else Reason.STOP if choice.reach.phone_stopped else Reason.CONTACT
    return choice.reach.hinders(way)
