"""The hours in which nobody is written to or called, as the chain's settings say, in a place's own time. Public."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stores import rules
from stores.models import Store


def is_quiet(now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is night in the zone."""
    chain = rules.current()
    return not chain.quiet_until <= now.astimezone(zone).hour < chain.quiet_from


def awake(stores: Iterable[Store], now: datetime) -> list[Store]:
    """The stores where it is day."""
    return [store for store in stores if not is_quiet(now, store.zone)]


def morning(now: datetime, zone: ZoneInfo) -> datetime:
    """The next moment after ``now`` at which the quiet hours of the zone end."""
    local = now.astimezone(zone)
    hour = rules.current().quiet_until
    today = _at(local.date(), hour, zone)
    return today if local < today else _at(local.date() + timedelta(days=1), hour, zone)


def evening(now: datetime, zone: ZoneInfo) -> datetime:
    """When the quiet hours begin on the day that it is in the zone."""
    return _at(now.astimezone(zone).date(), rules.current().quiet_from, zone)


def _at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The hour of the day by the clock on the wall; 24, where there is no night, is the midnight that ends it."""
    return datetime.combine(day, time(), tzinfo=zone) + timedelta(hours=min(max(hour, 0), 24))
