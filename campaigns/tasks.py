"""Programs in the background."""

from celery import shared_task
from django.utils import timezone

from campaigns import services
from messaging.models import Lane
from messaging.tasks import wake


@shared_task
def run_programs() -> int:
    """Queue what the programs say for this hour and wake the outbox. Returns messages queued."""
    queued = services.run_programs(now=timezone.now())
    if queued:
        wake(Lane.BULK)
    return queued
