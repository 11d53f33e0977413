"""Errands: what a seller is to do about a client, done or put off, and undone when it was a slip. Public."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from clients.models import Client
from messaging.models import Errand
from stores.models import Employee, Store

Outcome = Errand.Outcome
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
def close(errand: Errand, outcome: str, *, by: Employee, now: datetime) -> Errand:
    """Write down how it went. Who did not answer is called again the next day; done twice is done once."""
    locked = Errand.objects.select_for_update(of=("self",)).select_related("store").get(pk=errand.pk)
    if locked.outcome != Outcome.OPEN:
        return locked
    if outcome == Outcome.NO_ANSWER:
        tomorrow = _today(locked, now) + timedelta(days=1)
        if locked.tries and locked.due_on == tomorrow:
            return locked
        locked.due_on = tomorrow
        locked.tries += 1
    else:
        locked.outcome = Outcome(outcome)
    locked.done_at, locked.done_by = now, by
    locked.save(update_fields=["outcome", "due_on", "tries", "done_at", "done_by"])
    _tell(locked, now)
    return locked


@transaction.atomic
def reopen(errand: Errand, *, now: datetime) -> Errand:
    """It was a slip: the errand is to do again, today. A call that had no answer was none."""
    locked = Errand.objects.select_for_update(of=("self",)).select_related("store").get(pk=errand.pk)
    if locked.outcome == Outcome.OPEN and locked.done_at:
        locked.tries = max(0, locked.tries - 1)
    locked.outcome, locked.done_at, locked.done_by = Outcome.OPEN, None, None
    locked.due_on = min(locked.due_on, _today(locked, now))
    locked.save(update_fields=["outcome", "due_on", "tries", "done_at", "done_by"])
    _tell(locked, now)
    return locked


def _today(errand: Errand, now: datetime) -> date:
    return errand.store.today(now) if errand.store else now.date()


def _tell(errand: Errand, now: datetime) -> None:
    for follower in _followers:
        follower(errand, now)


def to_do(stores: Sequence[Store]) -> "QuerySet[Errand]":
    """Open errands of the stores by their day, with client and store. One query."""
    found = Errand.objects.filter(store__in=stores, outcome=Outcome.OPEN)
    return found.select_related("client", "store").order_by("due_on", "pk")


def done_lately(stores: Sequence[Store], since: datetime) -> "QuerySet[Errand]":
    """What was closed, or called without an answer, since a moment, the newest first: for the undo. One query."""
    found = Errand.objects.filter(store__in=stores, done_at__gte=since)
    return found.select_related("client", "done_by").order_by("-done_at")
