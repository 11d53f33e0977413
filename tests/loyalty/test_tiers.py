"""Tiers come on the day after they are reached and go on the first of January."""

from datetime import date
from decimal import Decimal

from loyalty.tiers import Step, first_day, reached

SILVER, GOLD = Step(Decimal(50_000), 500, 300), Step(Decimal(200_000), 700, 500)
STEPS = [SILVER, GOLD]


def step(spent: list[tuple[date, int]], day: date) -> Step | None:
    return reached([(on, Decimal(paid)) for on, paid in spent], day, STEPS).step


def test_a_tier_comes_on_the_day_after() -> None:
    spent = [(date(2026, 3, 1), 60_000)]

    assert [step(spent, date(2026, 3, day)) for day in (1, 2)] == [None, SILVER]


def test_it_goes_on_the_first_of_january() -> None:
    spent = [(date(2025, 6, 1), 200_000)]

    assert [step(spent, day) for day in (date(2026, 5, 31), date(2026, 6, 2), date(2026, 12, 31), date(2027, 1, 1))] == [
        GOLD, GOLD, GOLD, None,
    ]  # fmt: skip


def test_what_comes_next_and_what_would_be_left() -> None:
    told = reached([(date(2025, 6, 1), Decimal(200_000)), (date(2026, 5, 1), Decimal(70_000))], date(2026, 7, 1), STEPS)

    assert (told.step, told.kept, told.spent, told.coming, told.goes_down) == (GOLD, SILVER, 70_000, None, True)


def test_how_far_it_is_to_the_next() -> None:
    told = reached([(date(2026, 5, 1), Decimal(70_000))], date(2026, 7, 1), STEPS)

    assert (told.step, told.coming, told.lacks, told.goes_down) == (SILVER, GOLD, 130_000, False)
    assert reached([], date(2026, 7, 1), []).lacks == 0


def test_a_tier_without_a_name_is_its_sum() -> None:
    assert [str(one) for one in (GOLD, GOLD._replace(name="золото"))] == ["от 200\xa0000\xa0₽", "золото"]


def test_the_first_day_that_matters_is_a_year_before_this_one() -> None:
    assert first_day(date(2026, 7, 1)) == date(2025, 1, 1)
