"""The ledger in the background."""

import logging

from celery import shared_task
from django.utils import timezone

from loyalty import nightly
from stores.chain_day import day_of

log = logging.getLogger(__name__)


@shared_task
def end_bonuses() -> int:
    """Write off lots that have ended, then compare the ledger; safe to run at any time. Returns how many ended."""
    ended = nightly.expire(day_of(timezone.now()))
    for difference in nightly.differences():
        log.error("the ledger differs: %s", difference)
    return ended
