"""What goes on by itself: what goes together is found at night."""

from celery import shared_task
from django.utils import timezone

from purchases.companions import finding
from stores.chain_day import day_of


@shared_task
def find_companions() -> int:
    """Find what clients buy together; safe to run twice. Returns how many pairs stand."""
    return finding.find(day_of(timezone.now())).standing
