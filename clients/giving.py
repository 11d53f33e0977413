"""Giver and wearer: whom a client buys for, and whose day comes. Third parties: read by sellers, never written to."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q

from clients import selectors
from clients.models import LIVE, Client, Wearer
from stores.models import Employee, Store

AHEAD = 14


def keep(wearer: Wearer, *, by: Employee) -> Wearer:
    """Write a wearer down, or what changed about them."""
    wearer.by = by
    wearer.save()
    return wearer


def forget(client: Client, pk: int) -> None:
    """The client buys for them no more; receipts that were for them stay. Forgotten twice is forgotten once."""
    Wearer.objects.filter(pk=pk, client=client).delete()


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
    found = Wearer.objects.filter(home, day__in=at, client__state__in=LIVE).select_related("client", "occasion")[:100]
    return sorted((Coming(wearer, at[wearer.day or 0]) for wearer in found), key=lambda one: (one.day, one.wearer.pk))
