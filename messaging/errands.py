"""Errands: what a seller is to do about a client, done or put off, and undone when it was a slip. Public."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import NOT_PROVIDED, Prefetch, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from clients import proving, services
from clients.models import Client, Purpose
from clients.proving import Contact
from imports import bulk
from messaging import pool
from messaging.models import Errand, ErrandStep, Pause
from stores.models import Employee, Store

Outcome, Kind, Topic = Errand.Outcome, ErrandStep.Kind, Errand.Topic
# What happens to errands that an app to the right has made: called with the errand and the moment, inside its transaction.
Follower = Callable[[Errand, datetime], None]
_followers: list[Follower] = []

# Days after which a call comes again that was not answered, or about which the client thinks.
COMES_AGAIN = {Kind.NO_ANSWER: 1, Kind.THINKS: 3}
CLOSED_AS = {
    Kind.DONE: Outcome.DONE, Kind.AGREED: Outcome.DONE, Kind.COMPLAINED: Outcome.DONE, Kind.DROPPED: Outcome.DROPPED,
    Kind.NO_INTEREST: Outcome.DROPPED, Kind.DO_NOT_CALL: Outcome.DROPPED, Kind.WRONG_NUMBER: Outcome.DROPPED,
}  # fmt: skip
# The columns of an errand that is written with many others: all but its key and what the base says of a new one by itself.
COLUMNS = [
    field.attname
    for field in Errand._meta.concrete_fields
    if not field.primary_key and (field.has_default() or field.db_default is NOT_PROVIDED)
]
# An offer that so many calls did not reach is no longer called about.
MOST_TRIES = 3


def follow(follower: Follower) -> None:
    """Tell ``follower`` of each errand that is closed or opened again."""
    _followers.append(follower)


def ask_for(
    client: Client, *, store: Store | None, occasion_key: str, reason: str, script: str = "", due_on: date, is_service: bool,
    topic: str = Topic.OTHER, assignee: Employee | None = None,
) -> tuple[Errand, bool]:  # fmt: skip
    """An errand for the store, and whether it is new: one that is there about the same occasion stays as it is."""
    facts = {
        "client": client, "store": store, "reason": reason[:200], "script": script, "due_on": due_on, "is_service": is_service,
        "topic": topic, "assignee": assignee,
    }  # fmt: skip
    return Errand.objects.get_or_create(occasion_key=occasion_key, defaults=facts)


@transaction.atomic
def hand_out(
    clients: Iterable[Client], *, round_key: str, store: Store, reason: str, script: str = "", due_on: date, is_service: bool,
    topic: str = Topic.OTHER, is_shared: bool = False,
) -> int:  # fmt: skip
    """An errand about each client, for their home store or else for ``store``. Returns how many are new.

    The same ``round_key`` again, as of a form that was sent twice, makes nothing. ``is_shared``: fair shares for the sellers of
    each store at once, else everything lies in the pool.
    """
    wanted = [
        Errand(
            client=client, store=client.home_store or store, occasion_key=f"hand:{round_key}:{client.pk}", reason=reason[:200],
            script=script, due_on=due_on, is_service=is_service, topic=topic,
        )
        for client in clients
    ]  # fmt: skip
    return give_out(wanted, is_shared=is_shared)


@transaction.atomic(savepoint=False)
def give_out(wanted: Sequence[Errand], *, is_shared: bool) -> int:
    """Write errands that are not there yet, by their occasion. Returns how many are new."""
    if is_shared:
        keys = {errand.occasion_key for errand in wanted}
        known = set(Errand.objects.filter(occasion_key__any=keys).order_by().values_list("occasion_key", flat=True))
        wanted = [errand for errand in wanted if errand.occasion_key not in known]
        pool.share(wanted)
    return bulk.insert_new(Errand, COLUMNS, [[getattr(errand, name) for name in COLUMNS] for errand in wanted])


class Draft(NamedTuple):
    """What an errand of many has for itself; columns of ``Errand`` by their names."""

    client_id: int
    store_id: int | None
    occasion_key: str
    reason: str
    script: str


def give_out_alike(pattern: Errand, drafts: Sequence[Draft]) -> int:
    """As ``give_out`` into the pool, of many that are like ``pattern`` in all but what their drafts say; far quicker."""
    common = [name for name in COLUMNS if name not in Draft._fields]
    shared = [getattr(pattern, name) for name in common]
    return bulk.insert_new(Errand, [*Draft._fields, *common], [[*draft, *shared] for draft in drafts])


@transaction.atomic
def close(
    errand: Errand, outcome: str, *, by: Employee, now: datetime, words: str = "", next_on: date | None = None, problem: str = ""
) -> Errand:
    """Write down how it went, in words too; done twice is done once.

    What goes on stays open and comes again on ``next_on``; who did not answer or thinks about it is called again then, or some
    days later. Who does not want to be called takes back the consent to calls, a wrong number becomes a doubtful contact, and a
    complaint, about ``problem``, holds advertising until the manager has seen to it. ``next_on`` of one who agreed is the day on
    which they come.
    """
    locked = Errand.objects.select_for_update(of=("self",)).select_related("store", "client").get(pk=errand.pk)
    kind = Kind.GOES_ON if outcome == Outcome.DONE and next_on else Kind(outcome)
    if ahead := COMES_AGAIN.get(kind):
        next_on = next_on or _today(locked, now) + timedelta(days=ahead)
    if locked.outcome != Outcome.OPEN or _is_said_twice(locked, kind, words, next_on):
        return locked
    _note(locked, kind, next_on)
    locked.done_at, locked.done_by = now, by
    locked.problem = problem if kind == Kind.COMPLAINED else ""
    locked.save(update_fields=["outcome", "result", "problem", "agreed_on", "due_on", "tries", "done_at", "done_by"])
    kept = next_on if locked.outcome == Outcome.OPEN or kind == Kind.AGREED else None
    locked.steps.create(kind=kind, words=words[:300], next_on=kept, at=now, by=by)
    _do_what_follows(locked, kind, words, by, now)
    _tell(locked, now)
    return locked


def _is_said_twice(errand: Errand, kind: str, words: str, next_on: date | None) -> bool:
    """A press that came twice: the errand was put off to that day already, with those words."""
    if kind == Kind.NO_ANSWER:
        return bool(errand.tries) and errand.due_on == next_on
    last = errand.steps.last()
    said = (last.kind, last.next_on, last.words) if last else None
    return kind in (Kind.GOES_ON, Kind.THINKS) and said == (kind, next_on, words)


def _note(errand: Errand, kind: str, next_on: date | None) -> None:
    """What an outcome makes of the errand."""
    errand.tries += kind == Kind.NO_ANSWER
    if kind == Kind.NO_ANSWER and errand.tries >= MOST_TRIES and not errand.is_service:
        errand.outcome, errand.result = Outcome.NO_ANSWER, kind
    elif kind in CLOSED_AS:
        errand.outcome, errand.result = CLOSED_AS[Kind(kind)], kind
        errand.agreed_on = next_on if kind == Kind.AGREED else None
    elif next_on:
        errand.due_on = next_on


def _do_what_follows(errand: Errand, kind: str, words: str, by: Employee, now: datetime) -> None:
    client = errand.client
    if kind == Kind.DO_NOT_CALL:
        services.record_consents(client, {Purpose.CALLS: False}, by=by, where=errand.store)
    elif kind == Kind.WRONG_NUMBER and client.phone:
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("A wrong number, said in a call")
        proving.doubt([Contact(client.pk, "phone", str(client.phone))], reason=words or reason, now=now)
    elif kind == Kind.COMPLAINED:
        _pass_to_manager(errand, words, now)


def _pass_to_manager(errand: Errand, words: str, now: datetime) -> None:
    """A complaint in a call is an errand for the manager, and holds advertising until that is closed."""
    with translation.override(settings.LANGUAGE_CODE):
        said = _("Complained in a call (%(problem)s): %(reason)s") if errand.problem else _("Complained in a call: %(reason)s")
        reason = said % {"reason": errand.reason, "problem": errand.get_problem_display()}
        script = words or _("Ask what went wrong, apologise, and say what will be done.")
    asked, is_new = ask_for(
        errand.client, store=errand.store, occasion_key=_key_of_complaint(errand), reason=reason, script=script,
        due_on=_today(errand, now), is_service=True, topic=Topic.COMPLAINT, assignee=pool.manager_of(errand.store),
    )  # fmt: skip
    if is_new:
        asked.pause = Pause.objects.create(client=errand.client, reason=asked.reason, until=None)
        asked.save(update_fields=["pause"])
    elif asked.outcome != Outcome.OPEN:
        reopen(asked, now=now)


def _key_of_complaint(errand: Errand) -> str:
    return f"complaint:{errand.pk}"


@transaction.atomic
def reopen(errand: Errand, *, now: datetime, by: Employee | None = None) -> Errand:
    """It was a slip: the errand is to do again, today. A call that had no answer was none; its story says so.

    A number that was called wrong is in doubt no more, and a complaint that nobody has seen to is dropped. A consent that was
    taken back stays so: the card gives it again.
    """
    locked = Errand.objects.select_for_update(of=("self",)).select_related("store", "client").get(pk=errand.pk)
    last = locked.steps.last()
    if locked.outcome in (Outcome.OPEN, Outcome.NO_ANSWER) and locked.done_at and (last is None or last.kind == Kind.NO_ANSWER):
        locked.tries = max(0, locked.tries - 1)
    locked.outcome, locked.result, locked.agreed_on = Outcome.OPEN, "", None
    locked.done_at, locked.done_by, locked.problem = None, None, ""
    locked.due_on = min(locked.due_on, _today(locked, now))
    locked.save(update_fields=["outcome", "result", "problem", "agreed_on", "due_on", "tries", "done_at", "done_by"])
    if last and last.kind != Kind.REOPENED:
        locked.steps.create(kind=Kind.REOPENED, at=now, by=by)
        _take_back(locked, last, now)
    _tell(locked, now)
    return locked


def _take_back(errand: Errand, last: ErrandStep, now: datetime) -> None:
    if last.kind == Kind.WRONG_NUMBER:
        proving.doubt_no_more(errand.client, "phone", since=last.at)
    elif last.kind == Kind.COMPLAINED:
        made = Errand.objects.filter(occasion_key=_key_of_complaint(errand), outcome=Outcome.OPEN).first()
        if made and last.by:
            close(made, Kind.DROPPED, by=last.by, now=now)


def _today(errand: Errand, now: datetime) -> date:
    return errand.store.today(now) if errand.store else now.date()


def _tell(errand: Errand, now: datetime) -> None:
    if errand.pause_id:
        ended = None if errand.outcome == Outcome.OPEN else now
        Pause.objects.filter(pk=errand.pause_id).update(ended_at=ended)
    for follower in _followers:
        follower(errand, now)


def call_off(beginning: str, *, now: datetime) -> int:
    """Open errands of occasions whose key begins so are no more to do. Returns how many."""
    mine = list(Errand.objects.filter(occasion_key__startswith=beginning, outcome=Outcome.OPEN).values_list("pk", flat=True))
    Errand.objects.filter(pk__in=mine).update(outcome=Outcome.DROPPED, done_at=now)
    ErrandStep.objects.bulk_create(ErrandStep(errand_id=pk, kind=Kind.DROPPED, at=now) for pk in mine)
    return len(mine)


def to_do(stores: Sequence[Store]) -> "QuerySet[Errand]":
    """Open errands of the stores by their day, with client, store and story. Two queries."""
    found = Errand.objects.filter(store__in=stores, outcome=Outcome.OPEN)
    story = Prefetch("steps", ErrandStep.objects.select_related("by"))
    return found.select_related("client", "store", "assignee").prefetch_related(story).order_by("due_on", "pk")


def done_lately(stores: Sequence[Store], since: datetime) -> "QuerySet[Errand]":
    """What was closed, or called without an answer, since a moment, the newest first: for the undo. Two queries."""
    found = Errand.objects.filter(store__in=stores, done_at__gte=since)
    return found.select_related("client", "done_by").prefetch_related("steps").order_by("-done_at")
