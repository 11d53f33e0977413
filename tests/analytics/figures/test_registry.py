"""The figures by name: the days that each rests on, and its parts."""

from datetime import date

import pytest

from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.models import Snapshot
from tests.analytics.conftest import Histories

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("returning", date(2025, 4, 1)),  # records of twelve months
        ("breakdown", date(2025, 4, 1)),
        ("months", date(2023, 3, 1)),  # 37 of them
        ("people", date(2024, 10, 2)),  # newcomers of a year, 180 days ago
        ("silent", date.min),
        ("changes", date.min),
    ],
)
def test_a_figure_rests_on_all_the_days_that_it_looks_at(name: str, since: date) -> None:
    assert FIGURES[name].rests_on(MARCH) == Period(since, MARCH.last)


def test_a_long_period_is_looked_at_from_its_own_beginning() -> None:
    decade = Period(date(2016, 1, 1), date(2025, 12, 31))

    assert [FIGURES[name].rests_on(decade).first for name in ("returning", "people")] == [decade.first] * 2


def test_a_figure_is_its_parts_in_their_order(histories: Histories) -> None:
    histories(3)

    for name, figure in FIGURES.items():
        told = list(figure.steps(None, MARCH))
        assert [part for part, _data in told] == [part for part, _compute in figure.parts], name
        assert figure.compute(None, MARCH) == dict(told)


def test_a_name_is_a_key_and_fits_into_a_snapshot() -> None:
    longest = Snapshot._meta.get_field("figure").max_length or 0

    assert [name for name, figure in FIGURES.items() if name != figure.name or len(name) > longest] == []
