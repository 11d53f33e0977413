"""Appointments written down, moved, settled. An hour is given away under the lock of its store, and never twice."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from clients.models import Client
from inquiries.appointments import hours, reminding
from inquiries.models import Appointment, AppointmentStep, Coming, Inquiry, Reception
from inquiries.services import KEPT
from stores.models import Employee, Store


class TakenError(Exception):
    """Nobody is free at that hour any more."""


class SellerBusyError(Exception):
    """The seller has somebody else at that hour."""


class NoHourError(Exception):
    """The store does not work at that hour, or the hour is over."""


class MeanwhileError(Exception):
    """Somebody changed the appointment since the page was opened."""


def reception_of(store: Store) -> Reception:
    return Reception.objects.get_or_create(store=store)[0]


def _lock(*stores: int) -> None:
    """Whoever gives an hour of these stores away or frees one waits here, in one order: no two wait for each other."""
    for store in sorted(set(stores)):
        Reception.objects.get_or_create(store_id=store)
    list(Reception.objects.select_for_update().filter(store__in=stores).order_by("store").values_list("pk", flat=True))


def _place(store: Store, at: datetime, seller: Employee | None, *, but: int | None, now: datetime) -> int:
    """A free place of the hour; the store is locked. Raises NoHourError, TakenError, SellerBusyError."""
    if at <= now or not hours.is_hour(store, at):
        raise NoHourError
    others = Appointment.objects.standing().filter(starts_at=at).exclude(pk=but or 0)
    if seller and others.filter(seller=seller).exists():
        raise SellerBusyError
    taken = set(others.filter(store=store).values_list("place", flat=True))
    at_once = Reception.objects.values_list("at_once", flat=True).get(store=store)
    if len(taken) >= at_once:
        raise TakenError
    return next(place for place in range(1, len(taken) + 2) if place not in taken)


@transaction.atomic
def book(
    store: Store, at: datetime, *, now: datetime, client: Client | None = None, inquiry: Inquiry | None = None,
    seller: Employee | None = None, articles: str = "", words: str = "", by: Employee | None = None, form_key: UUID | None = None,
) -> Appointment:  # fmt: skip
    """Write an appointment down; the same ``form_key`` again is the same one. ``by`` is None where the client chose.

    Raises NoHourError, TakenError, SellerBusyError; nothing is written then.
    """
    _lock(store.pk)
    key = form_key or uuid4()
    if known := Appointment.objects.filter(form_key=key).first():
        return known
    made = Appointment(
        store=store, client=client or (inquiry.client if inquiry else None), inquiry=inquiry, seller=seller, starts_at=at,
        place=_place(store, at, seller, but=None, now=now), articles=articles[:200], words=words[:300], form_key=key,
    )  # fmt: skip
    _write(made)
    _note(made, by, now)
    reminding.remind(made, now=now)
    return made


@transaction.atomic
def move(
    appointment: Appointment,
    *,
    store: Store,
    at: datetime,
    seller: Employee | None,
    version: int,
    by: Employee | None,
    now: datetime,
) -> Appointment:
    """Another hour, store or seller; where it was stays in its steps, and the reminder goes with it.

    Raises MeanwhileError, NoHourError, TakenError, SellerBusyError; nothing is written then.
    """
    held = _held(appointment, version, store.pk)
    if not held.is_booked:
        raise MeanwhileError
    place = _place(store, at, seller, but=held.pk, now=now)
    return _save(held, by, now, store=store, starts_at=at, seller=seller, place=place)


@transaction.atomic
def settle(appointment: Appointment, state: str, *, version: int, by: Employee | None, now: datetime) -> Appointment:
    """Came, did not come, cancelled; ``booked`` takes that back. A cancelled one that is to stand again needs a free place.

    Raises MeanwhileError, TakenError, NoHourError, SellerBusyError.
    """
    held = _held(appointment, version)
    if held.state == state:
        raise MeanwhileError
    more: dict[str, Any] = {}
    if held.state == Coming.CANCELLED:
        more["place"] = _place(held.store, held.starts_at, held.seller, but=held.pk, now=now)
    return _save(held, by, now, state=state, **more)


def _held(appointment: Appointment, version: int, *stores: int) -> Appointment:
    """The row as it stands, locked after its store and the others named. Raises MeanwhileError if it is another version."""
    _lock(appointment.store_id, *stores)
    rows = Appointment.objects.select_related("store", "client__home_store", "inquiry__client", "seller")
    held = rows.select_for_update(of=("self",)).get(pk=appointment.pk)
    if held.version != version:
        raise MeanwhileError
    return held


def _save(held: Appointment, by: Employee | None, now: datetime, **changes: Any) -> Appointment:
    for name, value in changes.items():
        setattr(held, name, value)
    held.version += 1
    _write(held)
    _note(held, by, now)
    reminding.remind(held, now=now)
    return held


def _write(appointment: Appointment) -> None:
    """Two stores may give a seller the same hour at once: the base lets one of them."""
    try:
        with transaction.atomic():
            appointment.save()
    except IntegrityError:
        raise SellerBusyError from None


def _note(appointment: Appointment, by: Employee | None, now: datetime) -> None:
    AppointmentStep.objects.create(
        appointment=appointment, state=appointment.state, store=appointment.store, starts_at=appointment.starts_at, by=by, at=now
    )


def forget(client: int, inquiries: list[int]) -> int:
    """Take a person out of their appointments; when and where stays. Nobody is expected any more. Returns how many."""
    theirs = Appointment.objects.filter(Q(client=client) | Q(inquiry__in=inquiries))
    theirs.filter(state=Coming.BOOKED).update(state=Coming.CANCELLED)
    return theirs.update(client=None, inquiry=None, words="", articles="")


def forget_old(now: datetime) -> int:
    """Words of appointments long over go, as those of inquiries do. Returns of how many."""
    over = Appointment.objects.filter(starts_at__lt=now - KEPT).exclude(words="", articles="")
    return over.update(words="", articles="")
