"""A client's pieces in service as their owner follows them: the line with its times, the picture, the store that has it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Prefetch
from django.db.models import prefetch_related_objects as prefetch
from django.utils import timezone

from clients.models import Client
from stores.models import DayOff, Store
from workshop import telling
from workshop.models import PriceOffer, ServicePhoto, ServiceRequest, ServiceStatus, ServiceStep

LINE = (ServiceStatus.RECEIVED, ServiceStatus.IN_WORK, ServiceStatus.READY, ServiceStatus.HANDED_OUT)
SHOWN = 50
# Days off that somebody who is about to come should know of.
SOON = timedelta(days=14)


class Point(NamedTuple):
    """A status on the line; ``at`` by the store's clock, else ``on`` where only the day is known, of one that is reached."""

    label: str
    is_done: bool
    is_now: bool
    at: datetime | None
    on: date | None


class OpenToday(NamedTuple):
    """Whether a store can be reached today: until ``closes``, from ``opens``, or not at all any more."""

    is_open: bool
    opens: time | None
    closes: time | None


class OneService(NamedTuple):
    """A request as its client sees it; ``photo`` is the newest one, ``is_asked_for`` that a ticket named it."""

    request: ServiceRequest
    place: Store
    today: OpenToday
    steps: list[Point]
    photo: ServicePhoto | None
    to_pay: Decimal | None
    offer: PriceOffer | None
    is_asked_for: bool


def services_of(client: Client, ticket: str = "") -> list[OneService]:
    """The client's requests, the one that a ticket names first, then the open ones. Six queries.

    ``place.days_off_soon`` are the days off of where the piece lies.
    """
    rows = list(
        client.services.select_related("store", "lies_in").prefetch_related(
            Prefetch("offers", PriceOffer.objects.filter(answer=PriceOffer.Answer.OPEN), to_attr="open_offers"),
            Prefetch("steps", ServiceStep.objects.filter(kind=ServiceStep.Kind.STATUS), to_attr="statuses"),
            "photos",
        )[:SHOWN]
    )
    now = timezone.now()
    soon = DayOff.objects.filter(day__range=(today := timezone.localdate(), today + SOON))
    prefetch([telling.place_of(row) for row in rows], Prefetch("days_off", soon, to_attr="days_off_soon"))
    found = [_one(row, ticket, now) for row in rows]
    return sorted(found, key=lambda one: (not one.is_asked_for, one.request.is_closed))


def _one(row: ServiceRequest, ticket: str, now: datetime) -> OneService:
    place = telling.place_of(row)
    off = [one.day for one in place.days_off_soon]  # type: ignore[attr-defined]
    offer = next(iter(row.open_offers), None)  # type: ignore[attr-defined]
    photo = max(row.photos.all(), key=lambda one: one.pk, default=None)
    to_pay = None if row.is_closed else telling.to_pay(row)
    return OneService(row, place, open_today(place, off, now), _line(row), photo, to_pay, offer, row.number == ticket)


def _line(row: ServiceRequest) -> list[Point]:
    """Nothing of a request that was cancelled."""
    if row.status not in LINE:
        return []
    reached = LINE.index(ServiceStatus(row.status))
    times = {step.status: step.at.astimezone(row.store.zone) for step in row.statuses}  # type: ignore[attr-defined]
    days = {ServiceStatus.RECEIVED: row.accepted_on, ServiceStatus.READY: row.ready_on, ServiceStatus.HANDED_OUT: row.closed_on}
    points = []
    for place, status in enumerate(LINE):
        is_done = place <= reached
        at, on = (times.get(status), days.get(status)) if is_done else (None, None)
        # A list brings requests with their days alone: when it was read says nothing of the piece.
        points.append(Point(str(status.label), is_done, place == reached, at if _agrees(at, on) else None, on))
    return points


def _agrees(at: datetime | None, on: date | None) -> bool:
    return at is not None and (on is None or at.date() == on)


def open_today(place: Store, off: Sequence[date], now: datetime) -> OpenToday:
    local = now.astimezone(place.zone)
    if str(local.isoweekday()) in place.closed_weekdays or local.date() in off or local.time() >= place.closes_at:
        return OpenToday(False, None, None)
    return OpenToday(local.time() >= place.opens_at, place.opens_at, place.closes_at)
