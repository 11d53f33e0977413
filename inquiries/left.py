"""Inquiries that nobody sees to any more, as programs ask for them; what programs are about to say of one is called off. Public.

A program's message or errand about an inquiry has ``round_of`` it in its occasion key.
"""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from catalogue.models import Stock
from inquiries.models import Appointment, Inquiry, InquiryQuerySet
from messaging import halting
from messaging.models import Errand, Message, Reason
from stores.chain_day import day_of, ends_of

_ROUND = re.compile(r":i(\d+):")


class Left(NamedTuple):
    """An inquiry of a client with a card, and the day from which it has been left. ``is_given``: a seller has a task about it."""

    pk: int
    client: int
    store: int | None
    kind: str
    worth: float
    since: date
    is_given: bool


def round_of(inquiry: int) -> str:
    return f"i{inquiry}"


def inquiry_of(key: str) -> int | None:
    """The inquiry that an occasion key is about."""
    found = _ROUND.search(key)
    return int(found[1]) if found else None


def without_a_step(first: date, last: date) -> list[Left]:
    """Open ones whose last step was on a day of ``first..last``, or whose next one was due then and not taken. One query.

    Whoever is expected at an hour is not left.
    """
    rows = _of_cards(last).filter(Q(next_on=None) | Q(next_on__lte=last), step_at__lte=ends_of(last)[1])
    rows = rows.filter(Q(step_at__gte=ends_of(first)[0]) | Q(next_on__gte=first))
    found = (_left(one, max(day_of(one.step_at), one.next_on or date.min)) for one in rows)
    return [one for one in found if first <= one.since <= last]


def woken(first: date, last: date) -> list[Left]:
    """Open ones for which a piece came on a day of ``first..last`` and still lies, and that nobody has moved since. One query."""
    lies = Exists(Stock.objects.lying().filter(article=OuterRef("woken_by")))
    came = (ends_of(first)[0], ends_of(last)[1])
    rows = _of_cards(last).filter(lies, woken_at__range=came, step_at__lte=F("woken_at"))
    return [_left(one, day_of(one.woken_at)) for one in rows if one.woken_at]


def _of_cards(day: date) -> InquiryQuerySet:
    """Open ones of clients with a card, but of those who are expected on the day or later."""
    expected = Appointment.objects.booked().filter(Q(inquiry=OuterRef("pk")) | Q(client=OuterRef("client")))
    rows: InquiryQuerySet = Inquiry.objects.open().filter(client__isnull=False, erased_at=None)
    return rows.exclude(Exists(expected.filter(starts_at__gte=ends_of(day)[0]))).select_related("errand").order_by("pk")


def _left(one: Inquiry, since: date) -> Left:
    is_given = one.errand is not None and one.errand.outcome == Errand.Outcome.OPEN
    return Left(one.pk, one.client_id or 0, one.store_id, one.kind, float(one.budget or 0), since, is_given)


def still_open(inquiries: Collection[int]) -> set[int]:
    """Those of them that are neither won nor lost. One query."""
    return set(Inquiry.objects.open().filter(pk__any=set(inquiries)).order_by().values_list("pk", flat=True))


def call_off(inquiry: Inquiry, *, now: datetime, reason: Reason = Reason.DECIDED) -> int:
    """Somebody has seen to it: what programs were about to say of it is said no more. Returns how many messages and errands.

    The caller has locked the client. Two queries where there is nothing.
    """
    if inquiry.client_id is None:
        return 0
    about = f":{round_of(inquiry.pk)}:"
    messages = Message.objects.filter(client=inquiry.client_id, occasion_key__contains=about)
    errands = Errand.objects.filter(client=inquiry.client_id, occasion_key__contains=about)
    return halting.suppress(messages, reason, now=now) + halting.withdraw(errands, now=now)
