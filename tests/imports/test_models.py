"""How far a list is, and what a row of one may be."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from imports.models import ColumnMap, ListImport, Settlement, StagedRow, ValueMeaning, private_storage


@pytest.mark.parametrize(
    ("total", "done", "pace", "percent", "left"),
    [(0, 0, None, 0, None), (200, 50, 10.0, 25, 15), (3, 1, None, 33, None), (7, 7, 2.0, 100, 0)],
)
def test_how_far_a_list_is(total: int, done: int, pace: float | None, percent: int, left: int | None) -> None:
    found = ListImport(rows_total=total, rows_done=done, rows_per_second=pace)

    assert (found.percent, found.seconds_left) == (percent, left)


@pytest.mark.parametrize(
    ("state", "runs"), [("uploaded", True), ("read", False), ("applying", True), ("paused", False), ("undoing", True)]
)
def test_a_list_runs_while_nobody_is_asked(state: str, runs: bool) -> None:
    assert ListImport(state=state).is_running is runs


def test_files_lie_privately_wherever_the_data_is_by_then(settings: Settings, tmp_path: Path) -> None:
    storage = private_storage()
    settings.DATA_DIR = tmp_path / "moved"

    assert storage.path("lists/a.csv") == str(tmp_path / "moved" / "private" / "lists" / "a.csv")


@pytest.mark.parametrize("wrong", [{"number": 1, "outcome": "created"}, {"number": 2, "outcome": "lost"}])
def test_a_row_stands_once_and_has_an_outcome(db: None, wrong: dict[str, Any]) -> None:
    found = ListImport.objects.create(spec="clients", file_name="list.csv")
    row = found.rows.create(number=1, raw=["a"], outcome="rejected")

    with pytest.raises(IntegrityError), transaction.atomic():
        found.rows.create(raw=[], **wrong)

    assert StagedRow.objects.get() == row


def test_no_list_is_past_its_end_and_one_file_is_applied_by_one(db: None) -> None:
    first, second = (ListImport.objects.create(spec="clients", sha256="0", state="planned") for _time in range(2))
    ListImport.objects.filter(pk=first.pk).update(state="applying")

    with pytest.raises(IntegrityError), transaction.atomic():
        ListImport.objects.filter(pk=second.pk).update(state="paused")
    with pytest.raises(IntegrityError), transaction.atomic():
        ListImport.objects.filter(pk=second.pk).update(rows_done=1)

    second.refresh_from_db()
    assert (second.state, second.rows_done) == ("planned", 0)


def test_each_is_told_by_what_it_is() -> None:
    found = ListImport(pk=3, file_name="list.csv")

    assert str(found) == "list.csv"
    assert str(StagedRow(list_import=found, number=2, outcome="created")) == "3:2 created"
    assert str(Settlement(spec="clients", digest="ab", decision="same")) == "clients ab: same"
    assert str(ColumnMap(spec="clients", shape="cd")) == "clients cd"
    assert (
        str(ValueMeaning(spec="services", column="status", key="не готов", meaning="in_work"))
        == "services status не готов: in_work"
    )


@pytest.mark.parametrize("own", [True, False])
def test_a_writing_means_one_thing_in_a_source_and_in_a_list(db: None, own: bool) -> None:
    found = ListImport.objects.create(spec="services", source="1c") if own else None
    place = {"spec": "services", "source": "1c", "column": "status", "list_import": found}
    held = ValueMeaning.objects.create(**place, key="", meaning="ready")
    ValueMeaning.objects.create(**{**place, "list_import": None}, key="other", meaning="ready")

    for wrong in ({"key": "", "meaning": "in_work"}, {"key": "new", "meaning": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ValueMeaning.objects.create(**place, **wrong)

    assert ValueMeaning.objects.filter(list_import=found).exclude(key="other").get() == held
