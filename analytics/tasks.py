"""Snapshots in the background."""

from celery import shared_task
from django.utils import timezone

from analytics import snapshots


@shared_task
def recompute_snapshots() -> int:
    """Compute every standard period anew, at night. Returns how many."""
    return snapshots.recompute_all(timezone.localdate())


@shared_task
def refresh_snapshots() -> int:
    """Compute anew what rests on changed days. Returns how many."""
    return snapshots.refresh_stale()
