"""Appointments written down, moved, settled. An hour is given away under the lock of its store, and never twice."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from clients.models import Client
from inquiries.appointments import hours, reminding
from inquiries.models import Appointment, AppointmentStep, Coming, Inquiry, Reception
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


def _give(store: Store, at: datetime, seller: Employee | None, *, but: int | None, now: datetime) -> int:
    """A free place of the hour, under the store's lock. Raises NoHourError, TakenError, SellerBusyError."""
    if at <= now or not hours.is_hour(store, at):
        raise NoHourError
    reception_of(store)
    reception = Reception.objects.select_for_update().get(store=store)
    others = Appointment.objects.standing().filter(starts_at=at).exclude(pk=but)
    if seller and others.filter(seller=seller).exists():
        raise SellerBusyError
    taken = set(others.filter(store=store).values_list("place", flat=True))
    place = next((place for place in range(1, reception.at_once + 1) if place not in taken), None)
    if place is None or len(taken) >= reception.at_once:
        raise TakenError
    return place


@transaction.atomic
def book(
    store: Store, at: datetime, *, now: datetime, client: Client | None = None, inquiry: Inquiry | None = None,
    seller: Employee | None = None, articles: str = "", words: str = "", by: Employee | None = None, form_key: UUID | None = None,
) -> Appointment:  # fmt: skip
    """Write an appointment down; the same ``form_key`` again is the same one. ``by`` is None where the client chose.

    Raises NoHourError, TakenError, SellerBusyError; nothing is written then.
    """
    key = form_key or uuid4()
    if known := Appointment.objects.filter(form_key=key).first():
        return known
    client = client or (inquiry.client if inquiry else None)
    place = _give(store, at, seller, but=None, now=now)
    made = Appointment.objects.create(
        store=store, client=client, inquiry=inquiry, seller=seller, starts_at=at, place=place, articles=articles[:200],
        words=words[:300], form_key=key,
    )  # fmt: skip
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
    held = _held(appointment, version)
    if not held.is_booked:
        raise MeanwhileError
    place = _give(store, at, seller, but=held.pk, now=now)
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
        more["place"] = _give(held.store, held.starts_at, held.seller, but=held.pk, now=now)
    return _save(held, by, now, state=state, **more)


def _held(appointment: Appointment, version: int) -> Appointment:
    """The row as it stands, locked after the hour's store would be: moves and bookings wait for each other there."""
    reception_of(appointment.store)
    Reception.objects.select_for_update().get(store=appointment.store_id)
    rows = Appointment.objects.select_related("store", "client__home_store", "inquiry__client", "seller")
    held = rows.select_for_update(of=("self",)).get(pk=appointment.pk)
    if held.version != version:
        raise MeanwhileError
    return held


def _save(held: Appointment, by: Employee | None, now: datetime, **changes: Any) -> Appointment:
    for name, value in changes.items():
        setattr(held, name, value)
    held.version += 1
    held.save()
    _note(held, by, now)
    reminding.remind(held, now=now)
    return held


def _note(appointment: Appointment, by: Employee | None, now: datetime) -> None:
    AppointmentStep.objects.create(
        appointment=appointment, state=appointment.state, store=appointment.store, starts_at=appointment.starts_at, by=by, at=now
    )


def forget(client: int, inquiries: list[int]) -> int:
    """Take a person out of their appointments; when and where stays for the figures. Returns how many."""
    theirs = Appointment.objects.filter(client=client) | Appointment.objects.filter(inquiry__in=inquiries)
    return theirs.update(client=None, inquiry=None, words="", articles="")
