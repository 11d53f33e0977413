"""Cards in the background: by night the base is searched for cards of one person, and swept."""

import structlog
from celery import shared_task
from django.utils import timezone

from clients import contacts, forgotten, giving, households
from clients.sameness import pairs, surnames

log = structlog.get_logger(__name__)


@shared_task
def sweep_wearers() -> int:
    """Delete people whom clients buy for no more, and parted links of households. Safe to run twice. Returns how many."""
    return giving.sweep(timezone.now()) + households.sweep(timezone.now())


@shared_task
def sweep_contacts() -> int:
    """Delete further contacts that were removed and not brought back. Safe to run twice. Returns how many."""
    return contacts.sweep(timezone.now())


@shared_task
def forget_rows() -> int:
    """Take the text out of rows about erased people that nobody decided for thirty days. Safe to run twice. Returns rows."""
    return forgotten.sweep(timezone.now())


@shared_task
def find_pairs() -> int:
    """Propose cards of one person, and sweep the table of surnames. Safe to run twice. Returns pairs that are new."""
    found = pairs.find_pairs()
    log.info("pairs.found", surnames=surnames.refresh(), **found._asdict())
    return found.made
