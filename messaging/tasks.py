"""The outbox in the background."""

from celery import shared_task

from messaging import services


@shared_task(acks_late=True, reject_on_worker_lost=True)
def drain_outbox() -> int:
    """Send what is due; running it twice at once sends nothing twice. Returns messages handed over."""
    return services.send_due_messages()
