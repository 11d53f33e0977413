"""What who is invited answers. Seats are given under the evening's lock: never more than there are.

Where the seats are gone one waits in the order of the answers; whoever gives seats back lets the first in who fits, and a
seller is asked to tell them. A call's outcome comes here from its errand (``follow_errand``), a word by hand from the page.
Locks: the client, the errand, the evening, the invitation, in this order.
"""

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import Replace
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns.models import OF_EVENING, Answer, Evening, Invitation
from clients.models import Client
from messaging import errands, pool
from messaging.models import Errand, ErrandStep
from stores.models import Employee
from stores.texts import writing

Kind = ErrandStep.Kind
# “+2” in the words of a call: so many guests come along.
GUESTS = re.compile(r"\+\s?(\d{1,2})(?!\d|\s\d{3})")
FIRST_STEP = ":1"
SAID = {
    Kind.AGREED: Answer.ACCEPTED, Kind.NO_INTEREST: Answer.DECLINED, Kind.DO_NOT_CALL: Answer.DECLINED,
}  # fmt: skip
UNHEARD = (Kind.NO_ANSWER, Kind.DROPPED, Kind.WRONG_NUMBER)


class NoSeatsError(Exception):
    """Who has seats asked for more than there are left; they keep what they had. ``free``: how many more there are."""

    def __init__(self, free: int) -> None:
        super().__init__(free)
        self.free = free


def lock_clients(clients: Collection[int]) -> None:
    """Before the evening, as a sale locks its client before their errands."""
    list(Client.objects.select_for_update(no_key=True).filter(pk__in=clients).order_by("pk").values_list("pk"))


def lock(evening: int) -> Evening:
    return Evening.objects.select_for_update(of=("self",)).select_related("store").get(pk=evening)


def taken(evening: Evening) -> int:
    """Seats of those who will come, or have, with their guests. One query."""
    seated = evening.invitations.seated()
    will, did = Q(came_at=None), Q(came_at__isnull=False)
    told = seated.aggregate(
        clients=Count("pk"), more=Sum("guests", filter=will, default=0), with_them=Sum("came_guests", filter=did, default=0)
    )
    return sum(told.values())


def answer(invitation: Invitation, said: str, *, guests: int = 0, by: Employee, now: datetime) -> Invitation:
    """A word by hand: nobody has to call any more."""
    with transaction.atomic():
        _call_off(calls_of(invitation), now)
        return _answer(invitation.evening_id, invitation.pk, Answer(said), guests, by, now)


def calls_of(invitation: Invitation) -> "QuerySet[Errand]":
    """Its errands, the first call first; those of a card that has become one with the client's too."""
    begins = f"{OF_EVENING}:{invitation.evening_id}:"
    return Errand.objects.filter(client=invitation.client_id, occasion_key__startswith=begins).order_by("pk")


def _call_off(calls: "QuerySet[Errand]", now: datetime) -> None:
    for key in calls.filter(outcome=Errand.Outcome.OPEN).values_list("occasion_key", flat=True):
        errands.call_off(key, now=now)


def _answer(evening: int, pk: int, said: Answer, guests: int, by: Employee | None, now: datetime) -> Invitation:
    held = lock(evening)
    one = Invitation.objects.select_for_update().get(pk=pk)
    one.reached_at = one.reached_at or now
    if said == Answer.ACCEPTED:
        _seat(held, one, min(guests, held.plus), by, now)
    else:
        _note(one, said, 0, by, now)
    _save(one)
    _let_in_who_waits(held, by, now)
    return one


def _seat(evening: Evening, one: Invitation, guests: int, by: Employee | None, now: datetime) -> None:
    """Will come, or waits where there is no room. Raises NoSeatsError for who has a seat and wants more than there are."""
    mine = one.people if one.answer == Answer.ACCEPTED or one.came_at else 0
    free = evening.seats - taken(evening) + mine
    if 1 + guests <= free:
        _note(one, Answer.ACCEPTED, guests, by, now)
    elif mine:
        raise NoSeatsError(free - mine)
    else:
        _note(one, Answer.WAITING, guests, by, now)


def _note(one: Invitation, said: Answer, guests: int, by: Employee | None, now: datetime) -> None:
    """Who waits keeps their place in the line, whatever number of guests they wish."""
    if not (one.answer == said == Answer.WAITING):
        one.answered_at = now
    one.answer, one.guests, one.answered_by = said, guests, by


def _save(one: Invitation) -> None:
    one.save(update_fields=["answer", "guests", "reached_at", "answered_at", "answered_by"])


def _let_in_who_waits(evening: Evening, by: Employee | None, now: datetime) -> None:
    """The first waiting who fits, and the next, until the seats are gone; once it has begun the door decides."""
    if evening.cancelled_at or evening.starts_at <= now:
        return
    waiting = evening.invitations.filter(answer=Answer.WAITING).select_for_update(of=("self",)).order_by("answered_at", "pk")
    free = evening.seats - taken(evening)
    for one in waiting.select_related("client__home_store") if free > 0 else []:
        if one.people <= free:
            free -= one.people
            one.answer, one.answered_by = Answer.ACCEPTED, by
            _save(one)
            _ask_to_tell(evening, one, now)


def _ask_to_tell(evening: Evening, one: Invitation, now: datetime) -> None:
    """An errand about what the client themselves asked for: it is service."""
    store = one.client.home_store or evening.store
    before = calls_of(one).count()
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("A seat is free: tell them. %(evening)s") % {"evening": in_words(evening)}
        script = _("The client waited for a seat and has one now, guests: %(n)s. If they cannot come, say so at the evening.")
    due_on = min(store.today(now), evening.day)
    found, is_new = errands.ask_for(
        one.client, store=store, occasion_key=f"{one.call_key}{2 + before}", reason=reason, script=script % {"n": one.guests},
        due_on=due_on, is_service=True, topic=Errand.Topic.INVITE,
    )  # fmt: skip
    if is_new:
        pool.share([found])
        found.save(update_fields=["assignee"])


def in_words(evening: Evening) -> str:
    """“Pearls, 5 December, 19:00”, in the language that is active and the store's time."""
    return f"{evening.title}, {date_format(evening.starts_here, 'j E')}, {date_format(evening.starts_here, 'H:i')}"


def reword_calls(before: Evening, evening: Evening) -> None:
    """Open calls about an evening say when it is by now, where they said when it was."""
    mine = Errand.objects.filter(occasion_key__startswith=f"{evening.source}:", outcome=Errand.Outcome.OPEN)
    for was, now in zip(_said_when(before), _said_when(evening), strict=True):
        mine.update(reason=Replace("reason", Value(was), Value(now)), script=Replace("script", Value(was), Value(now)))


def _said_when(evening: Evening) -> list[str]:
    """How calls say it: as their reason does, in the language of the chain, and as a field of their script."""
    with translation.override(settings.LANGUAGE_CODE):
        whole = in_words(evening)
    return [whole, *(writing.day_in_words(evening.day, language) for language, _name in settings.LANGUAGES)]


@transaction.atomic
def take_back(invitation: Invitation, *, by: Employee, now: datetime) -> None:
    """The word was a slip: as if nobody had answered; the call is to do again."""
    calls = calls_of(invitation)
    call = calls.filter(occasion_key__endswith=FIRST_STEP).first()
    _call_off(calls.exclude(occasion_key__endswith=FIRST_STEP), now)
    if call and call.outcome != Errand.Outcome.OPEN:
        errands.reopen(call, by=by, now=now)
    _answer_nothing(invitation.evening_id, invitation.pk, bool(call and call.tries), now)


def _answer_nothing(evening: int, pk: int, was_called: bool, now: datetime) -> None:
    held = lock(evening)
    one = Invitation.objects.select_for_update().get(pk=pk)
    one.answer, one.guests = Answer.CALLED if was_called else Answer.LISTED, 0
    one.answered_at, one.answered_by, one.reached_at = None, None, None
    _save(one)
    _let_in_who_waits(held, None, now)


def follow_errand(errand: Errand, now: datetime) -> None:
    """What came of an invitation's call becomes its answer, in the errand's own transaction."""
    of, _colon, rest = errand.occasion_key.partition(":")
    evening = rest.partition(":")[0]
    if of != OF_EVENING or not evening.isdecimal() or not errand.occasion_key.endswith(FIRST_STEP):
        return
    one = Invitation.objects.filter(evening=int(evening), client=errand.client_id, evening__cancelled_at=None).first()
    last = errand.steps.last()
    if one is None or last is None or one.came_at:
        return
    if last.kind == Kind.REOPENED:
        _answer_nothing(one.evening_id, one.pk, bool(errand.tries), now)
    elif said := SAID.get(Kind(last.kind)):
        with suppress(NoSeatsError):  # they have a seat already, and keep it
            _answer(one.evening_id, one.pk, said, guests_in(last.words), last.by, now)
    elif one.answer in (Answer.LISTED, Answer.CALLED):
        reached = None if last.kind in UNHEARD else now
        Invitation.objects.filter(pk=one.pk).update(answer=Answer.CALLED, reached_at=one.reached_at or reached)


def guests_in(words: str) -> int:
    """“+2, will be late” → 2."""
    found = GUESTS.search(words)
    return int(found[1]) if found else 0


@transaction.atomic
def seats_changed(evening: Evening, *, by: Employee, now: datetime) -> None:
    """More seats let in who waits; fewer take none from those who were promised one."""
    _let_in_who_waits(lock(evening.pk), by, now)
