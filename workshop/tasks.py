"""The service desk in the background."""

from celery import shared_task
from django.utils import timezone

from workshop import passports, reminding


@shared_task
def remind_of_ready() -> int:
    """Tell clients of what waits for them; safe to run at any time. Returns what was new."""
    return reminding.remind(timezone.now())


@shared_task
def forget_passports() -> int:
    """Delete passport data whose day has come. Returns how many."""
    return passports.forget(timezone.localdate())
