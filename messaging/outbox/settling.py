"""What came of claimed messages, written down; and what their gateways' failures mean for the breakers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Case, F, QuerySet, Value, When

from clients import proving
from messaging.models import Channel, Lane, Message, MessageEvent, MessageState, Reason
from messaging.outbox import chats, routes
from messaging.outbox.budgets import Cost
from messaging.outbox.flights import FlightOutcome, Kind, Refusal

# Minutes; and seconds for what is urgent where a gateway was only busy.
BACK_OFF, BUSY_BACK_OFF = (1, 2, 4, 8, 16, 30), (2, 4, 8, 16, 30)
# Refused by a gateway that is down: its breaker counts the pauses.
DOWN_AGAIN = timedelta(seconds=15)
# A worker that was thought lost may come back with the answer.
OPEN = (MessageState.SENDING, MessageState.UNKNOWN)


def settle(outcomes: Sequence[FlightOutcome], *, by: UUID, now: datetime) -> list[Cost]:
    """Write down what came of messages that the run ``by`` had claimed; a receipt that came first stays the truth.

    Returns how the spending of the day changes. Inside the caller's transaction; a number of queries that depends
    on the kinds of outcomes, not on their number.
    """
    if not outcomes:
        return []
    outcomes = _believed(outcomes)
    mine = Message.objects.filter(claim=by)
    for gateway, sent in _by_gateway(o for o in outcomes if o.kind == Kind.SENT):
        _sent(mine, gateway, sent, now)
    for outcome in outcomes:
        if outcome.kind != Kind.SENT:
            _not_sent(mine, outcome, now)
    MessageEvent.objects.bulk_create([event for outcome in outcomes for event in _events(outcome, now)])
    _tell_breakers(outcomes, now)
    chats.gone({(r.gateway, r.chat or o.message.recipient) for o in outcomes for r in o.refusals if r.ended}, now)
    rejected = [outcome.message for outcome in outcomes if outcome.kind == Kind.REJECTED]
    doubt_contacts(rejected, "", now)
    return [cost for outcome in outcomes for cost in _costs(outcome)]


def doubt_contacts(messages: Sequence[Message], reason: str, now: datetime) -> None:
    """Messages to these clients do not arrive; the contact is asked for at the next visit."""
    failed = [
        proving.Contact(m.client_id, "email" if m.channel == Channel.EMAIL else "phone", m.recipient)
        for m in messages
        if m.client_id
    ]
    proving.doubt(failed, reason=reason, now=now)


def _believed(outcomes: Sequence[FlightOutcome]) -> list[FlightOutcome]:
    """A gateway that rejects one message after another is at fault itself: beyond the first ones it only did not take them."""
    took = {o.gateway for o in outcomes if o.kind == Kind.SENT}
    doubtful = {o.gateway for o in outcomes if o.kind == Kind.REJECTED} - took
    left = routes.rejections_left(doubtful) if doubtful else {}
    believed = []
    for outcome in outcomes:
        if outcome.kind == Kind.REJECTED and outcome.gateway in left:
            if not left[outcome.gateway]:
                believed.append(_as_refusal(outcome))
                continue
            left[outcome.gateway] -= 1
        believed.append(outcome)
    return believed


def _as_refusal(outcome: FlightOutcome) -> FlightOutcome:
    """Tried again, by another gateway or when this one works; its breaker opens at once."""
    refusal = Refusal(gateway=outcome.gateway, words=outcome.words, down=True, closed=True)
    return replace(outcome, kind=Kind.REFUSED, refusals=(*outcome.refusals, refusal))


def _by_gateway(outcomes: Iterable[FlightOutcome]) -> Iterable[tuple[str, list[FlightOutcome]]]:
    ordered = sorted(outcomes, key=lambda o: (o.gateway, o.flight.cost(o.gateway) / o.message.segments))
    for (gateway, _price), group in groupby(ordered, key=lambda o: (o.gateway, o.flight.prices.get(o.gateway))):
        yield gateway, list(group)


def _sent(mine: "QuerySet[Message]", gateway: str, outcomes: Sequence[FlightOutcome], now: datetime) -> None:
    keys = [outcome.message.pk for outcome in outcomes]
    price = outcomes[0].flight.prices.get(gateway, 0)
    # Also one that a person meanwhile ordered to be sent again, and that nobody has claimed since.
    still = {"state__in": (*OPEN, MessageState.PENDING)}
    mine.filter(pk__in=keys).update(
        state=Case(When(**still, then=Value(MessageState.SENT)), default=F("state")),
        reason=Case(When(**still, then=Value("")), default=F("reason")),
        gateway=gateway,
        sent_at=now,
        cost=F("segments") * Value(price),
    )
    first = {o.message.pk: o.flight.gateways[0] for o in outcomes}
    if fell := [o.message.pk for o in outcomes if first[o.message.pk] in o.flight.chats and first[o.message.pk] != gateway]:
        by_chat = gateway in outcomes[0].flight.chats
        mine.filter(pk__in=fell).update(consent=chats.word_for(gateway if by_chat else ""))
    named = [o.message for o in outcomes if o.provider_id]
    for outcome in outcomes:
        outcome.message.provider_id = outcome.provider_id[:120]
    if named:
        mine.bulk_update(named, ["provider_id"])


def _not_sent(mine: "QuerySet[Message]", outcome: FlightOutcome, now: datetime) -> None:
    changes: dict[str, Any] = {"words": outcome.words[:200], "gateway": outcome.gateway}
    if outcome.kind == Kind.REFUSED:
        again = _again(outcome, now)
        late = again >= outcome.message.expires_at
        changes |= {"reason": Reason.GATEWAY, "state": MessageState.FAILED if late else MessageState.PENDING}
        if not late:
            changes["send_after"] = again
    elif outcome.kind == Kind.REJECTED:
        changes |= {"state": MessageState.FAILED, "reason": Reason.REJECTED}
    elif outcome.kind == Kind.EXPIRED:
        changes |= {"state": MessageState.EXPIRED, "reason": Reason.LATE}
    else:
        changes |= {"state": MessageState.UNKNOWN, "reason": Reason.DOUBT}
    mine.filter(pk=outcome.message.pk, state__in=OPEN).update(**changes)


def _again(outcome: FlightOutcome, now: datetime) -> datetime:
    """Soon where the gateway was down, or busy and the message is urgent; when it said; else after 1, 2, 4 … 30 minutes."""
    if all(refusal.down for refusal in outcome.refusals):
        return now + DOWN_AGAIN
    if outcome.refusals[-1].wait:
        return now + timedelta(seconds=outcome.refusals[-1].wait)
    urgent = outcome.message.lane == Lane.URGENT
    if urgent and all(refusal.busy or refusal.down for refusal in outcome.refusals):
        return now + timedelta(seconds=_step(BUSY_BACK_OFF, outcome.message.attempts))
    return now + timedelta(minutes=_step(BACK_OFF, outcome.message.attempts))


def _step(pauses: Sequence[int], attempts: int) -> int:
    return pauses[min(attempts, len(pauses)) - 1]


def _events(outcome: FlightOutcome, now: datetime) -> Iterable[MessageEvent]:
    for refusal in outcome.refusals:
        yield MessageEvent(message=outcome.message, at=now, kind=Kind.REFUSED, gateway=refusal.gateway, words=refusal.words[:200])
    if outcome.kind != Kind.REFUSED:
        yield MessageEvent(
            message=outcome.message, at=now, kind=outcome.kind, gateway=outcome.gateway,
            words=(outcome.words or outcome.provider_id)[:200],
        )  # fmt: skip


def _tell_breakers(outcomes: Sequence[FlightOutcome], now: datetime) -> None:
    took = {o.gateway for o in outcomes if o.kind == Kind.SENT}
    rejections = Counter(o.gateway for o in outcomes if o.kind == Kind.REJECTED and o.gateway not in took)
    # "Not now" about one message is a sign of life.
    spoke = took | rejections.keys() | {r.gateway for o in outcomes for r in o.refusals if not r.down}
    routes.worked(took)
    routes.alive(spoke - took)
    for gateway in sorted(rejections):
        routes.rejected(gateway, rejections[gateway])
    closed: dict[str, bool] = {}
    words: dict[str, str] = {}
    times: Counter[str] = Counter()
    for outcome in outcomes:
        failures = [(r.gateway, r.words, r.closed) for r in outcome.refusals if r.down]
        failures += [(outcome.gateway, outcome.words, False)] if outcome.kind == Kind.DOUBT else []
        for gateway, said, is_closed in failures:
            times[gateway] += 1
            words[gateway] = said
            closed[gateway] = closed.get(gateway, False) or is_closed
    # One that is closed stays so, also where its rejections were believed a moment ago.
    for gateway in sorted(g for g in times if g not in spoke or (closed[g] and g not in took)):
        routes.failed(gateway, times[gateway], words[gateway], now, closed=closed[gateway])


def _costs(outcome: FlightOutcome) -> Iterable[Cost]:
    """What was reserved comes back, and what it took is paid; a doubt stays paid."""
    flight, segments = outcome.flight, outcome.message.segments
    yield Cost(flight.day, flight.gateways[0], -1, -segments, -flight.reserved)
    if outcome.kind in (Kind.SENT, Kind.DOUBT):
        yield Cost(flight.day, outcome.gateway, 1, segments, flight.cost(outcome.gateway))
