"""Figures ahead of time: fresh ones serve, stale ones say so or are renewed, long ones run as a job with progress."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics import snapshots, tasks
from analytics.figures import registry
from analytics.figures.periods import Period, month
from analytics.figures.registry import FIGURES
from analytics.models import Snapshot
from clients.models import Client
from stores.models import Store
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import Sell
from tests.present import present
from visits.models import Rhythm, StaleDay, TypicalInterval

AS_OF = Period(TODAY, TODAY)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def nothing_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "MOST_LIVE", -1)


def test_the_night_computes_every_figure_of_every_scope(histories: Histories, store: Store, other_store: Store) -> None:
    histories(20)
    Rhythm.objects.all().delete()
    TypicalInterval.objects.all().delete()

    made = snapshots.recompute_all(TODAY)

    standard = snapshots.standard_periods(TODAY)
    standing = sum(figure.standing for figure in FIGURES.values())
    live = sum(figure.live for figure in FIGURES.values())
    of_periods = (len(FIGURES) - standing - live - 1) * len(standard) + len({month(period.last) for period in standard})
    assert made == Snapshot.objects.count() == 3 * (standing + of_periods)
    assert not StaleDay.objects.exists()
    assert (Rhythm.objects.exists(), TypicalInterval.objects.exists()) == (True, True)
    told = snapshots.shown("worth", AS_OF, store=store)
    assert told.data == FIGURES["worth"].compute(store, AS_OF) == Snapshot.objects.get(figure="worth", scope=store.pk).data


def test_every_figure_survives_json(histories: Histories) -> None:
    histories(15)

    for name, figure in FIGURES.items():
        period = AS_OF if figure.standing else MARCH
        snapshots.keep(figure, period, None)
        assert Snapshot.objects.get(figure=name).data == _as_lists(figure.compute(None, period))


def _as_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _as_lists(item) for key, item in value.items()}
    return [_as_lists(item) for item in value] if isinstance(value, list | tuple) else value


def test_a_sale_in_a_closed_month_makes_a_large_figure_stale_and_then_renews_it(
    histories: Histories, card: Client, sell: Sell, nothing_is_small: None
) -> None:
    histories(5)
    snapshots.recompute_all(TODAY)
    sell(card, TODAY, 700)
    assert not snapshots.shown("coming-back", AS_OF).stale

    sell(card, TODAY - timedelta(days=60), 700)

    told = snapshots.shown("coming-back", AS_OF)
    assert (told.stale, told.data is not None) == (True, True)
    assert snapshots.refresh_stale() > 0
    fresh = snapshots.shown("coming-back", AS_OF)
    assert (fresh.stale, fresh.data) == (False, _as_lists(FIGURES["coming-back"].compute(None, AS_OF)))


def test_in_a_small_base_a_standing_figure_is_never_behind(card: Client, sell: Sell) -> None:
    snapshots.recompute_all(TODAY)
    assert present(snapshots.shown("worth", AS_OF).data)["groups"]["rows"][0]["clients"] == 0

    for day in range(4):
        sell(card, TODAY - timedelta(days=day), 700)

    assert sum(row["clients"] for row in present(snapshots.shown("worth", AS_OF).data)["groups"]["rows"]) == 1


def test_a_long_figure_runs_as_a_job_that_shows_how_far_it_is(
    histories: Histories, nothing_is_small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    histories(5)
    told = snapshots.shown("people", MARCH)
    asked = present(told.pending)
    assert (told.data, told.starts, asked.progress, asked.parts) == (None, True, 0, 3)
    again = snapshots.shown("people", MARCH)
    assert (again.starts, present(again.pending).pk) == (False, asked.pk)

    seen = []
    steps = registry.Figure.steps

    def watched(self: registry.Figure, store: Store | None, period: Period) -> Iterator[Any]:
        for step in steps(self, store, period):
            seen.append(Snapshot.objects.get(pk=asked.pk).progress)
            yield step

    monkeypatch.setattr(registry.Figure, "steps", watched)
    assert tasks.compute_asked(asked.pk)

    assert seen == [0, 1, 2]
    assert snapshots.shown("people", MARCH).data == FIGURES["people"].compute(None, MARCH)
    assert not tasks.compute_asked(asked.pk)


def test_a_job_that_breaks_says_so_and_can_be_asked_again(
    db: None, nothing_is_small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = snapshots.shown("people", MARCH)
    asked = present(told.pending)

    def breaks(self: registry.Figure, store: Store | None, period: Period) -> Iterator[str]:
        raise RuntimeError("the base is away")

    with monkeypatch.context() as broken:
        broken.setattr(registry.Figure, "steps", breaks)
        with pytest.raises(RuntimeError):
            snapshots.compute_asked(asked.pk)

    assert Snapshot.objects.get().error == "RuntimeError: the base is away"
    again = snapshots.shown("people", MARCH)
    assert (again.starts, present(again.pending).error) == (True, "")


def test_a_job_lost_with_its_worker_is_started_again(db: None, nothing_is_small: None) -> None:
    pending = present(snapshots.shown("people", MARCH).pending)
    Snapshot.objects.filter(pk=pending.pk).update(asked_at=present(pending.asked_at) - timedelta(minutes=11))

    assert snapshots.shown("people", MARCH).starts


def test_yesterdays_night_serves_in_the_small_hours(histories: Histories) -> None:
    histories(5)
    snapshots.recompute_all(TODAY)
    StaleDay.objects.all().delete()

    tomorrow = TODAY + timedelta(days=1)

    assert snapshots.shown("silent", Period(tomorrow, tomorrow)).data == Snapshot.objects.get(figure="silent", scope=0).data
    assert snapshots.kept("silent", AS_OF) is not None
    assert snapshots.kept("silent", Period(TODAY - timedelta(days=1), TODAY - timedelta(days=1))) is None


def test_a_missed_night_is_made_up_for_in_the_morning(histories: Histories) -> None:
    histories(5)
    morning, small_hours = (datetime(2026, 6, 18, hour, tzinfo=timezone.get_default_timezone()) for hour in (6, 3))
    assert [snapshots.night_is_due(now) for now in (small_hours, morning)] == [False, True]

    Rhythm.objects.all().delete()
    assert snapshots.night_is_due(small_hours)
    assert tasks.refresh_snapshots() > 10

    assert not snapshots.night_is_due(timezone.now())
    assert tasks.refresh_snapshots() == 0


def test_snapshots_are_made_and_made_anew_when_days_change(card: Client, sell: Sell) -> None:
    today = date(2026, 3, 15)
    sell(card, date(2026, 2, 5), 700)
    snapshots.recompute_all(today)
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    assert not StaleDay.objects.exists()

    sell(card, date(2026, 2, 6), 300)
    assert snapshots.report(february).report.total.revenue == 1000
    assert snapshots.refresh_stale() > 0

    kept = Snapshot.objects.get(figure="returning", scope=0, first=february.first, last=february.last)
    assert (present(kept.data)["report"]["revenue"]["total"], StaleDay.objects.count()) == (1000, 0)
