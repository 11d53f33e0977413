"""The outbox in the background: only wakes; what is to be done stands in the database."""

import structlog
from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from messaging import codes, services
from messaging.gateways import GatewayRefusedError
from messaging.gateways.mailbox import unread
from messaging.incoming import bounces, polling
from messaging.models import Lane

log = structlog.get_logger(__name__)
QUEUES = {Lane.URGENT: "urgent", Lane.BULK: "celery"}
# One run ends and the next is called: so a campaign of hours leaves room for other work between.
SECONDS = 50


@shared_task(acks_late=True, reject_on_worker_lost=True)
def drain_outbox(lane: str = Lane.BULK) -> int:
    """Send what is due of a queue; running it twice at once sends nothing twice. Returns messages handed over."""
    return services.send_due_messages(lane, seconds=SECONDS)


@shared_task
def keep_outbox() -> int:
    """Expire what is late, give up on what died, see to one-time codes. Returns messages that changed."""
    now = timezone.now()
    changed = sum(services.keep_outbox(now)) + codes.scrub(now)
    sent = codes.fall_back(now)
    if sent:
        wake(Lane.URGENT)
    return changed + sent


@shared_task
def send_code(pk: int) -> int:
    """Send the one-time code of a row; twice sends it once. Returns messages queued."""
    if codes.send(pk, timezone.now()) is None:
        return 0
    wake(Lane.URGENT)
    return 1


def send_code_soon(pk: int) -> None:
    """The same work whether anybody has the contact or not."""
    try:
        send_code.apply_async((pk,), queue=QUEUES[Lane.URGENT], expires=int(codes.LASTS.total_seconds()), retry=False)
    except (OperationalError, OSError) as error:
        log.warning("code.not_sent", error=str(error)[:200])


@shared_task
def poll_gateways() -> int:
    """Ask gateways about messages without a receipt. Returns answers."""
    return polling.ask_gateways(timezone.now())


@shared_task
def forget_codes() -> int:
    """Delete codes of days ago. Safe to run twice. Returns how many."""
    return codes.forget(timezone.now())


@shared_task
def take_bounces() -> int:
    """Read the mailbox of undelivered letters, if there is one. Returns bounces."""
    if not settings.BOUNCES_IMAP_URL:
        return 0
    try:
        return sum(bool(bounces.take_bounce(raw)) for raw in unread(settings.BOUNCES_IMAP_URL))
    except GatewayRefusedError as refusal:
        log.warning("bounces.not_read", words=str(refusal))
        return 0


def wake(lane: str) -> None:
    """Send soon what was queued. Without a broker the beat's next turn does it."""
    try:
        drain_outbox.apply_async((lane,), queue=QUEUES[Lane(lane)], expires=settings.WAKE_LASTS, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("outbox.not_woken", lane=lane, error=str(error)[:200])
