"""An evening as a whole: moved to another day, given more seats, called off."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Q, Sum

from campaigns import touching
from campaigns.evenings import announcing, answering
from campaigns.evenings.announcing import News
from campaigns.models import Answer, Arm, Evening, Invitation, Touch, WhyOut
from messaging import errands
from stores.models import Employee


@transaction.atomic
def save(write: Callable[[], Evening | None], before: Evening, *, tells: bool, by: Employee, now: datetime) -> bool:
    """Write what a person changed of an evening, with what follows from it; whether it was written.

    ``before``: as it stood. Moved, its open calls are reworded, and its guests are told if the person ``tells`` them.
    """
    guests = announcing.guests_of(before)
    answering.lock_clients([guest.client_id for guest in guests])
    if write() is None:
        return False
    evening = answering.lock(before.pk)
    changed(evening, by=by, now=now)
    if announcing.is_moved(before, evening):
        answering.reword_calls(before, evening)
        if tells:
            announcing.announce(evening, News.MOVED, guests, now=now)
    return True


@transaction.atomic
def changed(evening: Evening, *, by: Employee, now: datetime) -> None:
    """Purchases of both arms count from the evening's day, whichever it is now; more seats let in who waits."""
    Touch.objects.filter(source=evening.source).exclude(counted_from=evening.day).update(counted_from=evening.day)
    answering.seats_changed(evening, by=by, now=now)


@transaction.atomic
def cancel(evening: Evening, *, now: datetime, tells: bool = False) -> bool:
    """Open calls about it are taken back; nobody is compared; its guests are told if the person ``tells`` them.

    Whether it was news.
    """
    guests = announcing.guests_of(evening)
    answering.lock_clients([guest.client_id for guest in guests])
    errands.call_off(f"{evening.source}:", now=now)
    locked = answering.lock(evening.pk)
    if locked.cancelled_at:
        return False
    locked.cancelled_at = now
    locked.save(update_fields=["cancelled_at"])
    touching.end(Touch.objects.filter(source=locked.source, arm=Arm.TREATED), WhyOut.DECIDED)
    if tells:
        announcing.announce(locked, News.CANCELLED, guests, now=now)
    return True


class Row(NamedTuple):
    """An evening in a list: invited clients, seats that are taken, people who wait, clients who came."""

    evening: Evening
    invited: int
    taken: int
    waiting: int
    came: int


def listed(evenings: Iterable[Evening]) -> list[Row]:
    """One query for the numbers of all, and that of the evenings."""
    found = list(evenings)
    came, will = Q(came_at__isnull=False), Q(answer=Answer.ACCEPTED, came_at=None)
    sums = Invitation.objects.filter(evening__in=found).order_by().values("evening").annotate(
        invited=Count("pk"), came=Count("pk", filter=came), will=Count("pk", filter=will),
        more=Sum("guests", filter=will, default=0), with_them=Sum("came_guests", filter=came, default=0),
        waiting=Count("pk", filter=Q(answer=Answer.WAITING)),
    )  # fmt: skip
    told = {row["evening"]: row for row in sums}
    return [_row(evening, told.get(evening.pk)) for evening in found]


def _row(evening: Evening, told: Mapping[str, Any] | None) -> Row:
    if told is None:
        return Row(evening, 0, 0, 0, 0)
    taken = told["came"] + told["will"] + told["more"] + told["with_them"]
    return Row(evening, told["invited"], taken, told["waiting"], told["came"])


class Tally(NamedTuple):
    """How many invitations have an answer."""

    value: str
    label: str
    clients: int


def answers(evening: Evening) -> list[Tally]:
    """Every answer with its number. One query."""
    counted = dict(evening.invitations.order_by().values_list("answer").annotate(n=Count("pk")))
    return [Tally(answer.value, str(answer.label), counted.get(answer.value, 0)) for answer in Answer]
