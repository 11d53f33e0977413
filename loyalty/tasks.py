"""The ledger in the background."""

import logging

from celery import shared_task
from django.utils import timezone

from loyalty import nightly, occasions
from loyalty.friends import acts as friends
from stores.chain_day import day_of

log = logging.getLogger(__name__)


@shared_task
def end_bonuses() -> int:
    """Write off lots that have ended, then compare the ledger; safe to run at any time. Returns how many ended."""
    ended = nightly.expire(day_of(timezone.now()))
    for difference in nightly.differences():
        log.error("the ledger differs: %s", difference)
    return ended


@shared_task
def give_bonuses() -> int:
    """Birthday and welcome sums of today, word of what can be spent from today on, and of certificates that end; safe twice.

    Returns how many lots.
    """
    given = occasions.give(day_of(timezone.now()))
    occasions.tell_came(timezone.now())
    occasions.tell_ending(timezone.now())
    return given


@shared_task
def reward_friends() -> int:
    """Give bonuses for friends whose first purchase was kept; safe to run twice. Returns for how many."""
    return friends.reward(day_of(timezone.now()))
