"""Documents in the background: what is to be done stands in the database, a lost task costs time alone."""

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from exchange import folder, pulling
from exchange.commerceml import keeping, working
from exchange.documents import applying
from exchange.hooks import telling
from loyalty import reservations

log = structlog.get_logger(__name__)
WAKE_LASTS = 60


@shared_task(acks_late=True, reject_on_worker_lost=True)
def apply_document(pk: int) -> str:
    """Apply a document that has come, and what waited for it; twice is once. Returns what it is now."""
    state = applying.apply(pk)
    applying.apply_received()
    return state.value


@shared_task(acks_late=True, reject_on_worker_lost=True)
def apply_received() -> int:
    """Apply what has come and lies. Returns how many were applied."""
    return applying.apply_received()


@shared_task
def apply_waiting() -> int:
    """Try again all that waits: what it waits for may have come about elsewhere. Returns how many were applied."""
    reservations.forget(timezone.now())
    applying.find_lost()
    return applying.apply_all() + applying.give_clients()


@shared_task(acks_late=True, reject_on_worker_lost=True)
def read_files() -> int:
    """Read files of goods that have come. Returns how many were read."""
    return working.read_files()


@shared_task(acks_late=True, reject_on_worker_lost=True)
def take_folder() -> int:
    """Take what lies in the watched folder. Returns how many files were taken."""
    taken = folder.take()
    if taken:
        applying.apply_received()
        working.read_files()
    return taken


@shared_task(acks_late=True, reject_on_worker_lost=True)
def tell() -> int:
    """Tell webhooks what has happened. Returns how many calls were taken."""
    return telling.tell()


@shared_task(acks_late=True, reject_on_worker_lost=True)
def pull() -> int:
    """Ask MoySklad for its documents. Returns how many are new."""
    taken = pulling.pull()
    if taken:
        applying.apply_received()
    return taken


@shared_task
def forget_calls() -> int:
    """Take old calls of webhooks away. Returns how many."""
    return telling.forget()


@shared_task
def forget_files() -> int:
    """Take away files of goods that are kept no longer. Returns how many."""
    return keeping.forget()


def wake_reader() -> None:
    """Let a worker read files of goods now; where no broker answers, the beat does."""
    try:
        read_files.apply_async(expires=WAKE_LASTS, retry=False)
    except OperationalError:
        log.warning("exchange.broker_away")


def wake(pk: int | None = None) -> None:
    """Let a worker see to it now; where no broker answers, the beat does."""
    try:
        if pk is None:
            apply_received.apply_async(expires=WAKE_LASTS, retry=False)
        else:
            apply_document.apply_async((pk,), expires=WAKE_LASTS, retry=False)
    except OperationalError:
        log.warning("exchange.broker_away")
