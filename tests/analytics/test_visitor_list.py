"""Lists of visitors by day: no row is lost, and what came in can be taken back."""

from datetime import date
from pathlib import Path

import pytest

from analytics.models import VisitorCount
from imports import intake, services
from imports.models import ListImport, StagedRow
from imports.passes import engine
from stores.models import Store
from tests import lists

LIST = """Дата;Магазин;Посетителей
05.03.2026;Роскошь-Luxury;120
06.03.2026;Роскошь-Luxury;1 040
06.03.2026;Роскошь-Luxury;99
31.02.2026;Роскошь-Luxury;5
07.03.2026;Нигде;5
08.03.2026;Роскошь-Luxury;много
05.03.2026;Роскошь-Luxury;120
"""


def bring(tmp_path: Path, text: str) -> tuple[ListImport, list[tuple[str, str]]]:
    path = tmp_path / "visitors.csv"
    path.write_text(text, encoding="utf-8")
    with path.open("rb") as file:
        kept = intake.read(intake.keep_file("visitors", file, "visitors.csv", by=None))
    engine.apply(kept)
    return kept, list(StagedRow.objects.filter(list_import=kept).order_by("number").values_list("outcome", "reason"))


def test_a_list_of_visitors_loses_no_row(store: Store, other_store: Store, tmp_path: Path) -> None:
    _kept, rows = bring(tmp_path, LIST)

    assert rows == [
        ("created", ""), ("created", ""), ("conflict", "twice"), ("rejected", "date"), ("conflict", "store: Нигде"),
        ("rejected", "visitors"), ("unchanged", ""),
    ]  # fmt: skip
    assert dict(VisitorCount.objects.values_list("day", "visitors")) == {date(2026, 3, 5): 120, date(2026, 3, 6): 1_040}
    assert {outcome for outcome, _reason in bring(tmp_path, LIST)[1]} == {"unchanged", "conflict", "rejected"}


def test_a_list_of_visitors_can_be_taken_back(store: Store, other_store: Store, tmp_path: Path) -> None:
    VisitorCount.objects.create(store=store, day=date(2026, 3, 5), visitors=7)
    kept, rows = bring(tmp_path, LIST)
    assert rows[0] == ("updated", "visitors")
    VisitorCount.objects.filter(day=date(2026, 3, 6)).update(visitors=1)

    services.undo(kept)
    engine.take_back(kept)

    assert dict(VisitorCount.objects.values_list("day", "visitors")) == {date(2026, 3, 5): 7, date(2026, 3, 6): 1}


def test_a_preview_tells_what_would_become_and_notes_nothing(store: Store, tmp_path: Path) -> None:
    VisitorCount.objects.create(store=store, day=date(2026, 3, 5), visitors=7)
    path = tmp_path / "visitors.csv"
    path.write_text(LIST, encoding="utf-8")

    rows = lists.bring("visitors", path, preview=True)

    assert lists.verdicts(rows) == ["updated", "created", "conflict", "rejected", "conflict", "rejected", "unchanged"]
    assert [row.target for row in rows if row.outcome == "created"] == [None]
    assert VisitorCount.objects.get().visitors == 7


@pytest.mark.parametrize(
    ("typed", "noted"),
    [("1 040", 1_040), ("1\xa0040,0", 1_040), ("12.0", 12), ("0", 0), ("100000", 100_000), ("100001", None), ("-3", None),
     ("12,5", None), ("٣", None), ("", None)],
)  # fmt: skip
def test_a_number_as_counters_write_it(store: Store, other_store: Store, tmp_path: Path, typed: str, noted: int | None) -> None:
    _kept, [(outcome, reason)] = bring(tmp_path, f"Дата;Магазин;Посетителей\n05.03.2026;{store.name};{typed}\n")

    assert (outcome, reason) == (("created", "") if noted is not None else ("rejected", "visitors"))
    assert list(VisitorCount.objects.values_list("visitors", flat=True)) == ([] if noted is None else [noted])


def test_a_day_that_somebody_deleted_since_is_not_taken_back(store: Store, other_store: Store, tmp_path: Path) -> None:
    kept, _rows = bring(tmp_path, LIST)
    VisitorCount.objects.filter(day=date(2026, 3, 5)).delete()

    services.undo(kept)
    engine.take_back(kept)

    assert not VisitorCount.objects.exists()
