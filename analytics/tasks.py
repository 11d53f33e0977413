"""Figures in the background."""

from celery import shared_task
from django.utils import timezone

from analytics import checks, snapshots


@shared_task
def recompute_snapshots() -> int:
    """Everything anew, at night. Returns how many figures."""
    return snapshots.recompute_all(timezone.localdate())


@shared_task
def refresh_snapshots() -> int:
    """Compute anew what rests on changed days. Returns how many."""
    return snapshots.refresh_stale()


@shared_task
def compute_asked(pk: int) -> bool:
    """Compute a figure that somebody waits for; a second run finds nothing to do."""
    return snapshots.compute_asked(pk)


@shared_task
def check_figures() -> int:
    """Compare the derived tables and snapshots with the raw rows. Returns how many differ."""
    return checks.check_figures().wrong
