"""The service desk in the background."""

from celery import shared_task
from django.utils import timezone

from purchases import passports, reminding, reviews


@shared_task
def remind_of_ready() -> int:
    """Tell clients of what waits for them; safe to run at any time. Returns what was new."""
    return reminding.remind(timezone.now())


@shared_task
def forget_passports() -> int:
    """Delete passport data whose day has come. Returns how many."""
    return passports.forget(timezone.localdate())


@shared_task
def ask_for_reviews() -> int:
    """Ask the one question of those it is time for; safe to run at any time. Returns questions asked."""
    return reviews.ask_all(timezone.now())
