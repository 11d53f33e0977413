"""The day of the chain, in whose zone budgets and lists are counted. Public."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings


def day_of(now: datetime) -> date:
    """The day of the chain that a moment belongs to."""
    return now.astimezone(ZoneInfo(settings.CHAIN_TIME_ZONE)).date()


def ends_of(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a day of the chain."""
    zone = ZoneInfo(settings.CHAIN_TIME_ZONE)
    return datetime.combine(day, time.min, tzinfo=zone), datetime.combine(day, time.max, tzinfo=zone)
