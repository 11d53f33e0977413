"""The cohorts that a page shows: quarters of many months, months of few, and the figures of neither changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from analytics.figures import coming_back
from analytics.figures.coming_back import share
from analytics.figures.periods import Period
from analytics.shown import cohorts
from stores.models import Employee
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import SignIn


def month(name: str, clients: int, *told: tuple[int, int]) -> dict[str, Any]:
    """``told``: who came again of whose days are over, by window."""
    return {"month": name, "clients": clients, "windows": [share(*one) for one in told]}


MONTHS = [
    month("2025-11", 40, (4, 40), (8, 40), (10, 40), (20, 40)),
    month("2025-12", 60, (6, 60), (12, 60), (15, 60), (30, 60)),
    month("2026-01", 10, (1, 10), (2, 8), (0, 0), (0, 0)),
    month("2026-03", 20, (0, 5), (0, 0), (0, 0), (0, 0)),
]


def test_quarters_are_their_months_added_up() -> None:
    with translation.override("ru"):
        lines = cohorts.by_quarters(MONTHS)

    assert [(line.name.replace("\xa0", " "), line.first, line.last, line.since, line.clients) for line in lines] == [
        ("I кв. 2026", date(2026, 1, 1), date(2026, 3, 31), None, 30),
        ("IV кв. 2025", date(2025, 11, 1), date(2025, 12, 31), date(2025, 11, 1), 100),
    ]
    assert lines[0].windows == [share(1, 15), share(2, 8), None, None]
    assert lines[1].windows == [share(10, 100), share(20, 100), share(25, 100), share(50, 100)]


def test_months_stand_as_they_are_counted() -> None:
    lines = cohorts.by_months(MONTHS)

    assert [(line.first, line.last, line.clients, line.windows) for line in lines] == [
        (date(2026, 3, 1), date(2026, 3, 31), 20, MONTHS[3]["windows"]), (date(2026, 1, 1), date(2026, 1, 31), 10, MONTHS[2]["windows"]),
        (date(2025, 12, 1), date(2025, 12, 31), 60, MONTHS[1]["windows"]),
        (date(2025, 11, 1), date(2025, 11, 30), 40, MONTHS[0]["windows"]),
    ]  # fmt: skip


def test_all_together_is_what_the_lines_add_up_to() -> None:
    assert cohorts.together(MONTHS) == {30: share(11, 115), 90: share(22, 108), 180: share(25, 100), 365: share(50, 100)}
    assert (cohorts.together([]), cohorts.by_months([]), cohorts.by_quarters([])) == ({}, [], [])


@pytest.mark.parametrize("seed", [1, 2])
def test_however_told_nobody_is_lost(histories: Histories, seed: int) -> None:
    histories(40, seed)
    rows = coming_back.cohorts(None, Period(TODAY, TODAY))

    told = [[line.clients for line in lines] for lines in (cohorts.by_months(rows), cohorts.by_quarters(rows))]

    assert {sum(lines) for lines in told} == {sum(row["clients"] for row in rows)}


def test_three_years_take_a_screen_and_months_are_one_link_away(boss: Employee, signed_in: SignIn, histories: Histories) -> None:
    histories(60)
    browser = signed_in(boss)

    quarters = browser.get("/coming-back/").context
    months = browser.get("/coming-back/", {"by": "months"}).context

    assert (quarters["long"], quarters["monthly"], months["monthly"]) == (True, False, True)
    assert len(quarters["cohorts"]) <= cohorts.FIT < len(months["cohorts"])
    assert all(line.last - line.first < timedelta(days=31) for line in months["cohorts"])
