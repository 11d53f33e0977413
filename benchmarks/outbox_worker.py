"""The Celery app of the outbox benchmark: the product's own, and the peer's task that sends one message."""

import logging

import django
from celery import shared_task

from crm_site.celery import app

django.setup()
# A line for each task would be counted against the peer.
logging.getLogger("celery").setLevel(logging.ERROR)

from django.utils import timezone  # noqa: E402

from messaging.gateways import registry  # noqa: E402
from messaging.models import Message, MessageState  # noqa: E402
from messaging.outbox.flights import outgoing  # noqa: E402

__all__ = ["app", "send_one"]


@shared_task
def send_one(pk: int) -> None:
    """One Celery task per message, as many would write it: the row is claimed, the call made, the row settled."""
    now = timezone.now()
    if not Message.objects.filter(pk=pk, state=MessageState.PENDING).update(state=MessageState.SENDING, claimed_at=now):
        return
    message = Message.objects.get(pk=pk)
    provider_id = registry.gateway("kannel").send(outgoing(message, now))
    Message.objects.filter(pk=pk).update(state=MessageState.SENT, provider_id=provider_id, sent_at=timezone.now())
