"""Whom a standing program would choose in the coming days and why, whom not and why not; and what all of them will send by day.

What depends on what clients do meanwhile, as a purchase of tomorrow, nobody knows yet.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.core.cache import cache

from campaigns import touching
from campaigns.models import Program, Touch, Way, WhyOut
from campaigns.standing import choosing, triggers
from campaigns.standing.choosing import Choice
from clients.models import Client
from stores.models import Store

WEEK, FORTNIGHT, LISTED = 7, 14, 50
KEPT = 60 * 60
LATELY = timedelta(days=60)


class Line(NamedTuple):
    """A client of a preview; ``reason`` of ``WhyOut`` or empty, ``is_held``: chosen to compare with."""

    client: Client
    due_on: date
    day: date | None
    what: str
    way: str
    reason: str
    is_held: bool

    @property
    def why_not(self) -> str:
        return str(WhyOut(self.reason).label) if self.reason else ""

    @property
    def by_way(self) -> str:
        return str(Way(self.way).label) if self.way else ""


class Preview(NamedTuple):
    """Counts of all, and the first of each kind listed. ``why_not``: words and how many."""

    chosen: int
    held: int
    left_out: int
    why_not: list[tuple[str, int]]
    lines: list[Line]
    others: list[Line]


def preview(program: Program, stores: Sequence[Store], *, today: date, now: datetime) -> Preview:
    """Of the coming week, in these stores. At most ten queries."""
    choices = _choices(program, stores, today, today + timedelta(days=WEEK - 1), now)
    chosen = [choice for choice in choices if not choice.reason]
    others = [choice for choice in choices if choice.reason]
    held = sum(_is_held(program, choice) for choice in chosen)
    reasons = Counter(choice.reason for choice in others).most_common()
    told = [(str(WhyOut(reason).label), times) for reason, times in reasons]
    clients = Client.objects.select_related("home_store").in_bulk(
        [choice.found.client for choice in [*chosen[:LISTED], *others[:LISTED]]]
    )
    listed = [[_line(program, choice, clients) for choice in some[:LISTED]] for some in (chosen, others)]
    return Preview(len(chosen) - held, held, len(others), told, *listed)


def _choices(program: Program, stores: Sequence[Store], first: date, last: date, now: datetime) -> list[Choice]:
    """By day, the most valuable first, without those who were touched already."""
    found = triggers.found(program, first, last)
    lately = Touch.objects.filter(source=program.key, counted_from__gte=first - LATELY)
    touched = set(lately.values_list("client", "round"))
    fresh = sorted((one for one in found if (one.client, one.round) not in touched), key=lambda one: (one.due_on, -one.worth))
    homes = {store.pk for store in stores}
    choices = choosing.choose(program, fresh, today=first, now=now)
    return [choice for choice in choices if choice.store is None or choice.store in homes]


def _line(program: Program, choice: Choice, clients: dict[int, Client]) -> Line:
    found = choice.found
    held = not choice.reason and _is_held(program, choice)
    return Line(clients[found.client], found.due_on, found.day, str(found.what), choice.way, choice.reason, held)


def _is_held(program: Program, choice: Choice) -> bool:
    return touching.is_held(program.key, str(program.phase), choice.found.client, program.holdout)


class Planned(NamedTuple):
    """How many a program will contact on each day of the calendar, in its order."""

    program: Program
    days: list[int]

    @property
    def total(self) -> int:
        return sum(self.days)


class Calendar(NamedTuple):
    """The days, a row for each program, and what all of them do on each day."""

    days: list[date]
    rows: list[Planned]
    totals: list[int]

    @property
    def heads(self) -> list[str]:
        return [f"{day:%d.%m}" for day in self.days]


def calendar(programs: Iterable[Program], stores: Sequence[Store], *, today: date, now: datetime) -> Calendar:
    """What will go in the next fourteen days; a client chosen by one program is left out of those behind it.

    Kept for an hour for the same stores and settings.
    """
    days = [today + timedelta(days=ahead) for ahead in range(FORTNIGHT)]
    rows, taken = [], set[int]()
    for program in programs:
        who = _who(program, stores, days, now)
        free = {client: on for client, on in who.items() if client not in taken}
        taken |= free.keys()
        by_day = Counter(free.values())
        rows.append(Planned(program, [by_day[day] for day in days]))
    return Calendar(days, rows, [sum(row.days[at] for row in rows) for at in range(FORTNIGHT)])


def _who(program: Program, stores: Sequence[Store], days: Sequence[date], now: datetime) -> dict[int, date]:
    """Clients to be contacted, each with their day."""
    shops = "-".join(str(store.pk) for store in stores)
    key = f"outlook:{program.pk}:{program.phase}:{program.days}:{program.calls}:{days[0]}:{program.holdout}:{shops}"
    known: dict[int, date] | None = cache.get(key)
    if known is None:
        choices = _choices(program, stores, days[0], days[-1], now)
        known = {
            choice.found.client: choice.found.due_on for choice in reversed(choices)
            if not choice.reason and not _is_held(program, choice)
        }  # fmt: skip
        cache.set(key, known, KEPT)
    return known
