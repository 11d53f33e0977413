"""The raw rows, client by client: each table is read once, in the order of its clients; no more than one is held."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from campaigns.models import Invitation, Touch
from messaging.models import Message
from purchases.models import Deduction, Piece
from workshop.models import ServiceRequest

CHUNK = 5_000
Numbers = dict[str, Any]
Tally = defaultdict[str, Any]


def tally() -> Tally:
    """Counts and sums by name."""
    return defaultdict(int)


class Touched(NamedTuple):
    client: int
    pk: int
    source: str
    since: date
    arm: str
    state: str
    reason: str
    store: int | None
    variant: str

    @property
    def is_compared(self) -> bool:
        """In one of the two arms; who gets no advertising at all is in neither."""
        return self.arm == "treated" or (self.arm == "held" and self.reason != "quiet")


class Written(NamedTuple):
    client: int
    pk: int
    source: str
    since: date | None
    occasion_on: date | None
    state: str
    reason: str
    sent_at: datetime | None
    store: int | None
    channel: str
    segments: int
    cost: Decimal

    @property
    def has_gone(self) -> bool:
        """Has reached the client, or may have."""
        return self.state in ("sending", "sent", "delivered", "unknown")

    @property
    def is_handed_over(self) -> bool:
        return self.sent_at is not None or self.state in ("sent", "delivered")


class Invited(NamedTuple):
    client: int
    evening: int
    answer: str
    reached_at: datetime | None
    came_at: datetime | None
    is_uninvited: bool


class Bought(NamedTuple):
    """What was kept of a day in a store, what was taken off by discounts and by bonuses."""

    total: Decimal = Decimal(0)
    discounts: Decimal = Decimal(0)
    bonuses: Decimal = Decimal(0)


class Story(NamedTuple):
    """All that one client's rows say. ``bought`` by store and day, ``came``: days on which a piece was brought in."""

    client: int
    touches: list[Touched]
    messages: list[Written]
    invitations: list[Invited]
    bought: dict[tuple[int, date], Bought]
    came: set[date]

    def buying_days(self, first: date, days: int) -> dict[date, Decimal]:
        """What was kept of each day of so many, in all stores."""
        found: dict[date, Decimal] = {}
        for (_store, day), bought in self.bought.items():
            if first <= day < first + timedelta(days=days):
                found[day] = found.get(day, Decimal(0)) + bought.total
        return found

    def has_come(self, first: date, days: int) -> bool:
        return bool(self.buying_days(first, days)) or any(first <= day < first + timedelta(days=days) for day in self.came)


def told(since: date, *, sources: Iterable[str], of_days: Iterable[str]) -> Iterator[Story]:
    """Of everybody who bought or was contacted since a day. Six queries.

    ``sources``: whose messages are wanted, however old they are; ``of_days``: programs whose occasions lie before the message.
    """
    tables = (
        _touches(since),
        _messages(since, sources, of_days),
        _invitations(),
        _pieces(since),
        _bonuses(since),
        _services(since),
    )
    rows = merge(*(_numbered(number, table) for number, table in enumerate(tables)), key=itemgetter(0))
    for client, found in groupby(rows, key=itemgetter(0)):
        parts: list[list[Any]] = [[] for _table in tables]
        for _client, number, row in found:
            parts[number].append(row)
        yield _story(client, *parts)


def _numbered(number: int, rows: Iterable[Any]) -> Iterator[tuple[int, int, Any]]:
    return ((row[0], number, row) for row in rows)


def _story(
    client: int,
    touches: list[Any],
    messages: list[Any],
    invitations: list[Any],
    pieces: list[Any],
    bonuses: list[Any],
    came: list[Any],
) -> Story:
    bought: dict[tuple[int, date], Bought] = {}
    for _client, store, day, price, discount in pieces:
        total, discounts, paid = bought.get((store, day), Bought())
        bought[store, day] = Bought(total + price, discounts + discount, paid)
    for _client, store, day, amount in bonuses:
        total, discounts, paid = bought[store, day]
        bought[store, day] = Bought(total, discounts - amount, paid + amount)
    return Story(
        client, [Touched(*row) for row in touches], [Written(*row) for row in messages], [Invited(*row) for row in invitations],
        bought, {day for _client, day in came},
    )  # fmt: skip


# --- Tables -------------------------------------------------------------------------------------------------------


def _touches(since: date) -> Iterator[Any]:
    rows = Touch.objects.filter(counted_from__gte=since)
    return _read(rows, "client_id", "pk", "source", "counted_from", "arm", "state", "reason", "store_id", "variant")


def _messages(since: date, sources: Iterable[str], of_days: Iterable[str]) -> Iterator[Any]:
    wanted = Q(counted_from__gte=since) | Q(source__in=list(sources)) | Q(source__in=list(of_days), occasion_on__gte=since)
    return _read(
        Message.objects.filter(wanted, client__isnull=False),
        "client_id", "pk", "source", "counted_from", "occasion_on", "state", "reason", "sent_at", "store_id", "channel",
        "segments", "cost",
    )  # fmt: skip


def _invitations() -> Iterator[Any]:
    return _read(Invitation.objects.all(), "client_id", "evening_id", "answer", "reached_at", "came_at", "is_uninvited")


def _pieces(since: date) -> Iterator[Any]:
    rows = Piece.objects.filter(
        returned_on__isnull=True, purchase__voided_at__isnull=True, purchase__client__isnull=False,
        purchase__sold_on__gte=since,
    )  # fmt: skip
    return _read(rows, "purchase__client_id", "purchase__store_id", "purchase__sold_on", "price", "discount")


def _bonuses(since: date) -> Iterator[Any]:
    rows = Deduction.objects.filter(
        source="bonus", piece__returned_on__isnull=True, piece__purchase__voided_at__isnull=True,
        piece__purchase__client__isnull=False, piece__purchase__sold_on__gte=since,
    )  # fmt: skip
    return _read(
        rows, "piece__purchase__client_id", "piece__purchase__store_id", "piece__purchase__sold_on", "amount"
    )  # fmt: skip


def _services(since: date) -> Iterator[Any]:
    return _read(ServiceRequest.objects.filter(accepted_on__gte=since).exclude(status="cancelled"), "client_id", "accepted_on")


def _read(rows: "QuerySet[Any]", client: str, *others: str) -> Iterator[Any]:
    return rows.order_by(client, "pk").values_list(client, *others).iterator(chunk_size=CHUNK)
