"""Figures in the background."""

from datetime import date

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from analytics import checks, mondays, snapshots
from analytics.boards import sources
from analytics.boards.sources import Wanted

AT_ONCE = "analytics.night"
LONGEST = 3 * 60 * 60  # seconds, after which a night that was cut does not keep the next one out


@shared_task
def recompute_snapshots() -> int:
    """Everything anew, at night; one at a time. Returns how many figures."""
    if not cache.add(AT_ONCE, True, LONGEST):
        return 0
    try:
        return snapshots.recompute_all(timezone.localdate())
    finally:
        cache.delete(AT_ONCE)


@shared_task
def refresh_snapshots() -> int:
    """Compute anew what rests on changed days, or all of it where the night was missed. Returns how many."""
    return recompute_snapshots() if snapshots.night_is_due(timezone.now()) else snapshots.refresh_stale()


@shared_task
def compute_asked(pk: int) -> bool:
    """Compute a figure that somebody waits for; a second run finds nothing to do."""
    return snapshots.compute_asked(pk)


@shared_task
def fill_board(missing: list[list[str]]) -> int:
    """Compute what a board lacks: figure, scope, first and last day of each; what is there by then stays. Returns how many."""
    asked = (
        Wanted(name, int(scope), date.fromisoformat(first), date.fromisoformat(last)) for name, scope, first, last in missing
    )
    return sources.compute(asked)


@shared_task
def check_figures() -> int:
    """Compare the derived tables and snapshots with the raw rows. Returns how many differ."""
    return checks.check_figures().wrong


@shared_task
def recount() -> int:
    """Count the figures a second time from the raw rows; not while the night still renews them. Returns how many differ."""
    from analytics import recount as second_opinion  # pandas stays out of the web, which imports this module

    return 0 if cache.get(AT_ONCE) else second_opinion.recount(timezone.localdate()).wrong


@shared_task
def write_on_mondays() -> int:
    """The report of the week to those who asked for it. Returns how many letters."""
    return mondays.send_due(timezone.now())
