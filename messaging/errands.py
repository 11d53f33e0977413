"""Errands: what a seller is to do about a client, done or put off, and undone when it was a slip. Public."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from clients import services
from clients.models import Client, Purpose
from messaging.models import Errand, ErrandStep
from stores.models import Employee, Store

Outcome, Kind = Errand.Outcome, ErrandStep.Kind
# What happens to errands that an app to the right has made: called with the errand and the moment, inside its transaction.
Follower = Callable[[Errand, datetime], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Tell ``follower`` of each errand that is closed or opened again."""
    _followers.append(follower)


def ask_for(
    client: Client, *, store: Store | None, occasion_key: str, reason: str, script: str = "", due_on: date, is_service: bool
) -> tuple[Errand, bool]:
    """An errand for the store, and whether it is new: one that is there about the same occasion stays as it is."""
    facts = {
        "client": client, "store": store, "reason": reason[:200], "script": script, "due_on": due_on, "is_service": is_service,
    }  # fmt: skip
    return Errand.objects.get_or_create(occasion_key=occasion_key, defaults=facts)


@transaction.atomic
def hand_out(
    clients: Iterable[Client], *, round_key: str, store: Store, reason: str, script: str = "", due_on: date, is_service: bool
) -> int:
    """An errand about each client, for their home store or else for ``store``. Returns how many are new.

    The same ``round_key`` again, as of a form that was sent twice, makes nothing.
    """
    wanted = [
        Errand(
            client=client, store=client.home_store or store, occasion_key=f"hand:{round_key}:{client.pk}", reason=reason[:200],
            script=script, due_on=due_on, is_service=is_service,
        )
        for client in clients
    ]  # fmt: skip
    known = set(
        Errand.objects.filter(occasion_key__in=[errand.occasion_key for errand in wanted]).values_list("occasion_key", flat=True)
    )
    Errand.objects.bulk_create(wanted, ignore_conflicts=True)
    return sum(errand.occasion_key not in known for errand in wanted)


@transaction.atomic
def close(errand: Errand, outcome: str, *, by: Employee, now: datetime, words: str = "", next_on: date | None = None) -> Errand:
    """Write down how it went, in words too; done twice is done once.

    What goes on stays open and comes again on ``next_on``. Who did not answer is called again then, or the next day. Who does not
    want to be called takes back the consent to calls.
    """
    locked = Errand.objects.select_for_update(of=("self",)).select_related("store", "client").get(pk=errand.pk)
    if locked.outcome != Outcome.OPEN or _is_said_twice(locked, outcome, words, next_on, now):
        return locked
    kind = Kind.GOES_ON if outcome == Outcome.DONE and next_on else Kind(outcome)
    if kind == Kind.NO_ANSWER:
        next_on = next_on or _tomorrow(locked, now)
        locked.tries += 1
    elif kind != Kind.GOES_ON:
        next_on = None
        locked.outcome = Outcome.DONE if kind == Kind.DONE else Outcome.DROPPED
    if kind == Kind.DO_NOT_CALL:
        services.record_consents(locked.client, {Purpose.CALLS: False}, by=by, where=locked.store)
    locked.due_on = next_on or locked.due_on
    locked.done_at, locked.done_by = now, by
    locked.save(update_fields=["outcome", "due_on", "tries", "done_at", "done_by"])
    locked.steps.create(kind=kind, words=words[:300], next_on=next_on, at=now, by=by)
    _tell(locked, now)
    return locked


def _is_said_twice(errand: Errand, outcome: str, words: str, next_on: date | None, now: datetime) -> bool:
    """A press that came twice: the errand was put off to that day already, with those words."""
    if outcome == Outcome.NO_ANSWER:
        return bool(errand.tries) and errand.due_on == (next_on or _tomorrow(errand, now))
    last = errand.steps.last()
    return bool(next_on and last and last.kind == Kind.GOES_ON and (last.next_on, last.words) == (next_on, words))


@transaction.atomic
def reopen(errand: Errand, *, now: datetime, by: Employee | None = None) -> Errand:
    """It was a slip: the errand is to do again, today. A call that had no answer was none; its story says so."""
    locked = Errand.objects.select_for_update(of=("self",)).select_related("store").get(pk=errand.pk)
    last = locked.steps.last()
    if locked.outcome == Outcome.OPEN and locked.done_at and (last is None or last.kind == Kind.NO_ANSWER):
        locked.tries = max(0, locked.tries - 1)
    locked.outcome, locked.done_at, locked.done_by = Outcome.OPEN, None, None
    locked.due_on = min(locked.due_on, _today(locked, now))
    locked.save(update_fields=["outcome", "due_on", "tries", "done_at", "done_by"])
    if last and last.kind != Kind.REOPENED:
        locked.steps.create(kind=Kind.REOPENED, at=now, by=by)
    _tell(locked, now)
    return locked


def _tomorrow(errand: Errand, now: datetime) -> date:
    return _today(errand, now) + timedelta(days=1)


def _today(errand: Errand, now: datetime) -> date:
    return errand.store.today(now) if errand.store else now.date()


def _tell(errand: Errand, now: datetime) -> None:
    for follower in _followers:
        follower(errand, now)


def to_do(stores: Sequence[Store]) -> "QuerySet[Errand]":
    """Open errands of the stores by their day, with client, store and story. Two queries."""
    found = Errand.objects.filter(store__in=stores, outcome=Outcome.OPEN)
    story = Prefetch("steps", ErrandStep.objects.select_related("by"))
    return found.select_related("client", "store").prefetch_related(story).order_by("due_on", "pk")


def done_lately(stores: Sequence[Store], since: datetime) -> "QuerySet[Errand]":
    """What was closed, or called without an answer, since a moment, the newest first: for the undo. Two queries."""
    found = Errand.objects.filter(store__in=stores, done_at__gte=since)
    return found.select_related("client", "done_by").prefetch_related("steps").order_by("-done_at")
