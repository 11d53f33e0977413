"""When it is night somewhere, and when it ends and begins there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stores import quiet_hours
from stores.models import Store
from tests.conftest import Decided
from tests.factories import StoreFactory

VLADIVOSTOK = ZoneInfo("Asia/Vladivostok")
# The hours of this day there are ten less here.
MIDNIGHT = datetime(2026, 11, 20, 14, tzinfo=UTC)


@pytest.mark.parametrize(("hour", "is_quiet"), [(0, True), (8, True), (9, False), (20, False), (21, True), (23, True)])
def test_nights_are_local(hour: int, is_quiet: bool) -> None:
    now = MIDNIGHT + timedelta(hours=hour)

    assert quiet_hours.is_quiet(now, VLADIVOSTOK) == is_quiet
    assert (now >= quiet_hours.evening(now, VLADIVOSTOK)) == (hour >= 21)


@pytest.mark.parametrize(("hour", "ahead"), [(0, 9), (8, 1), (9, 24), (22, 11)])
def test_the_morning_is_the_next_one(hour: int, ahead: int) -> None:
    now = MIDNIGHT + timedelta(hours=hour)

    assert quiet_hours.morning(now, VLADIVOSTOK) - now == timedelta(hours=ahead)


def test_stores_are_awake_by_their_own_clocks(store: Store) -> None:
    moscow = StoreFactory.create(time_zone="Europe/Moscow")

    assert quiet_hours.awake([store, moscow], MIDNIGHT) == [moscow]
    assert quiet_hours.awake([store, moscow], MIDNIGHT + timedelta(hours=10)) == [store]


@pytest.mark.parametrize(("until", "since", "evening"), [(24, 0, 24), (30, 9, 24), (21, 24, 21)])
def test_a_chain_without_nights_has_an_evening_too(decided: Decided, until: int, since: int, evening: int) -> None:
    decided(quiet_from=until, quiet_until=since)
    midnight = datetime(2026, 11, 21, tzinfo=VLADIVOSTOK)

    assert quiet_hours.evening(MIDNIGHT, VLADIVOSTOK) == midnight + timedelta(hours=evening)
    assert quiet_hours.morning(MIDNIGHT + timedelta(hours=1), VLADIVOSTOK) == midnight + timedelta(hours=since or 24)
