"""The day of the chain, which is Vladivostok's, ten hours before Greenwich's."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stores import chain_day

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(("hour", "day"), [(13, date(2026, 11, 20)), (14, DAY), (23, DAY)])
def test_a_moment_belongs_to_the_day_of_the_chain(hour: int, day: date) -> None:
    assert chain_day.day_of(datetime(2026, 11, 20, hour, 59, tzinfo=UTC)) == day


def test_a_day_ends_where_the_next_begins() -> None:
    first, last = chain_day.ends_of(DAY)

    assert first == datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert last + timedelta(microseconds=1) == chain_day.ends_of(DAY + timedelta(days=1))[0]
    assert [chain_day.day_of(moment) for moment in (first, last)] == [DAY, DAY]
