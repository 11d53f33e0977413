"""Files into rows of text: encodings, delimiters, workbooks, limits. Knows nothing of what a list means."""

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from imports.specs import ListSpec, recognise

SAMPLE_ROWS = 30
SAMPLE_BYTES = 200_000
DELIMITERS = ";,\t|"
WORKBOOKS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}
SINGLE_BYTE = ("cp1251", "cp866", "koi8-r")
# The commonest letters of Russian text; a wrong code page turns them into rare letters, signs or frames.
COMMON = frozenset("оеаинтсрвлкмдп")
RARE = frozenset("ъэщфёґђѓєѕіїјљњћќўџ")


class UnreadableFileError(Exception):
    """The file is no list that can be read; the text tells the person what to do."""


@dataclass(frozen=True)
class Layout:
    """Where in the file the rows are. ``columns``: name of the spec's column → position, from 0.

    ``more``: further sheets with the same columns in the same places, each with its header row.
    """

    encoding: str
    delimiter: str
    sheet: int
    header_row: int
    columns: dict[str, int]
    headers: list[str]
    more: list[tuple[int, int]] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Self:
        """A layout back from ``as_json``; what else stands there is left aside."""
        return cls(**{name: json[name] for name in cls.__dataclass_fields__ if name in json})


def guess_layout(path: Path, spec: ListSpec) -> Layout:
    """Read the beginning of a file and tell how to read the rest.

    Raises UnreadableFileError if it is too large, is no table, or has none of the columns that the list needs.
    """
    _check_size(path)
    candidates = list(_candidates(path))
    found = [layout for candidate in candidates if (layout := _layout(path, spec, *candidate))]
    if not found:
        raise UnreadableFileError(_missing_columns(spec))
    best = max(found, key=lambda layout: len(layout.columns))
    same = [other for other in found if other is not best and not best.delimiter and other.columns == best.columns]
    return replace(best, more=[(other.sheet, other.header_row) for other in same])


def _layout(path: Path, spec: ListSpec, encoding: str, delimiter: str, sheet: int) -> Layout | None:
    """The row among the first ones that names the most columns, if it names all that the list needs."""
    best: Layout | None = None
    for index, cells in enumerate(islice(_raw_rows(path, encoding, delimiter, sheet), SAMPLE_ROWS)):
        columns = recognise(cells, spec)
        enough = all(any(name in columns for name in group) for group in spec.needs)
        if enough and (best is None or len(columns) > len(best.columns)):
            best = Layout(encoding, delimiter, sheet, index, columns, cells)
    return best


def _missing_columns(spec: ListSpec) -> str:
    wanted = ", ".join(" / ".join(f"«{spec.column(name).label}»" for name in group) for group in spec.needs)
    return _("No header row with the columns %(columns)s was found. Check that this is the right kind of list.") % {
        "columns": wanted
    }


def rows(path: Path, layout: Layout) -> Iterator[list[str]]:
    """The rows after the header, streamed, sheet after sheet; empty ones at the end of a sheet are left out.

    Raises UnreadableFileError if the file breaks off in the middle.
    """
    for sheet, header_row in [(layout.sheet, layout.header_row), *layout.more]:
        empty = 0
        for cells in islice(_raw_rows(path, layout.encoding, layout.delimiter, sheet), header_row + 1, None):
            if len(cells) < 2 and not any(cell.strip() for cell in cells):
                empty += 1
                continue
            yield from ([] for _row in range(empty))
            empty = 0
            yield cells


def _raw_rows(path: Path, encoding: str, delimiter: str, sheet: int) -> Iterator[list[str]]:
    if delimiter:
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            yield from _records((line.replace("\0", "") for line in file), delimiter)
        return
    try:
        table = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFileError(_("The workbook is damaged or protected by a password.")) from error
    for row in table:
        cells = [cell_text(cell) for cell in row]
        yield cells if any(cells) else []


def _records(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Rows of a delimited text. A quote that is opened and never closed does not swallow the rows after it:
    where one record holds the delimiters of two, its lines are read one by one without quotes."""
    consumed: list[str] = []
    width = 0

    def feed() -> Iterator[str]:
        for line in lines:
            consumed.append(line)
            yield line

    reader = csv.reader(feed(), delimiter=delimiter)
    while True:
        try:
            cells = next(reader, None)
            delimiters = sum(line.count(delimiter) for line in consumed)
            swallowed = len(consumed) > 1 < width and delimiters >= 2 * (width - 1)
        except csv.Error:
            cells, swallowed = [], True
            reader = csv.reader(feed(), delimiter=delimiter)
        if cells is None:
            return
        if swallowed:
            yield from ([cell.replace('"', "") for cell in line.rstrip("\r\n").split(delimiter)] for line in consumed)
        else:
            width = width or len(cells)
            yield cells
        consumed.clear()


def cell_text(cell: object) -> str:
    """A workbook's cell as a person would type it: whole floats without the point, dates in ISO."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != datetime.min.time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if isinstance(cell, str) else str(cell)


def _candidates(path: Path) -> Iterator[tuple[str, str, int]]:
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if not head.strip():
        raise UnreadableFileError(_("The file is empty."))
    if head[:4] in WORKBOOKS:
        yield from (("", "", sheet) for sheet in range(_sheets(path, WORKBOOKS[head[:4]])))
        return
    encoding = guess_encoding(path, head)
    text = head.decode(encoding, errors="ignore")
    yield from ((encoding, delimiter, 0) for delimiter in sorted(DELIMITERS, key=text.count, reverse=True))


def _sheets(path: Path, kind: str) -> int:
    if kind == "xlsx":
        _check_zip(path)
    try:
        return len(CalamineWorkbook.from_path(str(path)).sheet_names)
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFileError(_("The workbook is damaged or protected by a password.")) from error


def _check_size(path: Path) -> None:
    if path.stat().st_size > settings.IMPORT_MAX_BYTES:
        raise UnreadableFileError(
            _("The file is larger than %(limit)s MB. Split it in parts.") % {"limit": settings.IMPORT_MAX_BYTES >> 20}
        )


def _check_zip(path: Path) -> None:
    """Refuse an archive that unpacks to far more than a list could; only its directory is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFileError(_("The workbook is damaged or protected by a password.")) from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if (
        len(entries) > 2_000
        or unpacked > settings.IMPORT_MAX_UNPACKED_BYTES
        or (unpacked > 50_000_000 and unpacked / packed > 100)
    ):
        raise UnreadableFileError(_("The workbook unpacks to far more than a list holds, so it was not opened."))


def guess_encoding(path: Path, head: bytes) -> str:
    """UTF-16 and UTF-8 by mark or by strict decoding of the whole file; else the likeliest Russian code page."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    nulls_even, nulls_odd = head[0:4000:2].count(0), head[1:4000:2].count(0)
    if max(nulls_even, nulls_odd) > len(head[:4000]) // 10:
        return "utf-16-le" if nulls_odd > nulls_even else "utf-16-be"
    if _is_utf8(path) or _is_nearly_utf8(head):
        return "utf-8-sig"
    return max(SINGLE_BYTE, key=lambda encoding: _likeness(head.decode(encoding, errors="replace")))


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_utf8(head: bytes) -> bool:
    """UTF-8 with a few bytes broken on its way."""
    text = head.decode("utf-8", errors="replace")
    return len(re.findall("[а-яА-Я]", text)) > 50 * text.count("\ufffd")


def _likeness(text: str) -> float:
    """How much a text looks like Russian names and headers: common letters, capitals at the head of words."""
    letters = Counter(text.lower())
    score = sum(letters[letter] for letter in COMMON) - 3 * sum(letters[letter] for letter in RARE)
    score -= 5 * sum(
        count for letter, count in letters.items() if not letter.isascii() and not letter.isalpha() and letter != "№"
    )
    score += 2 * len(re.findall(r"\b[А-ЯЁ][а-яё]+\b", text)) - 2 * len(re.findall(r"[а-яё][А-ЯЁ]", text))
    return float(score)
