"""What gateways and people say back: receipts, answers, bounces. Twice, late, reversed or forged, the story stays true."""

import re
from datetime import datetime

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from clients.models import Client
from clients.writing import phones
from messaging import services, texts
from messaging.gateways import Fate, Incoming, Receipt, printable
from messaging.incoming import doubts
from messaging.incoming.refusals import asks_to_stop
from messaging.models import FINAL, Message, MessageEvent, MessageState, Reason, Reply
from messaging.outbox import settling

log = structlog.get_logger(__name__)
Kind = MessageEvent.Kind
MOST_RECEIPTS = 20
DIGITS = re.compile(r"\D")


def take_receipt(receipt: Receipt, *, gateway: str, now: datetime | None = None) -> bool:
    """Write down a gateway's word about a message; False if it has none such. A status never goes back.

    A word about a message that nobody ever claimed changes nothing: it cannot be true. One query for a word that
    brings nothing new, as most of a provider's do.
    """
    now = now or timezone.now()
    named = {"token": receipt.token} if receipt.token else {"pk": receipt.message_id}
    seen = Message.objects.filter(**named).first()
    if seen is None or (receipt.recipient and DIGITS.sub("", receipt.recipient) != DIGITS.sub("", seen.recipient)):
        return False
    if _state_after(seen, receipt.fate) or _contradicts(seen, receipt.fate):
        with transaction.atomic():
            _write_down(Message.objects.select_for_update().get(pk=seen.pk), receipt, gateway, now)
    return True


def _write_down(message: Message, receipt: Receipt, gateway: str, now: datetime) -> None:
    state = _state_after(message, receipt.fate)
    if state:
        message.state, message.reason = state, Reason.UNDELIVERED if state == MessageState.FAILED else ""
        message.words = printable(receipt.words)
        message.sent_at = message.sent_at or now
        if state == MessageState.DELIVERED:
            message.delivered_at = now
        message.save(update_fields=["state", "reason", "words", "sent_at", "delivered_at"])
        if state == MessageState.FAILED:
            settling.doubt_contacts([message], message.words, now)
    # What contradicts is noted too, but not without end.
    if state or message.events.filter(kind=Kind.RECEIPT).count() < MOST_RECEIPTS:
        words = printable(f"{receipt.fate}: {receipt.words}")
        MessageEvent.objects.create(message=message, at=now, kind=Kind.RECEIPT, gateway=gateway, words=words)


def _contradicts(message: Message, fate: Fate) -> bool:
    """Whether the word is against what is known: worth a line in the story, though it changes nothing."""
    known = {MessageState.DELIVERED: Fate.UNDELIVERED, MessageState.FAILED: Fate.DELIVERED, MessageState.UNKNOWN: Fate.NOT_FOUND}
    return known.get(MessageState(message.state)) == fate


def _state_after(message: Message, fate: Fate) -> MessageState | None:
    """The state that a receipt brings a message to; None where it brings nothing new."""
    if message.state in FINAL or message.attempts == 0 or fate == Fate.NOT_FOUND:
        return None
    if fate == Fate.DELIVERED:
        return MessageState.DELIVERED
    if fate == Fate.UNDELIVERED:
        # Of one that waits to be sent again it says what is known already.
        return None if message.state == MessageState.PENDING else MessageState.FAILED
    return None if message.state == MessageState.SENT else MessageState.SENT


def take_reply(incoming: Incoming, *, gateway: str, now: datetime | None = None) -> Reply | None:
    """Keep what somebody wrote; who asks to stop is on the stop list at once, who may ask so is an errand for today.

    None if it has come before.
    """
    now = now or timezone.now()
    sender = _phone(incoming.sender)
    asks = asks_to_stop(incoming.text)
    try:
        with transaction.atomic():
            reply = Reply.objects.create(
                sender=sender, text=texts.clean(incoming.text), gateway=gateway, is_stop=asks,
                provider_id=incoming.provider_id, client=Client.objects.live().filter(phone=sender).first(),
            )  # fmt: skip
            if asks:
                services.stop(sender, reason=f"SMS: {incoming.text[:80]}", now=now)
            elif reply.client:
                doubts.ask_about(reply.client, incoming.text, now=now)
    except IntegrityError:
        return None
    log.info("reply.taken", gateway=gateway, stop=asks)
    return reply


def _phone(sender: str) -> str:
    """The number as cards have it, whichever way the gateway writes it; else as it came."""
    bare = sender.strip().removeprefix("+").removeprefix("00")
    return phones.normalise(f"+{bare}") or phones.normalise(bare) or printable(sender)
