"""Giver and wearer: whom a client buys for, and whose day comes. Third parties: read by sellers, never written to."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Case, Q, When

from clients import selectors
from clients.models import LIVE, Client, Wearer
from stores.models import Employee, Store
from stores.opened import Edit, Standing

AHEAD = 14
UNDO = timedelta(days=1)


def keep(wearer: Wearer, *, by: Employee) -> Wearer:
    """Write a new wearer down."""
    wearer.by = by
    wearer.save()
    return wearer


@transaction.atomic
def change(wearer: Wearer, *, edit: Edit, read: Standing, by: Employee) -> Wearer:
    """Write what a person changed about a wearer, and no more; ``read`` gives what their form shows of one.

    Raises ChangedMeanwhileError, Wearer.DoesNotExist where they were forgotten meanwhile.
    """
    locked = Wearer.objects.kept().select_for_update(of=("self",)).get(pk=wearer.pk)
    changes = edit.onto(read(locked))
    for name, value in changes.items():
        if name == "day":
            locked.day, locked.year = value
        else:
            setattr(locked, name, value)
    if changes:
        locked.by = by
        locked.save()
    return locked


def forget(client: Client, pk: int, *, now: datetime) -> Wearer | None:
    """The client buys for them no more: gone for good after a day, until then ``remember`` undoes it."""
    Wearer.objects.kept().filter(pk=pk, client=client).update(forgotten_at=now)
    return Wearer.objects.filter(pk=pk, client=client).first()


def remember(client: Client, pk: int) -> Wearer | None:
    """It was a slip. None where the day is over."""
    Wearer.objects.filter(pk=pk, client=client).update(forgotten_at=None)
    return Wearer.objects.filter(pk=pk, client=client).first()


def sweep(now: datetime) -> int:
    """Delete whom nobody remembered within a day; receipts that were for them stay. Returns how many."""
    return Wearer.objects.filter(forgotten_at__lte=now - UNDO).delete()[1].get("clients.Wearer", 0)


class Coming(NamedTuple):
    """A wearer whose day comes, and when."""

    wearer: Wearer
    day: date


def coming(stores: Sequence[Store], today: date, days: int = AHEAD) -> list[Coming]:
    """Wearers of the stores' clients whose day is one of the next days, the nearest first. One query."""
    at: dict[int, date] = {}
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        for key in selectors.days_kept_on(day):
            at.setdefault(key, day)
    home = Q(client__home_store__in=stores) | Q(client__home_store=None)
    nearness = Case(*(When(day=key, then=place) for place, key in enumerate(at)))
    found = Wearer.objects.kept().filter(home, day__in=at, client__state__in=LIVE).select_related("client", "occasion")
    return [Coming(wearer, at[wearer.day or 0]) for wearer in found.order_by(nearness, "pk")[:100]]
