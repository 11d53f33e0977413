"""The outbox's writes: queue a message once, claim what may go, hand it over, remember what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from messaging.gateways import GatewayRefusedError, GatewayUncertainError, SmsGateway, sms_gateway
from messaging.models import Message, MessageState
from stores.models import Store

BATCH = 50
MAX_ATTEMPTS = 5
SENDING_TIMEOUT = timedelta(minutes=10)


def queue(messages: Sequence[Message]) -> int:
    """Put messages into the outbox; one whose occasion is there already is left alone. Returns how many were new."""
    before = Message.objects.filter(occasion_key__in=[m.occasion_key for m in messages]).count()
    Message.objects.bulk_create(messages, batch_size=500, ignore_conflicts=True)
    return Message.objects.filter(occasion_key__in=[m.occasion_key for m in messages]).count() - before


def quiet_zones(now: datetime) -> list[str]:
    """Time zones of the chain in which it is night at ``now`` (``QUIET_FROM`` to ``QUIET_UNTIL``). One query."""
    zones = {str(store.time_zone): store.zone for store in Store.objects.all()}
    zones.setdefault(settings.CHAIN_TIME_ZONE, Store(time_zone=settings.CHAIN_TIME_ZONE).zone)
    hours = {name: now.astimezone(zone).hour for name, zone in zones.items()}
    return [name for name, hour in hours.items() if hour >= settings.QUIET_FROM or hour < settings.QUIET_UNTIL]


def send_due_messages(*, now: datetime | None = None, gateway: SmsGateway | None = None) -> int:
    """Send what is due and permitted until nothing is left. Safe to run many times at once. Returns those handed over."""
    expire(now or timezone.now())
    give_up_on_lost(now or timezone.now())
    way, handed = gateway or sms_gateway(), 0
    # The clock is read anew for every batch: a long queue must not run into the night.
    while claimed := claim(now or timezone.now()):
        handed += sum(_send(message, way, now or timezone.now()) for message in claimed)
    return handed


def claim(now: datetime, size: int = BATCH) -> list[Message]:
    """Take a batch for this worker: ``sending`` is committed before any call is made."""
    with transaction.atomic():
        due = Message.objects.due(now).filter(expires_at__gt=now).permitted(quiet_zones(now)).order_by("send_after", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        claimed = list(due[:size])
        Message.objects.filter(pk__in=[message.pk for message in claimed]).update(
            state=MessageState.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
    return claimed


def _send(message: Message, gateway: SmsGateway, now: datetime) -> int:
    mine = Message.objects.filter(pk=message.pk, state=MessageState.SENDING)
    if message.expires_at <= now or not mine.exists():
        mine.update(state=MessageState.EXPIRED, reason="not sent in time")
        return 0
    try:
        provider_id = gateway.send(recipient=message.recipient, text=message.text, message_id=message.pk)
    except GatewayRefusedError as refusal:
        _try_later(message, str(refusal), now)
        return 0
    except GatewayUncertainError as doubt:
        mine.update(state=MessageState.UNKNOWN, reason=str(doubt)[:200])
        return 0
    return mine.update(state=MessageState.SENT, provider_id=provider_id, sent_at=timezone.now(), reason="")


def _try_later(message: Message, reason: str, now: datetime) -> None:
    """Back off by 1, 2, 4, 8 minutes; after the last attempt the message has failed."""
    tried = message.attempts + 1
    again = now + timedelta(minutes=2 ** (tried - 1))
    state = MessageState.FAILED if tried >= MAX_ATTEMPTS or again >= message.expires_at else MessageState.PENDING
    changes: dict[str, str | datetime] = {"state": state, "reason": reason[:200]}
    if state == MessageState.PENDING:
        changes["send_after"] = again
    Message.objects.filter(pk=message.pk, state=MessageState.SENDING).update(**changes)


def expire(now: datetime) -> int:
    """A greeting that did not go on its day is not sent the next."""
    late = Message.objects.filter(state=MessageState.PENDING, expires_at__lte=now)
    return late.update(state=MessageState.EXPIRED, reason="not sent in time")


def give_up_on_lost(now: datetime) -> int:
    """What a worker was sending when it died may have gone: it becomes unknown, never sent again by the machine."""
    lost = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=now - SENDING_TIMEOUT)
    return lost.update(state=MessageState.UNKNOWN, reason="the worker stopped while sending")
