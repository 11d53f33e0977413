"""Merged cells: what the topmost of them says is told in the rows below it, whichever reader tells of them."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from pytest_django import Settings

from clients.listing.spec import CLIENTS
from imports.files import reading
from imports.files.merged import OVERLAP, PIECE, Covered, Range, ranges_in, with_merged


def told(rows: list[list[object]], *merged: Range) -> list[list[object]]:
    return [[f"^{cell.cell}" if isinstance(cell, Covered) else cell for cell in row] for row in with_merged(rows, merged)]


@pytest.mark.parametrize(
    ("merged", "rows"),
    [
        ([((0, 0), (1, 0))], [["a", "b"], ["^a", "c"]]),
        ([((0, 1), (1, 3))], [["a", "b"], [None, "^b"]]),
        ([((0, 0), (0, 1))], [["a", "b"], [None, "c"]]),
        ([((0, 0), (9_999, 0))], [["a", "b"], [None, "c"]]),
        ([((0, 5), (1, 5))], [["a", "b"], [None, "c", None, None, None, None]]),
    ],
)
def test_what_stands_above_is_told_below(merged: list[Range], rows: list[list[object]]) -> None:
    assert told([["a", "b"], [None, "c"]], *merged) == rows


def sheet(*ranges: str, before: int = 0) -> BytesIO:
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return BytesIO(f"<sheetData>{' ' * before}</sheetData><mergeCells>{cells}</mergeCells>".encode())


@pytest.mark.parametrize("before", [0, PIECE - OVERLAP, PIECE - 60, PIECE - 45, PIECE])
def test_ranges_are_found_wherever_a_piece_ends(before: int) -> None:
    assert ranges_in(sheet("A1:B2", "AA10:AB12", before=before)) == [((0, 0), (1, 1)), ((9, 26), (11, 27))]


@pytest.mark.parametrize("limit", [10**9, 0], ids=["calamine", "streamed"])
def test_both_readers_of_workbooks_know_them(tmp_path: Path, settings: Settings, limit: int) -> None:
    settings.IMPORT_FAST_UNPACKED_BYTES = limit
    book = Workbook()
    rows: list[list[str | int | None]] = [
        ["Магазин", "ФИО", "Телефон"],
        ["Луч", "Ким Анна", 89147012233],
        [None, "Ким Вера", 89147012234],
    ]
    for row in rows:
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A2:A3")
    path = tmp_path / "list.xlsx"
    book.save(path)

    read = list(reading.rows(path, reading.find_layout(path, CLIENTS), CLIENTS.above))

    assert read == [["Луч", "Ким Анна", "89147012233"], ["Луч", "Ким Вера", "89147012234"]]
