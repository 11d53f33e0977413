"""A visitor registers on their own phone: what they typed waits for a seller of the store, who takes it. Public.

Nothing the visitor sees depends on whether they have a card: cards are looked at only when a seller takes the form.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import BigAutoField, DateTimeField, QuerySet
from django.utils import timezone

from clients import proving, services
from clients.models import Client
from clients.sameness import matching
from clients.sameness.matching import Proposal
from clients.services import OwnHand, PhoneTakenError
from messaging import codes
from messaging.models import Channel, CodePurpose, OneTimeCode
from portal.models import Arrival
from stores import opened
from stores.bases.prepared import Given, Prepared
from stores.models import Employee, Store

LASTS, UNPROVED = timedelta(days=1), timedelta(hours=1)
ORIGIN = "own phone"
TYPED = ("last_name", "first_name", "middle_name", "birth_date", "phone", "email", "no_email", "heard_from", "consents")


class ToDecideError(Exception):
    """Some cards may be the visitor's: a person says which, or that none is."""


class GoneError(Exception):
    """The form is there no more: its day is over."""


def write(store: Store, said: Mapping[str, Any], *, former: Arrival | None, language: str, now: datetime) -> Arrival:
    """Keep what was typed; whoever comes back to their form before the code changes what they typed there."""
    arrival = former or Arrival()
    arrival.store, arrival.language, arrival.came_at = store, language, now
    for name in TYPED:
        setattr(arrival, name, said[name])
    arrival.save()
    return arrival


def unproved(key: str) -> Arrival | None:
    """The form of a browser that waits for its code."""
    return Arrival.objects.filter(key=key, proved_at=None).select_related("store").first() if key else None


def ask_code(arrival: Arrival, *, browser: str, caller: codes.Caller, now: datetime) -> OneTimeCode | None:
    """A code to the phone that was typed, whoever has it. None beyond the limits."""
    return codes.ask(
        CodePurpose.REGISTER, Channel.SMS, arrival.phone, client=None, browser=browser, subject=str(arrival.pk), caller=caller,
        language=arrival.language, now=now,
    )  # fmt: skip


def prove(arrival: Arrival, code: str, *, browser: str, now: datetime) -> bool:
    """Whether the code is the one that went to the phone; from then on sellers see the form."""
    if codes.check(CodePurpose.REGISTER, arrival.phone, code, browser=browser, subject=str(arrival.pk), now=now) is None:
        return False
    return bool(Arrival.objects.filter(pk=arrival.pk, proved_at=None).update(proved_at=now))


def waiting(stores: Sequence[Store]) -> "QuerySet[Arrival]":
    """Forms that sellers of the stores can take, the oldest first. One query."""
    return Arrival.objects.waiting().filter(store__in=stores, proved_at__gt=timezone.now() - LASTS).select_related("store")


def _waiting() -> Any:
    ours = Arrival.objects.waiting().filter(store=Given("store", BigAutoField()), proved_at__gt=Given("since", DateTimeField()))
    return ours.select_related("store")


_WAITING: Prepared[Arrival] = Prepared(_waiting)


def waiting_in(store: Store | None) -> list[Arrival]:
    """The same of one store, as its start asks all day; nothing without one. One query."""
    return _WAITING.rows(store=store.pk, since=timezone.now() - LASTS) if store else []


def proposals(arrival: Arrival) -> list[Proposal]:
    """Cards that may be the visitor's, nearest first. Four queries at most."""
    said = arrival.details
    return matching.propose(said.name, birth_date=said.birth_date, phone=said.phone, email=said.email)


def holder_of(arrival: Arrival) -> Client | None:
    """The card that has the proved phone, whosever it is. One query."""
    return Client.objects.live().filter(phone=arrival.phone).first()


def same_person(arrival: Arrival) -> Client | None:
    """That card, where its name agrees and no other birth date stands on it. One query."""
    holder = holder_of(arrival)
    return holder if holder and services.same_person(holder, arrival.details) else None


@transaction.atomic
def take(pk: int, *, by: Employee, now: datetime) -> Client:
    """The visitor's card: the one that is certainly theirs, or a new one where none is like them. Taken twice is taken once.

    Raises ToDecideError where a person has to choose, GoneError.
    """
    arrival = _locked(pk)
    if arrival.client:
        return arrival.client
    if known := same_person(arrival):
        return _fill(arrival, known, by=by, now=now)
    if proposals(arrival):
        raise ToDecideError
    return _register(arrival, by=by, now=now)


@transaction.atomic
def take_as(pk: int, client: Client, *, by: Employee, now: datetime) -> Client:
    """A seller says whose card it is. Raises PhoneTakenError where the card lacks a phone that is somebody else's, GoneError."""
    arrival = _locked(pk)
    return arrival.client or _fill(arrival, client, by=by, now=now)


@transaction.atomic
def take_as_new(pk: int, *, by: Employee, now: datetime) -> Client:
    """A seller says that none of the cards is theirs: a new one, behind the phone's card where there is one. Raises GoneError."""
    arrival = _locked(pk)
    return arrival.client or _register(arrival, by=by, now=now)


def _locked(pk: int) -> Arrival:
    found = Arrival.objects.select_for_update(of=("self",)).filter(pk=pk, proved_at__isnull=False).select_related("store").first()
    if found is None:
        raise GoneError
    return found


def _fill(arrival: Arrival, client: Client, *, by: Employee, now: datetime) -> Client:
    services.complete_card(client, found=arrival.details, by=by, no_email=arrival.no_email, origin=ORIGIN)
    if arrival.heard_from and not client.heard_from_id:
        services.correct_card(client, edit=opened.edit_now(client, heard_from=arrival.heard_from), by=by, origin=ORIGIN)
    agreed = dict.fromkeys(arrival.consents, True)
    services.record_consents(client, agreed, by=by, where=arrival.store, own=_own(arrival))
    return _taken(arrival, client, by=by, now=now)


def _register(arrival: Arrival, *, by: Employee, now: datetime) -> Client:
    said: dict[str, Any] = {
        "by": by, "store": arrival.store, "consents": dict.fromkeys(arrival.consents, True), "no_email": arrival.no_email,
        "heard_from": arrival.heard_from, "origin": ORIGIN, "own": _own(arrival),
    }  # fmt: skip
    try:
        client = services.register(arrival.details, **said)
    except PhoneTakenError as taken:
        client = services.register_behind(taken.holder, arrival.details, **said)
    if client.language != arrival.language:
        services.correct_card(client, edit=opened.edit_now(client, language=arrival.language), by=by, origin=ORIGIN)
    return _taken(arrival, client, by=by, now=now)


def _own(arrival: Arrival) -> OwnHand:
    return OwnHand(arrival.proved_at or arrival.came_at, arrival.consents)


def _taken(arrival: Arrival, client: Client, *, by: Employee, now: datetime) -> Client:
    client.refresh_from_db()
    if client.phone == arrival.phone:
        proving.confirm(client, "phone", by=by, now=now)
    arrival.client, arrival.taken_by, arrival.taken_at = client, by, now
    arrival.save(update_fields=["client", "taken_by", "taken_at"])
    return client


def sweep(now: datetime) -> int:
    """Forms without a code for an hour, and all of a day ago, go: a card has by then what was taken. Returns how many."""
    without_code = Arrival.objects.filter(proved_at=None, came_at__lt=now - UNPROVED)
    return without_code.delete()[0] + Arrival.objects.filter(came_at__lt=now - LASTS).delete()[0]
