"""Claiming: due messages locked, judged by the rules, and those that may go marked ``sending``.

Everything happens in the caller's transaction; the calls are made after it. Locks are taken in the order message,
client, route, budget; messages and clients with SKIP LOCKED, so that workers never wait for each other's.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from clients.models import Client
from messaging.models import TEST, Chat, Lane, Message, MessageEvent, MessageState, Reason
from messaging.outbox import budgets, letters, rules
from messaging.outbox import chats as open_chats
from messaging.outbox.budgets import Cost, Purse
from messaging.outbox.flights import Flight
from messaging.outbox.routes import Roads
from messaging.outbox.rules import Verdict

Kind = MessageEvent.Kind
# A message for whose client no way works now is not looked at again at once, so that it stands in nobody's.
NO_WAY_AGAIN = timedelta(seconds=15)


class Claimed(NamedTuple):
    """Messages on their way, what they are to cost, and how many rows were moved: none means nothing is left to do."""

    flights: list[Flight]
    costs: list[Cost]
    moved: int


def claim(lane: str, room: int, *, by: UUID, now: datetime, roads: Roads) -> Claimed:
    """Take up to ``room`` messages for the run ``by``; what the rules forbid is put off or suppressed on the way."""
    # Asked before the locks too: a gateway that is to be tried again must not be given to a queue that cannot pay.
    if room <= 0 or budgets.is_used_up(lane, now):
        return Claimed([], [], 0)
    messages = _lock_due(lane, roads, now, room)
    verdicts = rules.judge(messages, now)
    stayed = put_aside([v for v in verdicts if not v.goes], now)
    bound = [(v, roads.for_message(v.message, to=v.recipient, chats=v.chats)) for v in verdicts if v.goes]
    _stand_by([v.message.pk for v, road in bound if not road and v.message.channel in roads.chat_channels()], now)
    flights = letters.dress(_within_budget([(v, road) for v, road in bound if road], lane, now, roads))
    _mark(flights, by, now)
    costs = [Cost(f.day, f.gateways[0], 1, f.message.segments, f.reserved) for f in flights]
    return Claimed(flights, costs, stayed + len(flights))


def _lock_due(lane: str, roads: Roads, now: datetime, size: int) -> list[Message]:
    """Due messages whose rows, and for advertising whose clients' rows, are this transaction's until its end."""
    reachable = Q(channel__in=roads.channels()) | Q(source=TEST)
    if by_chat := roads.chat_channels():
        reachable |= Q(Exists(Chat.objects.live().filter(client=OuterRef("client"))), channel__in=by_chat)
    due = Message.objects.due(now).filter(reachable, lane=lane, expires_at__gt=now).order_by("send_after", "pk")
    messages = list(_skipping_locked(due)[:size])
    if lane == Lane.URGENT or not connection.features.has_select_for_update_skip_locked:
        return messages
    # Without the client's row two workers could each see the cap unreached and both send.
    asked = Client.objects.filter(pk__in={m.client_id for m in messages if m.purpose}).order_by()
    ours = set(_skipping_locked(asked).values_list("pk", flat=True))
    return [m for m in messages if not m.purpose or m.client_id in ours]


def _skipping_locked(rows: "QuerySet") -> "QuerySet":  # type: ignore[type-arg]
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True, no_key=True)
    return rows


def put_aside(verdicts: Sequence[Verdict], now: datetime) -> int:
    """What may not go now waits, is suppressed, or, where only the night forbade it to the end, has expired."""
    for verdict in verdicts:
        mine = Message.objects.filter(pk=verdict.message.pk)
        if verdict.waits:
            mine.update(send_after=verdict.until, reason=verdict.reason)
        else:
            mine.update(state=_end_of(verdict.reason), reason=verdict.reason)
    MessageEvent.objects.bulk_create(
        MessageEvent(message=v.message, at=now, kind=_kind_of(v), reason=v.reason or "", words=_until(v)) for v in verdicts
    )
    return len(verdicts)


def _stand_by(keys: Sequence[int], now: datetime) -> None:
    if keys:
        Message.objects.filter(pk__in=keys).update(send_after=now + NO_WAY_AGAIN)


def _end_of(reason: Reason | None) -> MessageState:
    return MessageState.EXPIRED if reason == Reason.LATE else MessageState.SUPPRESSED


def _kind_of(verdict: Verdict) -> Kind:
    if verdict.waits:
        return Kind.WAITS
    return Kind.EXPIRED if verdict.reason == Reason.LATE else Kind.SUPPRESSED


def _until(verdict: Verdict) -> str:
    return verdict.until.isoformat(timespec="minutes") if verdict.until else ""


def _within_budget(bound: Sequence[tuple[Verdict, tuple[str, ...]]], lane: str, now: datetime, roads: Roads) -> list[Flight]:
    """Flights that today's budget pays for, by the dearest gateway that each may take."""
    if not bound:
        return []
    purse, flights = Purse(lane, now), []
    for verdict, road in bound:
        was = verdict.message.recipient
        verdict.message.recipient = verdict.recipient or was
        prices = {name: roads.price(name, verdict.message.channel) for name in road}
        flight = Flight(verdict.message, road, prices, purse.day, verdict.chats)
        if not purse.take(verdict.message.segments, flight.reserved):
            continue
        if was != verdict.message.recipient:
            Message.objects.filter(pk=verdict.message.pk).update(recipient=verdict.recipient)
        flights.append(flight)
    return flights


def _mark(flights: Sequence[Flight], by: UUID, now: datetime) -> None:
    """The claim itself: from here on a message is sent by nobody else."""
    messages = [flight.message for flight in flights]
    if not messages:
        return
    for gateway in {flight.gateways[0] for flight in flights}:
        mine = [f for f in flights if f.gateways[0] == gateway]
        by_chat = any(gateway in flight.chats for flight in mine)
        Message.objects.filter(pk__in=[f.message.pk for f in mine]).update(
            state=MessageState.SENDING, reason="", words="", claim=by, claimed_at=now, attempts=F("attempts") + 1,
            gateway=gateway, consent=open_chats.word_for(gateway if by_chat else ""),
        )  # fmt: skip
    for message in messages:
        message.attempts += 1
    MessageEvent.objects.bulk_create(
        MessageEvent(message=f.message, at=now, kind=Kind.CLAIMED, gateway=f.gateways[0], words=str(by)[:8]) for f in flights
    )
