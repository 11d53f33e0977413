"""Writes about messages: queue them once, look after the outbox, stop, decide about what is in doubt."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from clients import services as clients_services
from clients.models import Client, Purpose
from imports import bulk
from messaging import halting, sending, texts
from messaging.gateways import registry
from messaging.models import (
    PAPER,
    TEST,
    Channel,
    Errand,
    Lane,
    Letter,
    Message,
    MessageEvent,
    MessageState,
    Pause,
    Reason,
    StopEntry,
    may_have_gone,
)
from messaging.outbox.drain import Drain
from messaging.outbox.flights import Gateways
from stores.models import Employee

Kind = MessageEvent.Kind
BATCH = 500
# The columns that a message has when it is queued: all but its key.
QUEUED = [field.attname for field in Message._meta.concrete_fields if not field.primary_key]


class Draft(NamedTuple):
    """What a message of many has for itself; columns of ``Message`` by their names."""

    client_id: int
    store_id: int | None
    occasion_key: str
    recipient: str
    language: str
    subject: str
    text: str
    segments: int
    state: str
    reason: str
    send_after: datetime
    expires_at: datetime
    token: UUID


# Longer than calls take, by two gateways in turn; a claim that is older was lost with its worker, and if not, the
# worker's answer is taken all the same.
CLAIM_LASTS = timedelta(minutes=1)
ADVERTISING = (Purpose.ADVERTISING_SMS, Purpose.ADVERTISING_EMAIL, Purpose.CALLS, Purpose.ADVERTISING_MESSENGER,
               Purpose.ADVERTISING_POST, Purpose.ADVERTISING_PUSH)  # fmt: skip
DECIDED_LASTS, TRIAL_LASTS = timedelta(days=1), timedelta(minutes=15)


class SettledError(Exception):
    """Somebody, or a receipt, has decided about the message already."""


class TooLateError(Exception):
    """The day that the message is about is over: it is not sent on another."""


def queue(messages: Sequence[Message]) -> int:
    """Put messages into the outbox; one whose occasion is there already is left alone. Returns how many were new.

    A text that the operator would cut is kept, suppressed, with the reason: it never leaves.
    """
    for message in messages:
        if message.state == MessageState.PENDING and message.channel == Channel.SMS and message.segments > texts.MAX_SEGMENTS:
            message.state, message.reason = MessageState.SUPPRESSED, Reason.LENGTH
    return bulk.insert_new(Message, QUEUED, [[getattr(message, name) for name in QUEUED] for message in messages])


def queue_alike(pattern: Message, drafts: Sequence[Draft]) -> int:
    """As ``queue``, for many messages that are like ``pattern`` in all but what their drafts say; far quicker."""
    common = [name for name in QUEUED if name not in Draft._fields]
    shared = [getattr(pattern, name) for name in common]
    return bulk.insert_new(Message, [*Draft._fields, *common], [[*draft, *shared] for draft in drafts])


def send_due_messages(
    lane: str = Lane.BULK, *, now: datetime | None = None, gateways: Gateways = registry.gateway, seconds: float = 50
) -> int:
    """Send what is due and permitted of a queue. Safe to run many times at once. Returns messages handed over."""
    return Drain(lane, clock=lambda: now or timezone.now(), gateways=gateways).run(seconds=seconds)


def keep_outbox(now: datetime) -> tuple[int, int]:
    """Let expire what was not sent in time, and give up on what a worker was sending when it died. Returns both counts.

    The stamp of sending moves on with it, so that a base from a copy bears an old one.
    """
    sending.move_on(now)
    return expire(now), give_up_on_lost(now)


def expire(now: datetime) -> int:
    """A greeting that did not go on its day is not sent the next; what waited for a hold or the cap was suppressed by it."""
    late = Message.objects.filter(state=MessageState.PENDING, expires_at__lte=now)
    forbidden = Q(reason__in=(Reason.PAUSE, Reason.CAP))
    refused = Q(reason=Reason.GATEWAY)
    return (
        _end(late.filter(forbidden), MessageState.SUPPRESSED, "", now)
        + _end(late.filter(refused), MessageState.FAILED, "", now)
        + _end(late.exclude(forbidden | refused), MessageState.EXPIRED, Reason.LATE, now)
    )


def give_up_on_lost(now: datetime) -> int:
    """What a worker was sending when it died may have gone: it becomes unknown, never sent again by the machine.

    A claim from the future is that of a worker whose clock was ahead: waiting for its time would hide it for as long.
    A printed letter waits for the person who takes it to the post.
    """
    no_more = Q(claimed_at__lt=now - CLAIM_LASTS) | Q(claimed_at__gt=now + CLAIM_LASTS)
    lost = Message.objects.filter(no_more, state=MessageState.SENDING).exclude(channel=PAPER)
    return _end(lost, MessageState.UNKNOWN, Reason.LOST, now)


def doubt_restored(since: datetime, until: datetime) -> int:
    """In a base restored from a copy of ``since``: what waited or was on its way then and was due by ``until`` may have gone."""
    doubtful = Message.objects.filter(may_have_gone(since, until))
    return _end(doubtful, MessageState.UNKNOWN, Reason.RESTORED, until, kind=Kind.RESTORED)


KINDS = {
    MessageState.SUPPRESSED: Kind.SUPPRESSED,
    MessageState.FAILED: Kind.REJECTED,
    MessageState.EXPIRED: Kind.EXPIRED,
    MessageState.UNKNOWN: Kind.LOST,
}


def _end(
    messages: "QuerySet[Message]", state: MessageState, reason: str, now: datetime, *, kind: MessageEvent.Kind | None = None
) -> int:
    """Give messages another state, in batches; ``reason`` empty leaves theirs. Rows that somebody holds are left for later."""
    ended = 0
    while True:
        with transaction.atomic():
            rows = messages.order_by("pk").only("pk", "reason")
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True, no_key=True)
            batch = list(rows[:BATCH])
            changes = {"state": state, **({"reason": reason} if reason else {})}
            Message.objects.filter(pk__in=[m.pk for m in batch]).update(**changes)
            MessageEvent.objects.bulk_create(
                MessageEvent(message=m, at=now, kind=kind or KINDS[state], reason=reason or m.reason) for m in batch
            )
        ended += len(batch)
        if len(batch) < BATCH:
            return ended


def stop(recipient: str, *, reason: str, now: datetime) -> bool:
    """Never write to a phone or address again; what waits for it is suppressed at once. Returns whether it was news.

    Who says stop wants no advertising, not another road for it: the client's consents to every kind are withdrawn too.
    """
    with transaction.atomic():
        _entry, is_new = StopEntry.objects.get_or_create(recipient=recipient, defaults={"reason": reason[:200]})
        by_email = "@" in recipient
        holders = Client.objects.live().filter(**{"email" if by_email else "phone": recipient})
        for client in holders:
            for purpose in ADVERTISING:
                withdraw(client, purpose, now=now)
        waiting = Message.objects.filter(Q(recipient=recipient) | Q(client__in=holders), state=MessageState.PENDING)
        _end(waiting.filter(channel=Channel.EMAIL if by_email else Channel.SMS), MessageState.SUPPRESSED, Reason.STOP, now)
    return is_new


def call_off(client: Client, occasion: str, *, now: datetime) -> int:
    """What was queued for occasions whose key begins so, and has not gone yet, is not sent: its reason is over."""
    waiting = client.messages.filter(state=MessageState.PENDING, occasion_key__startswith=occasion)
    return _end(waiting, MessageState.SUPPRESSED, Reason.DECIDED, now)


def call_off_topic(client: Client, topic: int, *, now: datetime) -> int:
    """Newsletters about a topic that have not gone yet do not go to the client."""
    waiting = client.messages.filter(state=MessageState.PENDING, letter__topic=topic)
    return _end(
        Message.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))), MessageState.SUPPRESSED, Reason.TOPIC, now
    )


def call_off_all(source: str, *, now: datetime) -> int:
    """What a source has queued and has not gone yet is not sent."""
    return _end(Message.objects.filter(source=source, state=MessageState.PENDING), MessageState.SUPPRESSED, Reason.DECIDED, now)


def call_off_occasions(beginning: str, *, now: datetime) -> int:
    """What was queued for occasions of whomever whose key begins so, and has not gone yet, is not sent."""
    waiting = Message.objects.filter(state=MessageState.PENDING, occasion_key__startswith=beginning)
    return _end(waiting, MessageState.SUPPRESSED, Reason.DECIDED, now)


def call_on(client: Client, occasion: str, *, send_after: datetime, expires_at: datetime) -> bool:
    """What was called off of an occasion is to be sent after all: its reason holds again. Whether there was any."""
    called_off = client.messages.filter(occasion_key=occasion, state=MessageState.SUPPRESSED, reason=Reason.DECIDED)
    pending = {"state": MessageState.PENDING, "reason": "", "send_after": send_after, "expires_at": expires_at}
    return bool(called_off.update(**pending))


@transaction.atomic
def withdraw(client: Client, purpose: str, *, now: datetime) -> None:
    """The client says no to a purpose by themselves: the newest word counts, and what waits for it is suppressed at once."""
    clients_services.record_consents(client, {purpose: False}, by=None, where=None)
    if purpose in (Purpose.CALLS, Purpose.PERSONAL_DATA):
        halting.withdraw(Errand.objects.filter(client=client), now=now)
    ended = Purpose.values if purpose == Purpose.PERSONAL_DATA else [purpose]
    _end(client.messages.filter(state=MessageState.PENDING, purpose__in=ended), MessageState.SUPPRESSED, Reason.CONSENT, now)


def give_back(client: Client, purpose: str) -> None:
    """The client changed their mind on the page where they had said no."""
    clients_services.record_consents(client, {purpose: True}, by=None, where=None)


@transaction.atomic
def decide(message: Message, *, arrived: bool | None, by: Employee, now: datetime) -> Message:
    """A person about a message in doubt: it arrived (True), send it again (False), or leave it as failed (None).

    Raises SettledError if it is in doubt no more, and TooLateError instead of sending a greeting after its day.
    """
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.state != MessageState.UNKNOWN:
        raise SettledError
    locked.reason = Reason.DECIDED
    if arrived is None:
        locked.state = MessageState.FAILED
    elif arrived:
        locked.state, locked.delivered_at = MessageState.DELIVERED, locked.delivered_at or now
    else:
        locked.state, locked.send_after, locked.expires_at = MessageState.PENDING, now, _until_when_again(locked, now)
    locked.save()
    word = {True: "arrived", False: "again", None: "left"}[arrived]
    MessageEvent.objects.create(message=locked, at=now, kind=Kind.DECIDED, reason=Reason.DECIDED, words=word, by=by)
    return locked


def _until_when_again(message: Message, now: datetime) -> datetime:
    """A greeting keeps its end; what is about no day of its own gets a day from ``now``. Raises TooLateError."""
    if message.occasion_on is None:
        return max(message.expires_at, now + DECIDED_LASTS)
    if message.expires_at <= now:
        raise TooLateError
    return message.expires_at


def try_out(
    gateway: str, channel: str, recipient: str, text: str, *, now: datetime, subject: str = "", letter: Letter | None = None
) -> Message:
    """Queue a trial of one gateway; it goes by no other, and to nobody's card."""
    return Message.objects.create(
        occasion_key=f"{TEST}:{uuid4().hex}", source=TEST, channel=channel, lane=Lane.URGENT, gateway=gateway,
        recipient=recipient, subject=(subject or text[:60])[:200], text=text, letter=letter, segments=texts.length(text).segments,
        send_after=now, expires_at=now + TRIAL_LASTS,
    )  # fmt: skip


@transaction.atomic
def pause(client: Client, reason: str, *, until: date | None, by: Employee) -> Pause:
    """Stop advertising to a client for a reason, until a day (included) or until somebody ends it; errands are withdrawn."""
    halting.lock(client)
    halting.withdraw(Errand.objects.filter(client=client), now=timezone.now())
    return Pause.objects.create(client=client, reason=reason, until=until, by=by)


def end_pause(pk: int, *, now: datetime) -> None:
    """Advertising to the client is allowed again; ended twice is ended once."""
    Pause.objects.filter(pk=pk, ended_at=None).update(ended_at=now)
