"""Moments with a zone, as shops on the Internet write them: turned into somebody's own day."""

import re
from datetime import date, datetime, timedelta, timezone, tzinfo

ZONED = re.compile(
    r"^(?:(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})|(?P<d>\d{1,2})[-./](?P<m>\d{1,2})[-./](?P<y>\d{4}))"
    r"(?:t|,?\s+(?:в\s+|at\s+)?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]m)?\s*"
    r"(?P<zone>z|мск|msk|(?:utc|gmt)?\s*(?:[+\-−]\d{1,2}(?::?\d{2})?)?)(?:\s*\([^)]*\))?$",
    re.IGNORECASE,
)
OFFSET = re.compile(r"([+\-−])(\d{1,2}):?(\d{2})?$")
MOSCOW = timezone(timedelta(hours=3))


def local_day(text: str, zone: tzinfo) -> date | None:
    """The day in ``zone`` of a moment that names its own zone; None for anything else."""
    at = moment(text)
    return _day_in(at, zone) if at else None


def midnight(text: str, zone: tzinfo) -> date | None:
    """The day that a program wrote as its first moment in another zone (``1985-07-02T13:00:00Z`` for 3 July in Vladivostok):
    where that is midnight in ``zone``. None for anything else."""
    at = moment(text) if ":" in text else None
    local = at.astimezone(zone) if at and 1900 <= at.year < 2100 and (at.hour or at.minute) else None
    return local.date() if local and not (local.hour or local.minute) else None


def moment(text: str) -> datetime | None:
    """A moment that names its own zone; None for anything else."""
    found = ZONED.match(text.strip())
    if not found or not found["zone"].strip():
        return None
    try:
        return datetime(
            int(found["year"] or found["y"]), int(found["month"] or found["m"]), int(found["day"] or found["d"]),
            _hour(int(found["hour"]), (found["half"] or "").lower()), int(found["minute"]), int(found["second"] or 0),
            tzinfo=_zone(found["zone"].strip().lower()),
        )  # fmt: skip
    except (ValueError, OverflowError):
        return None


def _day_in(at: datetime, zone: tzinfo) -> date | None:
    try:
        return at.astimezone(zone).date()
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str) -> int:
    return hour % 12 + (12 if half == "pm" else 0) if half else hour


def _zone(text: str) -> tzinfo:
    if text in ("мск", "msk"):
        return MOSCOW
    found = OFFSET.search(text)
    if found is None:
        return timezone.utc  # noqa: UP017 — one name for fixed zones
    away = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(away if found[1] == "+" else -away)
