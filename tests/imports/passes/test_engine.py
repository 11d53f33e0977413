"""A list that is driven, paused, broken off, brought twice; files that are forgotten."""

import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from clients.models import Client
from imports import intake, services, tasks
from imports.models import Goal, ImportState, ListImport
from imports.passes import engine
from tests.imports.test_services import people


def keep(text: str, **more: Any) -> ListImport:
    return intake.read(intake.keep_file("clients", BytesIO(text.encode()), "list.csv", by=None, **more))


def test_a_paused_list_goes_on_where_it_stopped(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 10)
    kept = engine.preview(keep(people(45)))
    services.start(kept)

    def pause(done: int, total: int) -> None:
        if done == 20:
            services.pause(ListImport.objects.get())

    engine.apply(kept, progress=pause)
    assert (ListImport.objects.get().state, Client.objects.count()) == (ImportState.PAUSED, 20)

    kept = ListImport.objects.get()
    services.resume(kept)
    engine.advance(kept)

    assert (ListImport.objects.get().state, Client.objects.count()) == (ImportState.APPLIED, 45)


def test_a_paused_list_is_taken_back_as_far_as_it_came(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 10)
    kept = engine.preview(keep(people(45)))
    services.start(kept)
    engine.apply(kept, progress=lambda done, total: services.pause(ListImport.objects.get()) if done == 20 else None)
    kept = ListImport.objects.get()

    services.undo(kept)
    engine.advance(kept)

    assert (ListImport.objects.get().state, Client.objects.count()) == (ImportState.UNDONE, 0)


def test_two_admins_with_one_file_apply_it_once(db: None) -> None:
    first, second = (engine.preview(keep(people(5))) for _admin in range(2))
    services.start(first)

    with pytest.raises(engine.NotReadyError):
        services.start(second)
    engine.advance(first)

    assert services.twin(second) == first
    services.start(second)
    engine.advance(second)
    assert (second.counts, Client.objects.count()) == ({"unchanged": 5}, 5)


def test_work_that_breaks_off_again_and_again_stops_and_says_so(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from clients.listing.handler import ClientsHandler

    def fail(self: ClientsHandler, rows: object) -> None:
        raise ZeroDivisionError

    kept = engine.preview(keep(people(5)))
    services.start(kept)
    monkeypatch.setattr(ClientsHandler, "decide", fail)

    for _time in range(engine.MOST_FAILURES):
        with pytest.raises(ZeroDivisionError):
            engine.advance(ListImport.objects.get())

    found = ListImport.objects.get()
    assert (found.state, bool(found.error)) == (ImportState.PAUSED, True)


def test_a_list_that_was_cut_before_it_was_counted_is_counted(db: None) -> None:
    kept = keep(people(5))
    ListImport.objects.update(rows_total=0)

    engine.apply(ListImport.objects.get())

    assert ListImport.objects.get().rows_total == kept.rows.count() == 5


def test_a_lost_task_is_woken(db: None, settings: Settings) -> None:
    kept = keep(people(5), goal=Goal.APPLY)
    ListImport.objects.update(created_at=timezone.now() - timedelta(minutes=10))

    assert tasks.resume_lists() == 1

    kept.refresh_from_db()
    assert (kept.state, tasks.resume_lists()) == (ImportState.APPLIED, 0)


def test_files_are_deleted_after_their_time_and_rows_stay(db: None) -> None:
    kept = engine.apply(keep(people(2)))
    path = intake.path_of(kept)
    assert tasks.forget_files() == 0

    ListImport.objects.update(created_at=timezone.now() - django_settings.IMPORT_FILES_KEPT - timedelta(days=1))
    assert tasks.forget_files() == 1

    assert (path.exists(), kept.rows.count()) == (False, 2)


WORK = """
import django; django.setup()
from imports.passes import engine
from imports.models import ListImport
engine.CHUNK = 20
engine.advance(ListImport.objects.get())
"""


def many(count: int) -> str:
    """So many people, each of a day and a phone of their own."""
    days = (date(1940, 1, 1) + timedelta(days=n) for n in range(count))
    rows = "".join(f"Иванова Елена;{day:%d.%m.%Y};8914{n + 7_000_000};e{n}@example.ru\n" for n, day in enumerate(days))
    return "ФИО;Дата рождения;Телефон;E-mail\n" + rows


def kill_when_moved(worker: subprocess.Popen[bytes], kept: ListImport, done: int) -> int:
    """Kill the worker as soon as it has written something; how far it came."""
    while worker.poll() is None:
        kept.refresh_from_db()
        if kept.rows_done > done:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            return kept.rows_done
        time.sleep(0.01)
    return kept.rows_done


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="another process needs a base that two can open")
def test_a_worker_that_is_killed_again_and_again_ends_in_the_same_state(settings: Settings, tmp_path: Path) -> None:
    kept = keep(many(3_000), goal=Goal.APPLY)
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DEBUG": "1"}
    environment["DATABASE_URL"] = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    command, done, killed = [sys.executable, "-c", WORK], 0, 0
    for _kill in range(3):
        worker = subprocess.Popen(command, env=environment)
        done = kill_when_moved(worker, kept, done)
        killed += worker.returncode == -signal.SIGKILL

    subprocess.run(command, env=environment, check=True)

    kept.refresh_from_db()
    assert (killed, kept.state, kept.counts) == (3, ImportState.APPLIED, {"created": 3_000})
    assert (Client.objects.count(), kept.rows.count(), Client.history.count()) == (3_000, 3_000, 3_000)
