"""Reviews in the background."""

from celery import shared_task
from django.utils import timezone

from portal import reviews


@shared_task
def ask_for_reviews() -> int:
    """Ask the one question of those it is time for; safe to run at any time. Returns questions asked."""
    return reviews.ask_all(timezone.now())
