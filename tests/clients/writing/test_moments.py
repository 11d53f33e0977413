"""Moments with a zone, turned into a store's day."""

from datetime import date, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from clients.writing import dates
from clients.writing.moments import local_day, midnight

VLADIVOSTOK = ZoneInfo("Asia/Vladivostok")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-15 10:22:31 +1000", 15), ("2026-03-16T10:22:31+10:00", 16), ("2026-03-17T00:22:31Z", 17), ("2026-03-17T16:00:00Z", 18),
        ("2026-03-18T10:22:31.000Z", 18), ("2026-03-15 10:22:31 UTC", 15), ("2026-03-15 20:00 МСК", 16), ("15.03.2026 22:00 GMT+3", 16),
        ("2026-03-15T23:00:00-05:00", 16),
    ],
)  # fmt: skip
def test_a_zone_is_turned_into_ours(text: str, day: int) -> None:
    assert local_day(text, VLADIVOSTOK) == date(2026, 3, day)


@pytest.mark.parametrize(
    "text", ["18.03.2026 10:22:31", "18.03.2026", "2026-03-18", "", "2026-02-30T00:00:00Z", "2026-03-18T25:00Z"]
)
def test_without_a_zone_there_is_nothing_to_turn(text: str) -> None:
    assert local_day(text, VLADIVOSTOK) is None


@pytest.mark.parametrize(
    "text", ["18.03.2026 в 10:22", "18.03.2026, 10:22:31", "2026-03-18T10:22:31.000Z", "2026-03-18 10:22:31 +1000"]
)
def test_a_time_beside_a_day_is_left_out(text: str) -> None:
    assert dates.parse(text, date(2026, 11, 28)) == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1985-07-02T14:00:00Z", date(1985, 7, 3)), ("1985-07-02T14:00:00.000Z", date(1985, 7, 3)), ("1985-07-03T00:00:00Z", None),
        ("1985-07-03T00:00:00+10:00", None), ("1985-07-03T09:30:00Z", None), ("1985-07-03 00:00:00", None), ("03.07.1985", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_written_as_its_first_moment_in_another_zone(text: str, day: date | None) -> None:
    assert midnight(text, timezone(timedelta(hours=10))) == day
