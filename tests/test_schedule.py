"""What the beat wakes is there, and runs: on a base without anything, and on a chain that has traded for a while."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from crm_site.celery import app

ENTRIES: dict[str, dict[str, Any]] = settings.CELERY_BEAT_SCHEDULE


@pytest.fixture(autouse=True)
def _as_a_worker() -> Iterator[None]:
    """Tasks are there, and an error is told; also one of what a task calls in turn, which runs where it is called."""
    app.loader.import_default_modules()
    usual = app.conf.task_eager_propagates
    app.conf.update(task_eager_propagates=True)
    yield
    app.conf.update(task_eager_propagates=usual)


def wake_all() -> dict[str, int]:
    """Every entry of the schedule once, in its order. Returns what each says."""
    return {name: app.tasks[entry["task"]].apply(args=entry.get("args", ()), throw=True).get() for name, entry in ENTRIES.items()}


def test_every_task_of_the_schedule_is_registered() -> None:
    assert {entry["task"] for entry in ENTRIES.values()} - set(app.tasks) == set()


def test_every_task_of_the_schedule_runs_on_an_empty_base(db: None) -> None:
    told = wake_all()

    assert [name for name, count in told.items() if count] == ["nightly snapshots"]


def test_every_task_of_the_schedule_runs_on_a_chain_that_trades(db: None) -> None:
    call_command("load_demo", clients=60, verbosity=0)

    told = wake_all()

    assert {type(count) for count in told.values()} == {int}
    assert told["nightly snapshots"] > 0
    assert told["check of the figures"] == 0
