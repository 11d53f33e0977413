"""The hours in which nobody is written to or called, ``QUIET_FROM`` to ``QUIET_UNTIL`` of a place's own time. Public."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from stores.models import Store


def is_quiet(now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is night in the zone."""
    return not settings.QUIET_UNTIL <= now.astimezone(zone).hour < settings.QUIET_FROM


def awake(stores: Iterable[Store], now: datetime) -> list[Store]:
    """The stores where it is day."""
    return [store for store in stores if not is_quiet(now, store.zone)]


def morning(now: datetime, zone: ZoneInfo) -> datetime:
    """The next moment after ``now`` at which the quiet hours of the zone end."""
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), time(settings.QUIET_UNTIL), tzinfo=zone)
    return today if local < today else datetime.combine(local.date() + timedelta(days=1), time(settings.QUIET_UNTIL), tzinfo=zone)


def evening(now: datetime, zone: ZoneInfo) -> datetime:
    """When the quiet hours begin on the day that it is in the zone."""
    return datetime.combine(now.astimezone(zone).date(), time(settings.QUIET_FROM), tzinfo=zone)
