"""Files into rows of text: encodings, delimiters, workbooks, limits. Knows nothing of what a list means."""

import csv
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, islice, pairwise, zip_longest
from pathlib import Path
from typing import Any, NamedTuple, Self

from django.conf import settings

from imports import above
from imports.files import letters, records, unpacking
from imports.files.records import TooWideError
from imports.files.unpacking import UnreadableFileError
from imports.recognising import fullest, recognise, unequivocal, voted
from imports.specs import ListSpec, normalise_header
from stores.texts.kept_words import Words, joined
from stores.texts.kept_words import words as _

SAMPLE_ROWS = 30
SAMPLE_BYTES = 200_000
DELIMITERS = ";,\t|"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class MissingColumnsError(UnreadableFileError):
    """The file is a table, but nobody knows which of its columns are those that the list needs."""


@dataclass(frozen=True)
class Layout:
    """Where in the file the rows are. ``columns``: name of the spec's column → position, from 0.

    ``more``: further sheets with the same columns, each with its header row and, where its columns stand in other places, those
    that stand in the places of this one's (−1: none). ``implied``: columns behind
    those of the file, which only headings between the rows name; ``known``: names that are such headings.
    """

    encoding: str
    delimiter: str
    sheet: int
    header_row: int
    columns: dict[str, int]
    headers: list[str]
    more: list[tuple[int, int, list[int]]] = field(default_factory=list)
    implied: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)

    def lacks(self, spec: ListSpec) -> list[tuple[str, ...]]:
        """Groups of columns of which the list needs one and has none."""
        return [group for group in spec.needs if not any(name in self.columns for name in group)]

    def weight(self, spec: ListSpec) -> tuple[bool, int, bool]:
        """How much speaks for this layout."""
        return not self.lacks(spec), len(self.columns), len([cell for cell in self.headers if cell.strip()]) > 1

    @property
    def shape(self) -> str:
        """What lists of the same headers share."""
        said = "\x1f".join(normalise_header(header) for header in self.headers)
        return hashlib.blake2b(said.encode(errors="replace"), digest_size=16).hexdigest()

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Self:
        """A layout back from ``as_json``; what else stands there is left aside."""
        return cls(**{name: json[name] for name in cls.__dataclass_fields__ if name in json})


class Choice(NamedTuple):
    """What a person said about a file; what is None is guessed. ``header_row`` −1: the list has no header."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: int | None = None
    header_row: int | None = None


GUESS = Choice()
NO_HEADER = -1


def find_layout(path: Path, spec: ListSpec, choice: Choice = GUESS, known: Collection[str] = ()) -> Layout:
    """The likeliest layout that agrees with what a person said; it may lack columns, for a person to map. ``known`` names are
    headings where they stand alone.

    Raises UnreadableFileError if the file is too large or no table.
    """
    _check_size(path)
    try:
        found = [layout for candidate in _candidates(path, choice) if (layout := _layout(path, spec, choice, *candidate))]
    except (UnicodeError, csv.Error) as error:
        raise UnreadableFileError(_("The file cannot be read this way. Choose another encoding.")) from error
    if not found:
        raise UnreadableFileError(_("This is no table: no rows with cells were found in it."))
    best = max(found, key=lambda layout: (not layout.lacks(spec), len(layout.columns), len(layout.headers) > 1))
    if choice == GUESS and _lies_on_its_side(path, best, spec):
        raise UnreadableFileError(
            _("The names of the columns stand one below another. Transpose the table in a spreadsheet and upload it again.")
        )
    if not (best.delimiter or choice.sheet is not None or best.header_row == NO_HEADER):
        same = [other for other in found if other is not best and other.columns and set(other.columns) == set(best.columns)]
        best = replace(best, more=[(other.sheet, other.header_row, _places(best, other)) for other in same])
    return _with_implied(path, best, spec, known)


def _lies_on_its_side(path: Path, best: Layout, spec: ListSpec) -> bool:
    """Whether the first column names more columns than any row does, and little else."""
    first = islice(_raw_rows(path, best.encoding, best.delimiter, best.sheet), SAMPLE_ROWS)
    names = [cells[0] for cells in first if len(cells) > 1 and cells[0].strip()]
    found = recognise(names, spec)
    return len(found) > max(len(best.columns), 2) and 2 * len(found) >= len(names)


def _places(best: Layout, other: Layout) -> list[int]:
    """Where on another sheet the columns of the first one stand, by their meaning, then by their headers; what is left of it
    comes behind. Nothing where they stand in the same places."""
    if other.columns == best.columns:
        return []
    places = [-1] * len(best.headers)
    for name, at in best.columns.items():
        places[at] = other.columns[name]
    free = {normalise_header(header): at for at, header in enumerate(other.headers) if at not in places}
    for at, header in enumerate(best.headers):
        if places[at] < 0 and header.strip():
            places[at] = free.pop(normalise_header(header), -1)
    return places + sorted(free.values())


def _layout(path: Path, spec: ListSpec, choice: Choice, encoding: str, delimiter: str, sheet: int) -> Layout | None:
    """The row among the first ones that names the most columns; else the first that has several cells."""
    best: Layout | None = None
    try:
        first = list(map(above.plain, islice(_raw_rows(path, encoding, delimiter, sheet), SAMPLE_ROWS)))
    except TooWideError:
        if choice.delimiter:
            raise
        return None
    widest = max((_said(cells) for cells in first), default=0)
    for index, cells in enumerate(first):
        if choice.header_row is not None and index != max(choice.header_row, 0):
            continue
        named = choice.header_row != NO_HEADER and (choice.header_row is not None or not _is_title(cells, widest))
        columns = recognise(cells, spec) if named else {}
        row = index if choice.header_row != NO_HEADER else NO_HEADER
        headers = cells if row != NO_HEADER else ["" for _cell in cells]
        found = Layout(encoding, delimiter, sheet, row, columns, headers)
        if any(cells) and (best is None or found.weight(spec) > best.weight(spec)):
            best = found
    if best and choice.header_row != NO_HEADER:
        best = _in_two_rows(first, spec, best, choice.header_row)
    if best and best.columns:
        below = first[best.header_row + 1 :]
        columns = voted(fullest(best.columns, best.headers, below, spec), best.headers, below, spec)
        best = replace(best, columns=unequivocal(columns, best.headers, below, spec))
    return best


def _said(cells: Iterable[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_title(cells: list[str], widest: int) -> bool:
    """Whether a row is no header: it says one thing alone, in a table of several columns."""
    return _said(cells) == 1 and widest > 2


def _with_implied(path: Path, layout: Layout, spec: ListSpec, known: Collection[str]) -> Layout:
    """The layout with a column for everything that only headings between the first rows say."""
    if spec.above is None or not layout.columns:
        return layout
    rules = spec.above
    rows = islice(_raw_rows(path, layout.encoding, layout.delimiter, layout.sheet), layout.header_row + 1, None)
    first = islice(rows, max(SAMPLE_ROWS - layout.header_row - 1, 0))
    far = filter(rules.section_of, rows) if rules.section else []
    sheets = [[name] for name in _names(path, layout) if rules.section_of([name])]
    names = above.implied(rules, above.Place(layout.columns, [], len(layout.headers), known), chain(sheets, first, far))
    if not names:
        return layout
    headers = [*layout.headers, *(str(spec.column(name).label) for name in names)]
    columns = layout.columns | {name: len(layout.headers) + at for at, name in enumerate(names)}
    return replace(layout, headers=headers, columns=columns, implied=names, known=list(known))


def _in_two_rows(first: list[list[str]], spec: ListSpec, best: Layout, chosen: int | None) -> Layout:
    """The layout with a header of two rows, merged cells above and their parts below, where it names more than a single one.

    Titles stand above headers, too: of the columns two must be named above and one below.
    """
    for at, (upper, lower) in enumerate(pairwise(first[: best.header_row + 2]), 1):
        cells = [low.strip() or high for high, low in zip_longest(upper, lower, fillvalue="")]
        columns = recognise(cells, spec) if chosen in (None, at) else {}
        low = sum(place < len(lower) and bool(lower[place].strip()) for place in columns.values())
        found = replace(best, header_row=at, headers=cells, columns=columns)
        if low and len(columns) - low >= 2 and len(columns) > len(best.columns) and not found.lacks(spec):
            best = found
    return best


def sample(path: Path, layout: Layout, rows_shown: int = 12) -> list[list[str]]:
    """The first rows of the file as they stand, those above the header included."""
    return list(map(above.plain, islice(_raw_rows(path, layout.encoding, layout.delimiter, layout.sheet), rows_shown)))


def needed_columns(spec: ListSpec, lacking: Iterable[tuple[str, ...]]) -> Words:
    """In words, for a person who maps the columns."""
    wanted = _named(spec, lacking)
    return _("Choose which column is %(columns)s: the list cannot do without it.") % {"columns": wanted}


def missing_columns(spec: ListSpec, lacking: Iterable[tuple[str, ...]]) -> Words:
    """In words: which columns nobody found."""
    wanted = _named(spec, lacking)
    return _("No header row with the columns %(columns)s was found. Check that this is the right kind of list.") % {
        "columns": wanted
    }


def _named(spec: ListSpec, lacking: Iterable[tuple[str, ...]]) -> Words:
    """As the columns are called in the language of whoever reads."""
    quoted = [[joined("", ["«", spec.column(name).label, "»"]) for name in group] for group in lacking]
    return joined(", ", [joined(" / ", group) for group in quoted])


def rows(path: Path, layout: Layout, rules: above.FromAbove | None = None) -> Iterator[list[str]]:
    """The rows after the header, streamed, sheet after sheet, each with what it owes by ``rules`` to those above it; empty ones
    at the end of a sheet are left out.

    Raises UnreadableFileError if the file breaks off in the middle.
    """
    width = len(layout.headers) - len(layout.implied)
    reader = above.Reader(
        rules or above.FromAbove(), above.Place(layout.columns, layout.implied, width, layout.known, merged=not layout.delimiter)
    )
    read = _without_headers(
        _rows(path, layout, _sections(path, layout, rules)), [header.strip() for header in layout.headers[:width]]
    )
    yield from map(above.plain, read) if reader.is_idle else reader.rows(read)


def _without_headers(rows: Iterable[list[str]], headers: list[str]) -> Iterator[list[str]]:
    """Rows without the header that reports repeat on each of their pages."""
    first = next((at for at, header in enumerate(headers) if header), None)
    if first is None or sum(map(bool, headers)) < 2:
        yield from rows
        return
    for cells in rows:
        if first < len(cells) and cells[first].strip() == headers[first] and _is_header(cells, headers):
            continue
        yield cells


def _is_header(cells: Sequence[str], headers: Sequence[str]) -> bool:
    return all(cell.strip() == header for cell, header in zip_longest(cells, headers, fillvalue=""))


def sheets_left(path: Path, layout: Layout) -> list[str]:
    """Names of sheets with something on them that everybody sees and nobody reads: their columns are others."""
    if layout.delimiter:
        return []
    names, folder = unpacking.sheet_names(path), unpacking.unpacked(path)
    read = {layout.sheet, *(one[0] for one in layout.more)}
    left = [sheet for sheet in unpacking.sheets_seen(path) if sheet not in read and sheet < len(names)]
    return [names[sheet] for sheet in left if (folder / f"{sheet}.csv").read_bytes()[:SAMPLE_BYTES].strip(b"\r\n, ")]


def _names(path: Path, layout: Layout) -> list[str]:
    """The names of the sheets that are read."""
    names = [] if layout.delimiter else unpacking.sheet_names(path)
    return [names[sheet] for sheet in (layout.sheet, *(one[0] for one in layout.more)) if sheet < len(names)]


def _sections(path: Path, layout: Layout, rules: above.FromAbove | None) -> list[str]:
    """By sheet what its rows are, where the name of one says so."""
    if not (rules and rules.section and layout.implied):
        return []
    names = _names(path, layout)
    told = [name if rules.section_of([name]) else rules.otherwise for name in names]
    return told if any(map(rules.section_of, ([name] for name in names))) else []


def _rows(path: Path, layout: Layout, sections: Sequence[str] = ()) -> Iterator[list[str]]:
    # Lists of before know no other order of columns.
    more = [(one[0], one[1], one[2] if len(one) > 2 else []) for one in layout.more]
    for number, (sheet, header_row, places) in enumerate([(layout.sheet, layout.header_row, []), *more]):
        empty = 0
        if sections:
            yield [sections[number]]
        for cells in islice(_raw_rows(path, layout.encoding, layout.delimiter, sheet), header_row + 1, None):
            if len(cells) < 2 and not any(cell.strip() for cell in cells):
                empty += 1
                continue
            yield from ([] for _row in range(empty))
            empty = 0
            yield [cells[at] if 0 <= at < len(cells) else "" for at in places] if places else cells


def _raw_rows(path: Path, encoding: str, delimiter: str, sheet: int) -> Iterator[list[str]]:
    if delimiter:
        with path.open(encoding=encoding, errors="replace", newline="") as file:
            yield from records.split(records.lines(file, delimiter), delimiter)
        return
    with (unpacking.unpacked(path) / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _candidates(path: Path, choice: Choice) -> Iterator[tuple[str, str, int]]:
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if not head.strip():
        raise UnreadableFileError(_("The file is empty."))
    if unpacking.is_workbook(path):
        sheets = unpacking.sheets_seen(path) if choice.sheet is None else [choice.sheet]
        yield from (("", "", sheet) for sheet in sheets if (unpacking.unpacked(path) / f"{sheet}.csv").exists())
        return
    _refuse_what_is_none(head)
    encoding = choice.encoding or letters.guess_encoding(path, head)
    text = head.decode(encoding, errors="ignore")
    if len(CONTROL.findall(text)) > 10 + len(text) // 20:
        raise UnreadableFileError(_("This is no table. Save the list as xlsx or CSV and upload it again."))
    delimiters = choice.delimiter or sorted(DELIMITERS, key=text.count, reverse=True)
    yield from ((encoding, delimiter, 0) for delimiter in delimiters)


def _refuse_what_is_none(head: bytes) -> None:
    """Say of files that people bring in by mistake what they are. Raises UnreadableFileError."""
    said = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if said.startswith(b"begin:vcard"):
        raise UnreadableFileError(
            _("These are cards of an address book (vCard), no table. Export the contacts as CSV and upload that file.")
        )
    if said.startswith(b"%pdf"):
        raise UnreadableFileError(_("This is a PDF and no table. Save the list as xlsx or CSV and upload that file."))
    if said.startswith((b"{", b"[{", b"<")):
        raise UnreadableFileError(
            _("This is data for programs (JSON or XML), no table. Save the list as xlsx or CSV and upload that file.")
        )


def _check_size(path: Path) -> None:
    if path.stat().st_size > settings.IMPORT_MAX_BYTES:
        raise UnreadableFileError(
            _("The file is larger than %(limit)s MB. Split it in parts.") % {"limit": settings.IMPORT_MAX_BYTES >> 20}
        )
