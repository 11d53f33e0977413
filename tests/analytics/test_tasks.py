"""Figures in the background: one night at a time, and nothing computed twice."""

from datetime import date

import pytest
from django.core.cache import cache

from analytics import snapshots, tasks
from analytics.models import FigureCheck, Recount, Snapshot
from stores.models import Store
from tests.analytics.conftest import Histories
from visits.models import ClientActivity, Rhythm


def test_two_nights_at_once_are_one(histories: Histories) -> None:
    histories(5)
    cache.add(tasks.AT_ONCE, True, 60)

    assert tasks.recompute_snapshots() == 0
    assert not Snapshot.objects.exists()


def test_the_night_lets_the_next_one_in(store: Store) -> None:
    assert [tasks.recompute_snapshots() for _night in range(2)] == [Snapshot.objects.count()] * 2
    assert cache.get(tasks.AT_ONCE) is None


def test_a_night_that_breaks_lets_the_next_one_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(today: date) -> int:
        raise RuntimeError("the base is away")

    with monkeypatch.context() as broken:
        broken.setattr(snapshots, "recompute_all", breaks)
        with pytest.raises(RuntimeError):
            tasks.recompute_snapshots()

    assert tasks.recompute_snapshots() > 0


def test_what_nobody_waits_for_is_not_computed(db: None) -> None:
    assert tasks.compute_asked(987_654) is False
    assert not Snapshot.objects.exists()


def test_the_comparison_tells_how_many_differ(histories: Histories) -> None:
    client = histories(3)[0]
    assert tasks.check_figures() == 0
    ClientActivity.objects.filter(client=client).update(spent=1)

    assert tasks.check_figures() == 1
    assert [check.wrong for check in FigureCheck.objects.all()] == [1, 0]


def test_nothing_is_recounted_while_the_night_still_renews_the_figures(histories: Histories) -> None:
    histories(3)
    Rhythm.objects.update(silent_from=date(2000, 1, 1))
    cache.add(tasks.AT_ONCE, True)

    assert (tasks.recount(), Recount.objects.count()) == (0, 0)
    cache.delete(tasks.AT_ONCE)
    assert tasks.recount() > 0
