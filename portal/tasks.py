"""Reviews and forms from clients' phones in the background."""

from celery import shared_task
from django.utils import timezone

from portal import arrivals, reviews


@shared_task
def ask_for_reviews() -> int:
    """Ask the one question of those it is time for; safe to run at any time. Returns questions asked."""
    return reviews.ask_all(timezone.now())


@shared_task
def forget_arrivals() -> int:
    """Forms that nobody took within a day, and those that were taken, go. Safe to run twice. Returns how many."""
    return arrivals.sweep(timezone.now())
