"""A workbook into CSV files, one a sheet: ``python -m imports.files.workbook MODE FILE FOLDER ENCODING``.

Runs in a process of its own, with a limit of memory and without Django, because a workbook comes from outside:
what it does to its reader it does to nobody else. ``fast`` is calamine, which holds a sheet in memory;
``streamed`` is openpyxl's read-only mode with the shared strings on disk, ten times slower and flat in memory; the rest
are tables that only call themselves Excel's (``markup``).
"""

import csv
import json
import os
import resource
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, overload
from xml.etree.ElementTree import iterparse

from imports.cells import MERGED
from imports.files.merged import WIDEST, Covered, ranges_in, with_merged

# Letters beyond these are no list's; a sheet never becomes a larger file than this.
LONGEST_CELL, LARGEST_FILE = 32_767, 4_000_000_000
ADDRESS_SPACE = {"fast": 700, "streamed": 500, "page": 1_500, "archive": 1_500, "xml": 700}  # megabytes
NAMES, HIDDEN = "sheets.json", "hidden.json"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def main(mode: str, source: str, folder: str, encoding: str) -> None:
    """Write every sheet as ``0.csv``, ``1.csv`` … and their names as ``sheets.json``."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE[mode] * 1_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE,) * 2)
    sheets = _sheets(mode, source, encoding)
    names = []
    for number, (name, rows) in enumerate(sheets):
        names.append(name)
        with (Path(folder) / f"{number}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            for row in rows:
                cells = [cell_text(cell) for cell in islice(row, WIDEST)]
                while cells and not cells[-1]:
                    cells.pop()
                writer.writerow(cells)
    (Path(folder) / NAMES).write_text(json.dumps(names), encoding="utf-8")
    (Path(folder) / HIDDEN).write_text(json.dumps(_hidden(source) if mode == "fast" else []), encoding="utf-8")


def _hidden(source: str) -> list[int]:
    """Sheets that nobody sees who opens the workbook."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    sheets = CalamineWorkbook.from_path(source).sheets_metadata
    return [at for at, sheet in enumerate(sheets) if sheet.visible != SheetVisibleEnum.Visible]


def _sheets(mode: str, source: str, encoding: str) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    if mode in ("fast", "streamed"):
        return _calamine(source) if mode == "fast" else _openpyxl(source)
    from imports.files import markup

    if mode == "xml":
        return markup.spreadsheets(source)
    return markup.pages(source, encoding) if mode == "page" else markup.archives(source, encoding)


def cell_text(cell: object) -> str:
    """A workbook's cell as a person would type it: whole floats without the point, dates in ISO, to the second."""
    if cell is None:
        return ""
    if isinstance(cell, Covered):
        return f"{MERGED}{cell_text(cell.cell)}"
    if isinstance(cell, datetime):
        cell = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return cell.isoformat(sep=" ") if cell.time() != time.min else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:LONGEST_CELL].strip().replace("\0", "")


def _calamine(source: str) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(source)
    for number, name in enumerate(book.sheet_names):
        sheet = book.get_sheet_by_index(number)
        start = sheet.start or (0, 0)
        above: list[list[object]] = [[] for _row in range(start[0])]
        rows = _from_the_corner(above, sheet.iter_rows(), start[1])
        yield name, with_merged(rows, sheet.merged_cell_ranges or [])


def _from_the_corner(above: list[list[object]], rows: Iterable[Sequence[object]], left: int) -> Iterator[Sequence[object]]:
    """Rows and columns counted from A1, also where the sheet begins below or beside it."""
    yield from above
    for row in rows:
        yield [None] * left + list(row) if left else row


def _openpyxl(source: str) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    class Reader(ExcelReader):
        def read_strings(self) -> None:
            content = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
            if content is not None:
                with self.archive.open(content.PartName[1:]) as part:
                    self.shared_strings = SharedStrings(part)  # type: ignore[assignment]

    reader = Reader(source, read_only=True, data_only=True, keep_links=False)
    reader.read()
    for sheet in reader.wb.worksheets:
        sheet.reset_dimensions()
        # Nothing public tells where its XML is.
        with reader.archive.open(sheet._worksheet_path) as part:  # type: ignore[attr-defined]  # noqa: SLF001
            merged = ranges_in(part)
        yield sheet.title, with_merged(sheet.iter_rows(values_only=True), merged)


class SharedStrings(Sequence[str]):
    """The strings of a workbook on disk, found by their place; the last thousands used stay in memory."""

    def __init__(self, part: IO[bytes]) -> None:
        self.file = TemporaryFile()  # noqa: SIM115 — lives as long as the workbook
        self.starts = array("Q", [0])
        for text in _strings(part):
            self.file.write(text.encode())
            self.starts.append(self.file.tell())
        self.file.flush()  # pread sees the file, not what still waits in its buffer
        self.get = lru_cache(maxsize=20_000)(self._read)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        return self.get(at) if isinstance(at, int) else [self.get(n) for n in range(*at.indices(len(self)))]

    def _read(self, at: int) -> str:
        if not 0 <= at < len(self):
            raise IndexError(at)
        return os.pread(self.file.fileno(), self.starts[at + 1] - self.starts[at], self.starts[at]).decode()


def _strings(part: IO[bytes]) -> Iterator[str]:
    """Every shared string without its phonetic reading, the tree cut behind."""
    events = iterparse(part, events=("start", "end"))  # noqa: S314 — as above
    _event, root = next(events)
    for event, node in events:
        if event == "end" and node.tag == f"{MAIN}si":
            runs = [node.find(f"{MAIN}t"), *(run.find(f"{MAIN}t") for run in node.findall(f"{MAIN}r"))]
            yield "".join(run.text or "" for run in runs if run is not None)
            root.clear()


if __name__ == "__main__":
    main(*sys.argv[1:])
