"""Which hours of a store are free: steps of half an hour while it is open, each as often as the store takes people at once."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import NamedTuple

from inquiries.models import Appointment, Reception
from stores.models import Store

STEP = timedelta(minutes=30)
# So many days ahead an hour can be chosen.
AHEAD = 30


class Hour(NamedTuple):
    """An hour of a store, as it is shown by the store's clock and as a form sends it."""

    at: datetime

    @property
    def shown(self) -> str:
        return f"{self.at:%H:%M}"

    @property
    def value(self) -> str:
        return self.at.isoformat()


class Day(NamedTuple):
    """A day with its free hours."""

    day: date
    hours: list[Hour]


def steps_of(store: Store, day: date) -> list[datetime]:
    """Every hour that begins and ends while the store is open."""
    at, last = (datetime.combine(day, edge, tzinfo=store.zone) for edge in (store.opens_at, store.closes_at))
    hours = []
    while at + STEP <= last:
        hours.append(at)
        at += STEP
    return hours


def free(store: Store, first: date, *, now: datetime, days: int = AHEAD, at_once: int | None = None) -> list[Day]:
    """Working days from ``first`` on that have a free hour. Three queries at most."""
    if at_once is None:
        at_once = Reception.objects.filter(store=store).values_list("at_once", flat=True).first() or 1
    worked = list(store.works_on(first, days))
    if not worked:
        return []
    ends = (steps_of(store, worked[0])[0], datetime.combine(worked[-1], store.closes_at, tzinfo=store.zone))
    taken = Counter(Appointment.objects.standing().filter(store=store, starts_at__range=ends).values_list("starts_at", flat=True))
    found = [Day(day, [Hour(at) for at in steps_of(store, day) if at > now and taken[at] < at_once]) for day in worked]
    return [one for one in found if one.hours]


def is_hour(store: Store, at: datetime) -> bool:
    """Whether the store works at that hour, and it is one of its steps. One query."""
    day = at.astimezone(store.zone).date()
    return bool(store.works_on(day, 1)) and at in steps_of(store, day)
