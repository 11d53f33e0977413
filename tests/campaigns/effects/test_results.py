"""What the night computed of the programs, read back, and asked anew where it does not serve."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from analytics import snapshots
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.models import Snapshot
from campaigns import touching
from campaigns.effects import results
from campaigns.effects.results import Told
from campaigns.models import Program, Touch
from campaigns.touching import Chosen
from clients.models import Client
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from visits.models import StaleDay

OCTOBER, TODAY = date(2026, 10, 10), date(2026, 11, 20)
AUTUMN = Period(date(2026, 9, 1), date(2026, 10, 31))


@pytest.fixture
def back(store: Store, other_store: Store, sell: Sell) -> Program:
    """Forty clients chosen in two months and stores, half of them to compare with; some bought."""
    for number in range(40):
        day = OCTOBER - timedelta(days=20 * (number % 2))
        client = ClientFactory.create(home_store=store if number % 3 else other_store)
        chosen = [Chosen(client.pk, "1", day, client.home_store_id, "call")]
        touching.write("return", chosen, phase="1", holdout=50, is_made=True)
        if number % 4:
            sell(client, day + timedelta(days=3), 1_000 + number)
    return Program.objects.get(key="return")


def night(store: Store | None = None) -> None:
    """What a night does: nothing is stale after it."""
    snapshots.keep(results.FIGURE, AUTUMN, store)
    StaleDay.objects.all().delete()


def told(program: Program, period: Period = AUTUMN, store: Store | None = None) -> Told:
    return results.told(program, period, today=TODAY, store=store)


@pytest.mark.parametrize("of_a_store", [False, True])
def test_what_the_night_wrote_down_reads_as_what_is_asked(back: Program, store: Store, *, of_a_store: bool) -> None:
    where = store if of_a_store else None
    asked = told(back, store=where)
    night(where)

    kept = told(back, store=where)

    assert asked.result.effect.total.held.full
    assert kept.result == asked.result
    assert kept.computed_at == Snapshot.objects.get().computed_at


def test_a_program_of_a_day_reads_the_same(program: Program, planned: Callable[..., Client], sell: Sell) -> None:
    sell(planned(), OCTOBER + timedelta(days=2), 500), planned(home=None), planned(held=True)
    asked = told(program)
    night()

    assert told(program).result == asked.result
    assert (asked.result.followed, len(asked.result.effect.stores)) == (None, 2)


def test_a_program_that_chose_nobody_has_nothing(back: Program) -> None:
    night()
    silent = Program.objects.get(key="silent")

    kept = told(silent)

    Snapshot.objects.all().delete()
    asked = told(silent).result
    assert (kept.result.effect, kept.result.verdict) == (asked.effect, asked.verdict)


def test_what_is_kept_is_read_in_three_queries(back: Program, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    night()

    with django_assert_num_queries(3):
        told(back)


def test_a_sale_under_it_and_another_period_are_asked_anew(back: Program, sell: Sell) -> None:
    night()
    client = Touch.objects.filter(source="return", arm="treated", counted_from=OCTOBER)[0].client
    before = told(back).result.effect.total.written

    sell(client, OCTOBER, 7_000)

    october = told(back, Period(OCTOBER, AUTUMN.last)).result.effect.total.written
    assert told(back).result.effect.total.written.revenue == before.revenue + 7_000
    assert 0 < october.planned < before.planned


def test_where_there_is_much_to_count_what_the_night_said_stays_and_is_called_stale(
    back: Program, sell: Sell, monkeypatch: pytest.MonkeyPatch
) -> None:
    night()
    before = told(back)
    monkeypatch.setattr(snapshots, "MOST_LIVE", 1)

    sell(Touch.objects.filter(source="return", arm="treated")[0].client, OCTOBER, 7_000)

    after = told(back)
    assert (after.result, before.stale, after.stale) == (before.result, False, True)


def test_a_period_that_goes_on_is_asked_anew_after_an_hour(back: Program) -> None:
    today = timezone.localdate()
    going, over = Period(AUTUMN.first, today), AUTUMN
    for period in (going, over):
        snapshots.keep(results.FIGURE, period, None)
    StaleDay.objects.all().delete()
    early = timezone.now() - timedelta(hours=2)
    Snapshot.objects.update(computed_at=early)

    assert [told(back, period).computed_at == early for period in (going, over)] == [False, True]


def test_it_is_a_figure_of_the_programs_that_chose_anybody(back: Program, program: Program) -> None:
    rows = results.programs(None, AUTUMN)

    assert FIGURES["programs"] is results.FIGURE
    assert {row["source"] for row in rows} == {"return"}
    assert [(row["month"], row["store"] is None) for row in rows] == [
        (None, True), ("2026-09", True), ("2026-10", True), (None, False), (None, False),
    ]  # fmt: skip
