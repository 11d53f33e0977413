"""Time zones by their cities."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.utils import translation

from stores import zones

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_a_zone_is_told_by_its_cities_and_hour() -> None:
    with translation.override("ru"):
        told = [zones.city_of(ZoneInfo(name), NOON) for name in ("Asia/Vladivostok", "America/New_York", "Asia/Kolkata")]

    assert told == ["Владивосток, Хабаровск (UTC+10)", "New York (UTC−4)", "Kolkata (UTC+5:30)"]


def test_each_zone_to_choose_is_one_and_the_standing_one_is_among_them() -> None:
    assert set(zones.CITIES) <= available_timezones()
    assert [name for name, _city in zones.choices("Asia/Tokyo")][-1] == "Asia/Tokyo"
