"""What to do now, and the strip of visits."""

from datetime import date

import pytest

from crm_site.pages import now
from crm_site.pages.whole_card import Told


@pytest.mark.parametrize(
    ("day", "today", "ahead"),
    [
        (1205, date(2026, 11, 29), 6),
        (1129, date(2026, 11, 29), 0),
        (103, date(2026, 12, 30), 4),
        (1128, date(2026, 11, 29), 364),
        (229, date(2027, 2, 27), 2),
        (None, date(2026, 11, 29), None),
    ],
)
def test_a_day_of_the_year_comes_in_so_many_days(day: int | None, today: date, ahead: int | None) -> None:
    assert now.days_ahead(day, today) == ahead


def test_a_strip_has_a_dot_for_each_visit_inside_its_width() -> None:
    days = [Told(date(2019, 3, 3), 1), Told(date(2022, 5, 9), 0), Told(date(2026, 11, 1), 12)]

    strip = now.strip_of(days, date(2026, 11, 29))

    assert strip is not None
    assert [dot.bought for dot in strip.dots] == [True, False, True]
    assert [dot.x for dot in strip.dots] == sorted(dot.x for dot in strip.dots)
    assert all(0 < dot.x < now.WIDTH for dot in strip.dots)
    assert [year.year for year in strip.years] == list(range(2019, 2027))
    assert (strip.first, strip.last, strip.visits) == (days[0].day, days[2].day, 3)


def test_one_visit_has_no_rhythm() -> None:
    assert now.strip_of([Told(date(2026, 3, 3), 1)], date(2026, 11, 29)) is None
