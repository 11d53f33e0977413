"""Programs in the background."""

from celery import shared_task
from django.utils import timezone

from campaigns import services
from messaging.tasks import drain_outbox


@shared_task
def run_programs() -> int:
    """Queue what the programs say for this hour and wake the outbox. Returns messages queued."""
    queued = services.run_programs(now=timezone.now())
    if queued:
        drain_outbox.delay()
    return queued
