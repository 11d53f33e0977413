"""Appointments for a screen. Public."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from inquiries.models import Appointment, Coming
from stores.models import Store

# One that nobody has settled stays on the card so long.
LATE = timedelta(days=2)


class Group(NamedTuple):
    """The appointments of a seller in a store; ``seller`` is empty where it is nobody's."""

    store: Store
    seller: str
    rows: list[Appointment]


def _whole() -> QuerySet[Appointment]:
    return Appointment.objects.select_related("store", "client", "inquiry__client", "seller")


def of_day(stores: Sequence[Store], day: date) -> list[Appointment]:
    """What is expected and came on a day of each store, by the hour. One query."""
    asked = Q()
    for store in stores:
        begins = datetime.combine(day, time(), tzinfo=store.zone)
        asked |= Q(store=store, starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
    return list(_whole().filter(asked).exclude(state=Coming.CANCELLED)) if stores else []


def grouped(rows: Sequence[Appointment]) -> list[Group]:
    """By store and seller, those of nobody last."""
    groups: dict[tuple[str, bool, str], Group] = {}
    for row in rows:
        key = (row.store.name, row.seller is None, str(row.seller or ""))
        groups.setdefault(key, Group(row.store, str(row.seller or ""), [])).rows.append(row)
    return [groups[key] for key in sorted(groups)]


def mine(stores: Sequence[Store]) -> QuerySet[Appointment]:
    return _whole().filter(store__in=stores)


def coming(now: datetime, *, client: int | None = None, inquiry: int | None = None) -> list[Appointment]:
    """What is expected of a client or of who left an inquiry, the next one first. One query."""
    theirs = Q(client=client) if client else Q(inquiry=inquiry)
    return list(_whole().filter(theirs, state=Coming.BOOKED, starts_at__gte=now - LATE))
