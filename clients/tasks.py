"""Cards in the background: by night the base is searched for cards of one person."""

import structlog
from celery import shared_task

from clients import pairs, surnames

log = structlog.get_logger(__name__)


@shared_task
def find_pairs() -> int:
    """Propose cards of one person, and sweep the table of surnames. Safe to run twice. Returns pairs that are new."""
    found = pairs.find_pairs()
    log.info("pairs.found", surnames=surnames.refresh(), **found._asdict())
    return found.made
