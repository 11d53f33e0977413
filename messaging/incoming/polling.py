"""Asking gateways what became of messages, where they can be asked and have not told."""

from datetime import datetime, timedelta

import structlog

from messaging.gateways import GatewayRefusedError, registry
from messaging.incoming import receipts
from messaging.models import Message, MessageState

log = structlog.get_logger(__name__)
# A receipt may take its time; after some days nobody knows any more.
YOUNGEST, OLDEST = timedelta(minutes=10), timedelta(days=3)
MOST = 200
ASKABLE = ("smsc",)


def ask_gateways(now: datetime) -> int:
    """Ask about messages that were sent or are in doubt, those in doubt first. Returns those that got an answer."""
    answered = 0
    for name in ASKABLE:
        if not registry.kind(name).is_described():
            continue
        gateway = registry.gateway(name)
        open_ones = Message.objects.filter(
            gateway=name, state__in=(MessageState.UNKNOWN, MessageState.SENT), claimed_at__range=(now - OLDEST, now - YOUNGEST)
        )
        for pk, recipient in open_ones.order_by("-state", "?").values_list("pk", "recipient")[:MOST]:
            try:
                receipt = gateway.poll(pk, recipient)
            except GatewayRefusedError as refusal:
                log.warning("gateway.not_asked", gateway=name, words=str(refusal))
                break
            if receipt:
                answered += receipts.take_receipt(receipt, gateway=name, now=now)
    return answered
