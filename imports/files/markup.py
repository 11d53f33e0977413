"""Tables that other programs save as "Excel": HTML pages and Excel 2003's XML. Runs beside ``workbook``, without Django."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from email import message_from_bytes
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse

from imports.files.merged import Covered, Range, with_merged

SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
# A page of more tables is no list; a cell that claims to be wider or higher than this lies.
MOST_TABLES, WIDEST_SPAN = 200, 500
# What ends a line inside a cell, and what no reader of a page sees.
BREAKS = frozenset(("br", "p", "div", "li"))
UNSEEN = frozenset(("script", "style", "head", "title"))
Rows = list[list[str | Covered]]


class Tables(HTMLParser):
    """Every table of a page; one inside a cell of another is a table of its own. Cells and rows need not be closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[Rows] = []
        self.open: list[_Table] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "table":
            self.open.append(_Table())
        elif tag == "tr" and self.open:
            self.open[-1].begin_row()
        elif tag in ("td", "th") and self.open:
            said = dict(attrs)
            self.open[-1].begin_cell(_span(said.get("colspan")), _span(said.get("rowspan")))
        elif tag in BREAKS:
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(self.unseen - 1, 0)
        elif tag == "table" and self.open:
            self._close()
        elif tag in ("td", "th") and self.open:
            self.open[-1].end_cell()
        elif tag == "tr" and self.open:
            self.open[-1].end_row()

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self._add(re.sub(r"\s", " ", data))

    def close(self) -> None:
        super().close()
        while self.open:
            self._close()

    def _add(self, text: str) -> None:
        if self.open and self.open[-1].cell is not None:
            self.open[-1].cell.append(text)

    def _close(self) -> None:
        table = self.open.pop()
        table.end_row()
        if len(self.done) < MOST_TABLES and table.rows:
            self.done.append(table.rows)


class _Table:
    """A table on its way: what is written stands in the first place of a merged cell, and in its column below it covered."""

    def __init__(self) -> None:
        self.rows: Rows = []
        self.row: list[str | Covered] | None = None
        self.cell: list[str] | None = None
        self.spans = (1, 1)
        # By column: in how many rows from this one, and from the next one, a cell of above still stands, and what it says.
        self.here: dict[int, tuple[int, str]] = {}
        self.next: dict[int, tuple[int, str]] = {}

    def begin_row(self) -> None:
        self.end_row()
        self.row, self.here, self.next = [], self.next, {}

    def begin_cell(self, columns: int, rows: int) -> None:
        self.end_cell()
        if self.row is None:
            self.begin_row()
        self._cover()
        self.cell, self.spans = [], (columns, rows)

    def end_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        (columns, rows), text = self.spans, _tidy("".join(self.cell))
        if rows > 1:
            self.next |= {len(self.row) + at: (rows - 1, "" if at else text) for at in range(columns)}
        self.row += [text, *[""] * (columns - 1)]
        self.cell = None

    def end_row(self) -> None:
        self.end_cell()
        if self.row is not None:
            self._cover(max(self.here, default=-1))
            self.rows.append(self.row)
        self.row = None

    def _cover(self, last: int = -1) -> None:
        """Write what cells of rows above say where this row goes on; up to the column ``last``, whether it has cells or not."""
        row = self.row if self.row is not None else []
        while len(row) in self.here or len(row) <= last:
            rows, text = self.here.pop(len(row), (0, ""))
            if rows > 1:
                self.next[len(row)] = (rows - 1, text)
            row.append(Covered(text) if text else "")


def _span(said: str | None) -> int:
    return min(max(int(said), 1), WIDEST_SPAN) if said and said.isdecimal() else 1


def _tidy(text: str) -> str:
    """A cell's text as a reader of the page sees it: one space for many, its own line breaks."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n")))) if text.strip() else ""


def pages(source: str, encoding: str) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    """The tables of a web page."""
    return _tables(Path(source).read_bytes().decode(encoding, errors="replace"))


def archives(source: str, encoding: str) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    """The tables of a web page saved as one file (MHT)."""
    for part in message_from_bytes(Path(source).read_bytes()).walk():
        if part.get_content_type() == "text/html" and isinstance(page := part.get_payload(decode=True), bytes):
            yield from _tables(page.decode(part.get_content_charset() or encoding, errors="replace"))


def _tables(text: str) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    parser = Tables()
    parser.feed(text.replace("\0", ""))
    parser.close()
    yield from ((str(number), rows) for number, rows in enumerate(parser.done, 1))


def spreadsheets(source: str) -> Iterator[tuple[str, Iterable[Sequence[object]]]]:
    """The sheets of a workbook in Excel 2003's XML, as 1C and others write it under the name of ``.xls``."""
    names: list[str] = []
    sheet: list[list[object]] | None = None
    merged: list[Range] = []
    for event, node in iterparse(source, events=("start", "end")):  # noqa: S314 — in a process of its own, with limits
        if event == "start" and node.tag == f"{SHEET}Worksheet":
            names.append(node.get(f"{SHEET}Name") or "")
            sheet, merged = [], []
        elif event == "end" and node.tag == f"{SHEET}Row" and sheet is not None:
            place = int(node.get(f"{SHEET}Index") or 0)
            sheet += [[] for _row in range(min(place - 1 - len(sheet), 10_000))]
            merged += _merged(node, len(sheet))
            sheet.append(_cells(node))
            node.clear()
        elif event == "end" and node.tag == f"{SHEET}Worksheet" and sheet is not None:
            yield names[-1], with_merged(sheet, merged)
            sheet = None
            node.clear()


def _cells(row: Element) -> list[object]:
    cells: list[object] = []
    for cell in row.iterfind(f"{SHEET}Cell"):
        place = int(cell.get(f"{SHEET}Index") or 0)
        cells += [None] * min(place - 1 - len(cells), WIDEST_SPAN)
        data = cell.find(f"{SHEET}Data")
        cells.append(None if data is None else _value("".join(data.itertext()), data.get(f"{SHEET}Type")))
        cells += [None] * min(int(cell.get(f"{SHEET}MergeAcross") or 0), WIDEST_SPAN)
    return cells


def _merged(row: Element, number: int) -> Iterator[Range]:
    """The cells of a row that stand in rows below it, too."""
    at = 0
    for cell in row.iterfind(f"{SHEET}Cell"):
        at = max(at, min(int(cell.get(f"{SHEET}Index") or 0), WIDEST_SPAN) - 1)
        across, down = (int(cell.get(f"{SHEET}{name}") or 0) for name in ("MergeAcross", "MergeDown"))
        if down:
            yield (number, at), (number + down, at + across)
        at += min(across, WIDEST_SPAN) + 1


def _value(text: str, kind: str | None) -> object:
    with suppress(ValueError):
        if kind == "DateTime":
            return datetime.fromisoformat(text)
        if kind == "Number":
            return float(text)
    return text
