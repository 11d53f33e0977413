"""A list that is driven, paused, broken off, killed, and goes on; whatever dirt is in it, no row of it vanishes."""

import csv
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from clients.models import Client
from imports import intake, services
from imports.models import Goal, ImportState, ListImport
from imports.passes import engine
from imports.passes.handlers import NotReadyError
from tests.imports.brought import HEADER, keep, people


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


def test_an_interrupted_list_goes_on_where_it_stopped(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 10)
    kept = keep(people(45))

    def stop(done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.apply(kept, progress=stop)
    cut = ListImport.objects.get()
    assert (cut.state, cut.rows_done, Client.objects.count()) == (ImportState.APPLYING, 20, 20)

    engine.apply(cut)

    assert (Client.objects.count(), cut.counts, cut.rows.count()) == (45, {"created": 45}, 45)


def test_two_workers_with_one_list_apply_it_once(db: None) -> None:
    kept = keep(people(5))
    engine.apply(kept)
    stale = ListImport.objects.get()
    stale.state, stale.rows_done = ImportState.APPLYING, 0

    engine.apply(stale)

    assert Client.objects.count() == 5
    assert ListImport.objects.get().counts == {"created": 5}


CELLS = st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters='"\r\0;'), max_size=15), max_size=6)


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(CELLS, max_size=12))
def test_no_row_of_any_dirt_vanishes(db: None, rows: list[list[str]]) -> None:
    buffer = StringIO()
    csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL).writerows([row or [""] for row in rows])
    kept = keep(HEADER + buffer.getvalue() + '"Иванов Иван";;;\r\n')

    done = engine.apply(kept)

    assert done.rows_total == sum(any(cell.strip() for cell in row) for row in rows) + 1
    assert sum(done.counts.values()) == done.rows.count() == done.rows_total


def test_a_preview_that_was_overtaken_stops(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 2)
    kept = keep(people(6))

    def overtake(done: int, total: int) -> None:
        ListImport.objects.update(state=ImportState.APPLYING, rows_done=0)

    with pytest.raises(NotReadyError):
        engine.preview(kept, progress=overtake)
    found = ListImport.objects.get()
    assert (found.state, found.rows_done) == (ImportState.APPLYING, 0)


def test_a_row_that_the_base_refuses_loses_no_other(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DataError

    from clients.listing.filling import CardWriter

    write = CardWriter.write

    def refuse(self: CardWriter) -> object:
        if any(person.code == "666" for _card, person, *_rest in self.created):
            raise DataError("too long")
        return write(self)

    monkeypatch.setattr(CardWriter, "write", refuse)
    rows = "".join(
        f"{code};Иванова Елена;01.02.{1950 + code % 50};8914700{code:04d};e{code}@example.ru\n" for code in (1, 666, 3)
    )
    kept = keep("Код;" + HEADER + rows)

    done = engine.apply(kept)

    assert done.counts == {"created": 2, "rejected": 1}
    assert list(done.rows.values_list("outcome", flat=True)) == ["created", "rejected", "created"]


def test_a_list_that_was_applied_is_neither_previewed_nor_applied_again(db: None) -> None:
    kept = engine.apply(keep(people(2)))

    for drive in (engine.preview, engine.apply, engine.take_back):
        with pytest.raises(NotReadyError, match="applied"):
            drive(kept)

    assert (ListImport.objects.get().counts, Client.objects.count()) == ({"created": 2}, 2)


def test_a_file_that_is_being_applied_is_not_applied_beside_itself(db: None) -> None:
    first, second = (keep(people(2)) for _admin in range(2))
    ListImport.objects.filter(pk=first.pk).update(state=ImportState.APPLYING)

    with pytest.raises(NotReadyError, match="same file"):
        engine.apply(second)

    assert (second.state, Client.objects.count()) == (ImportState.READ, 0)


def test_taking_back_that_was_overtaken_stops(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 2)
    kept = engine.apply(keep(people(6)))
    services.undo(kept)

    def overtake(done: int, total: int) -> None:
        ListImport.objects.update(state=ImportState.APPLIED)

    with pytest.raises(NotReadyError, match="applied"):
        engine.take_back(kept, progress=overtake)
    assert Client.objects.count() == 4


@pytest.mark.parametrize(("goal", "state"), [(Goal.COLUMNS, "read"), (Goal.PREVIEW, "planned"), (Goal.APPLY, "applied")])
def test_a_list_goes_as_far_as_it_was_sent(db: None, goal: Goal, state: str) -> None:
    kept = intake.keep_file("clients", BytesIO(people(2).encode()), "list.csv", by=None, goal=goal)

    engine.advance(kept)

    assert ListImport.objects.get().state == state


def test_a_file_that_is_no_list_fails_in_the_background_with_words(db: None) -> None:
    kept = intake.keep_file("clients", BytesIO(b"a;b\n1;2\n"), "list.csv", by=None, goal=Goal.APPLY)

    found = engine.advance(kept)

    assert (found.state, bool(found.error), found.rows.count()) == (ImportState.FAILED, True, 0)


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


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
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
