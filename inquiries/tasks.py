"""What goes on by itself: receipts are found, wishes wake, what is old is forgotten."""

from celery import shared_task
from django.utils import timezone

from inquiries import services, waking, winning
from inquiries.appointments import services as appointments


@shared_task
def follow_inquiries() -> int:
    """Know who has a card by now, find their receipts, wake wishes. Running it twice at once changes nothing twice."""
    return winning.recognise() + winning.settle() + waking.wake(timezone.now())


@shared_task
def forget_inquiries() -> int:
    """Take people out of inquiries without a step for 180 days, and words out of appointments as old."""
    now = timezone.now()
    return services.forget_old(now) + appointments.forget_old(now)
