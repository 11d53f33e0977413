"""Who was not content since the visit before the last: that is looked at before anything is offered."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery

from campaigns.models import COMPLAINTS_FIRST, Arm, Program, Touch, WhyOut
from campaigns.standing.marks import marked
from messaging.models import Errand
from portal.models import Review
from portal.reviews import LOW
from visits.models import CHAIN, Visit
from workshop.models import ServiceRequest, ServiceStatus

# An offer comes so long after somebody saw to it, and within so much more.
PEACE, PEACE_LASTS = timedelta(days=14), timedelta(days=7)
AGAIN = "+"
MARKS = ("low", "refused", "heard")


class Complaints(NamedTuple):
    """Clients whom nobody has asked what was wrong, and those who are still to be left in peace."""

    unheard: set[int]
    heard: set[int]


NONE = Complaints(set(), set())


def of_clients(clients: Collection[int], now: datetime) -> Complaints:
    """Of these, who answered low or had a request cancelled since their last visit day but one. One query.

    A low answer whose errand went well two weeks ago is forgiven; one that was seen to later needs no second call.
    """
    return of_marks(marked(set(clients), marks(now)))


def marks(now: datetime) -> "dict[str, QuerySet[Any]]":
    """What ``of_marks`` wants to know, for those who ask for more at once."""
    return dict(zip(MARKS, told(now), strict=True))


def of_marks(found: Mapping[str, set[int]]) -> Complaints:
    low, refused, heard = (found[name] for name in MARKS)
    return Complaints((low | refused) - heard, heard)


def told(now: datetime) -> "tuple[QuerySet[Review], QuerySet[ServiceRequest], QuerySet[Errand]]":
    """Low answers, refused requests, and the calls in which somebody asks or lately asked what was wrong; of all clients."""
    earlier = Subquery(Visit.objects.filter(client=OuterRef("client"), scope=CHAIN).order_by("-day").values("day")[1:2])
    low = Review.objects.filter(score__lte=LOW).alias(since=earlier)
    low = low.filter(Q(since=None) | Q(answered_at__date__gte=earlier)).exclude(_seen_to(now - PEACE))
    refused = ServiceRequest.objects.filter(status=ServiceStatus.CANCELLED).alias(since=earlier)
    refused = refused.filter(Q(since=None) | Q(closed_on__gte=earlier))
    lately = Q(outcome=Errand.Outcome.OPEN) | Q(outcome=Errand.Outcome.DONE, done_at__gt=now - PEACE)
    return low, refused, Errand.objects.filter(lately, topic=Errand.Topic.COMPLAINT)


def _seen_to(by: datetime) -> Q:
    return Q(errand__outcome=Errand.Outcome.DONE, errand__done_at__lte=by)


def made_up(program: Program, now: datetime) -> list[tuple[int, str]]:
    """Whose call about it went well two weeks ago: client and the round in which the offer comes after all. Two queries."""
    if program.trigger not in COMPLAINTS_FIRST:  # nobody is left out of it for a complaint
        return []
    out = Touch.objects.filter(source=program.key, arm=Arm.OUT, reason=WhyOut.COMPLAINT)
    touches = {touch.key(): touch for touch in out.filter(made_at__gt=now - timedelta(days=180))}
    closed = Errand.objects.filter(
        occasion_key__in=touches, outcome=Errand.Outcome.DONE, done_at__gt=now - PEACE - PEACE_LASTS, done_at__lte=now - PEACE
    )  # fmt: skip
    well = [touches[key] for key in closed.values_list("occasion_key", flat=True)]
    return [(touch.client_id, touch.round + AGAIN) for touch in well]
