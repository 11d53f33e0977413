"""The outbox in the background: only wakes; what is to be done stands in the database."""

import structlog
from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone
from kombu.exceptions import OperationalError

from messaging import codes, linking, push, services
from messaging.gateways import GatewayRefusedError, GatewayUncertainError, registry
from messaging.gateways.chats import Messenger, Said, Spoken
from messaging.gateways.mailbox import unread
from messaging.incoming import bounces, chats, polling
from messaging.models import Lane

log = structlog.get_logger(__name__)
QUEUES = {Lane.URGENT: "urgent", Lane.BULK: "celery"}
# One run ends and the next is called: so a campaign of hours leaves room for other work between.
SECONDS = 50
# Turns of one asking of a messenger, each of a hundred words at most.
MOST_TURNS = 20
# Seconds.
ASKED_LASTS, AWAY_AGAIN = 60, 30


@shared_task(acks_late=True, reject_on_worker_lost=True)
def drain_outbox(lane: str = Lane.BULK) -> int:
    """Send what is due of a queue; running it twice at once sends nothing twice. Returns messages handed over."""
    return services.send_due_messages(lane, seconds=SECONDS)


@shared_task
def keep_outbox() -> int:
    """Expire what is late, give up on what died, see to one-time codes. Returns messages that changed."""
    now = timezone.now()
    changed = sum(services.keep_outbox(now)) + codes.scrub(now) + linking.withdraw_of_gone(now)
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
    now = timezone.now()
    return codes.forget(now) + linking.forget(now) + push.forget(now)


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


@shared_task
def listen_to_messengers() -> int:
    """Ask messengers what was done in chats, unless they bring it. Two at once see to nothing twice. Returns how much."""
    if settings.MESSENGERS_BRING:
        return 0
    return sum(_listen(kind.name) for kind in registry.bots())


def _listen(name: str) -> int:
    """What a messenger forgets is what was asked beyond, so a worker that dies is told once more, and knows it.

    One worker asks at a time, and one that got no answer keeps the others from waiting for it too.
    """
    key = f"messengers:{name}:asked"
    if not cache.add(key, 1, ASKED_LASTS):
        return 0
    heard = _heard(name)
    if heard is None:
        cache.set(key, 1, AWAY_AGAIN)
        return 0
    cache.delete(key)
    return heard


def _heard(name: str) -> int | None:
    """How much was heard; None from a messenger that is away."""
    gateway, after, heard = registry.messenger(name), None, 0
    try:
        for _turn in range(MOST_TURNS):
            said = gateway.listen(after)
            if not said:
                break
            for one in said:
                _speak(gateway, _answer_to(name, one), press=one.press)
            after, heard = max(one.number for one in said), heard + len(said)
    except GatewayRefusedError as refusal:
        log.warning("messenger.not_heard", messenger=name, words=str(refusal))
        return None
    return heard


def _answer_to(name: str, said: Said) -> Spoken | None:
    """What nobody foresaw of one word must not keep the others from being heard; a base that is away is asked again."""
    try:
        return chats.take(name, said, now=timezone.now())
    except DatabaseError:
        raise
    except Exception:
        log.exception("messenger.not_understood", messenger=name, number=said.number)
        return None


def _speak(gateway: Messenger, spoken: Spoken | None, *, press: str) -> None:
    """An answer that does not arrive is not said again: who misses it asks again."""
    try:
        if press:
            gateway.acknowledge(press)
        if spoken:
            gateway.say(spoken)
    except (GatewayRefusedError, GatewayUncertainError) as trouble:
        log.warning("messenger.not_answered", messenger=gateway.name, words=str(trouble))


@shared_task
def acknowledge(name: str, press: str) -> None:
    """Tell a messenger that a pressed button was heard."""
    _speak(registry.messenger(name), None, press=press)


def acknowledge_soon(name: str, press: str) -> None:
    """Without a broker the button turns for a while; what it stands for is written down already."""
    try:
        acknowledge.apply_async((name, press), queue=QUEUES[Lane.URGENT], expires=60, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("messenger.not_acknowledged", error=str(error)[:200])


def wake(lane: str) -> None:
    """Send soon what was queued. Without a broker the beat's next turn does it."""
    try:
        drain_outbox.apply_async((lane,), queue=QUEUES[Lane(lane)], expires=settings.WAKE_LASTS, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("outbox.not_woken", lane=lane, error=str(error)[:200])
