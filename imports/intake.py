"""A file on its way in: kept privately, its layout guessed or chosen by a person, its rows told one by one."""

import hashlib
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.utils.translation import gettext

from imports import specs, values
from imports.cells import unescape
from imports.files import reading
from imports.files.reading import GUESS, NO_HEADER, Choice, Layout, MissingColumnsError
from imports.files.unpacking import UnreadableFileError
from imports.models import ColumnMap, Goal, ImportState, ListImport
from imports.outcomes import CORRECTIONS, LEADING
from imports.specs import ListSpec, SourceRow
from stores.models import Employee, Store
from stores.texts.kept_words import Words, joined
from stores.texts.kept_words import words as _

STORE_NAME_LENGTH = 120
LONGEST_NUMBER = 10


def keep_file(
    spec_kind: str, file: IO[bytes], name: str, *, by: Employee | None, source: str = "list", goal: Goal = Goal.COLUMNS,
    columns: Sequence[str] = (),
) -> ListImport:  # fmt: skip
    """Store the file privately and remember it; nothing is read yet. ``columns`` are those of a list that does not name them."""
    digest = hashlib.sha256()
    for piece in iter(lambda: file.read(1 << 20), b""):
        digest.update(piece)
    file.seek(0)
    suffix = re.sub(r"[^a-z.]", "", Path(name).suffix.lower())[:8]
    return ListImport.objects.create(
        spec=spec_kind,
        source=source,
        file=File(file, name=f"{digest.hexdigest()[:16]}{suffix}"),
        file_name=Path(name).name[:255],
        sha256=digest.hexdigest(),
        created_by=by,
        goal=goal,
        layout={"given": list(columns)} if columns else {},
    )


class WrongColumnsError(ValueError):
    """Columns that were given for a list and cannot be its columns; the text says why."""


def given_columns(spec: ListSpec, text: str) -> list[str]:
    """Names of columns in the order of a list that has no header row: ``full_name, phone,, birth_date``; what is not used is
    empty. Raises WrongColumnsError."""
    names = [name.strip() for name in text.split(",")] if text.strip() else []
    used = [name for name in names if name]
    known = [column.name for column in spec.columns]
    if unknown := [name for name in used if name not in known]:
        said = {"names": ", ".join(unknown), "known": ", ".join(known)}
        raise WrongColumnsError(gettext("This list has no such columns: %(names)s. It knows: %(known)s.") % said)
    if len(set(used)) < len(used):
        raise WrongColumnsError(gettext("A column is named twice."))
    lacking = [group for group in spec.needs if names and not any(name in used for name in group)]
    if lacking:
        raise WrongColumnsError(reading.needed_columns(spec, lacking))
    return names


def spec_of(list_import: ListImport) -> ListSpec:
    return specs.registered()[list_import.spec]


def path_of(list_import: ListImport) -> Path:
    return Path(list_import.file.path)


def find_layout(list_import: ListImport, choice: Choice = GUESS) -> ListImport:
    """Guess encoding, delimiter, header and columns as far as nobody chose them.

    Columns that a person mapped for a list of the same headers are taken from there. Raises UnreadableFileError; the
    list is then kept as failed, with the words for the person.
    """
    try:
        spec = spec_of(list_import)
        layout = reading.find_layout(path_of(list_import), spec, choice, spec.above.known() if spec.above else [])
    except UnreadableFileError as error:
        list_import.state, list_import.error = ImportState.FAILED, error.words
        list_import.save(update_fields=["state", "error"])
        raise
    list_import.corrects = _corrected(list_import, layout)
    remembered = ColumnMap.objects.filter(spec=list_import.spec, shape=layout.shape).first()
    if list_import.corrects:
        layout = replace(_without_implied(layout), columns=_as_formerly(list_import.corrects, layout))
    elif remembered:
        layout = replace(layout, columns=remembered.columns)
    left = reading.sheets_left(path_of(list_import), layout) if choice.sheet is None else []
    list_import.layout = layout.as_json() | {"remembered": bool(remembered), "sheets_left": left}
    list_import.state, list_import.error = ImportState.READ, ""
    list_import.save(update_fields=["layout", "state", "error", "corrects"])
    return list_import


def read(list_import: ListImport) -> ListImport:
    """Find the layout as ``find_layout`` does and take it as it is, where nobody is asked.

    Raises UnreadableFileError, also if a column that the list needs was not found.
    """
    given = list_import.layout.get("given")
    find_layout(list_import, Choice(header_row=NO_HEADER) if given else GUESS)
    if given:
        list_import.layout |= {"columns": {name: at for at, name in enumerate(given) if name}}
    lacking = Layout.of(list_import.layout).lacks(spec_of(list_import))
    if lacking:
        words = [missing_columns(spec_of(list_import), lacking), nameless_columns(spec_of(list_import))]
        list_import.state, list_import.error = ImportState.FAILED, joined(" ", words)
        list_import.save(update_fields=["state", "error"])
        raise MissingColumnsError(list_import.error)
    count_rows(list_import)
    return list_import


def missing_columns(spec: ListSpec, lacking: Iterable[tuple[str, ...]]) -> Words:
    """In words: which columns the list needs."""
    return reading.missing_columns(spec, lacking)


def nameless_columns(spec: ListSpec) -> Words:
    """In words, for other systems and the command line: how to bring in a list that does not name its columns."""
    names = ", ".join(column.name for column in spec.columns)
    return _("If the list does not name its columns, give them in its order as “columns”, an unused one empty: %(names)s.") % {
        "names": names
    }


def choose_columns(list_import: ListImport, columns: Mapping[str, int], *, by: Employee | None) -> ListImport:
    """Take a person's word for the columns and remember it for lists of the same headers.

    Raises MissingColumnsError if one that the list needs is not among them; nothing changes then.
    """
    layout = replace(Layout.of(list_import.layout), columns=dict(columns))
    if lacking := layout.lacks(spec_of(list_import)):
        raise MissingColumnsError(missing_columns(spec_of(list_import), lacking))
    if dict(columns) != list_import.layout["columns"]:
        ColumnMap.objects.update_or_create(
            spec=list_import.spec, shape=layout.shape, defaults={"columns": dict(columns), "by": by}
        )
    list_import.layout |= layout.as_json() | {"values_seen": False}
    list_import.save(update_fields=["layout"])
    return list_import


def count_rows(list_import: ListImport) -> None:
    """Count the rows; note the stores that they name where the base has none, and the writings that a person may explain."""
    stores: dict[str, None] = {}
    list_import.layout |= {"orders": {}, "meanings": {}, "stores": [], "decimals": []}
    list_import.takes_stores = not Store.objects.exists()
    gathering = values.Gathering(list_import, spec_of(list_import))
    list_import.rows_total = 0
    for row in source_rows(list_import, already=0, only=gathering.columns | {"store"}):
        list_import.rows_total += 1
        gathering.see(row)
        if list_import.takes_stores and row.values.get("store"):
            stores.setdefault(" ".join(row.values["store"].split())[:STORE_NAME_LENGTH])
    list_import.layout["stores"] = list(stores)
    gathering.keep()
    list_import.save(update_fields=["layout", "rows_total", "takes_stores"])


def source_rows(list_import: ListImport, *, already: int, only: Collection[str] | None = None) -> Iterator[SourceRow]:
    """The rows of the kept file after the first ``already``, read again as they were read the first time; with the values of
    ``only`` these columns, where these are enough."""
    layout, spec = Layout.of(list_import.layout), spec_of(list_import)
    columns = layout.columns if only is None else {name: at for name, at in layout.columns.items() if name in only}
    read = ((cells, _written(spec, columns, cells, besides=only is None)) for cells in _cells(list_import, layout))
    rows = _without_end(spec, filter(lambda row: spec.is_row(*row), read))
    for number, (cells, said) in enumerate(islice(rows, already, None), start=already + 1):
        yield _as_row(list_import, number, cells, said)


def _without_end(spec: ListSpec, rows: Iterable[tuple[list[str], dict[str, str]]]) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Rows without those at the end that are none there."""
    held: list[tuple[list[str], dict[str, str]]] = []
    for row in rows:
        if spec.may_end(*row):
            held.append(row)
            continue
        if held:
            yield from held
            held.clear()
        yield row


def row_of(list_import: ListImport, number: int, cells: list[str]) -> SourceRow:
    """A row of the list from its cells, as it is read now."""
    return _as_row(list_import, number, cells, written(list_import, cells))


def _as_row(list_import: ListImport, number: int, cells: list[str], said: dict[str, str]) -> SourceRow:
    meant = values.meant(spec_of(list_import), list_import.layout, said)
    return SourceRow(number, cells, meant) if meant is said else SourceRow(number, cells, meant, said=said)


def _cells(list_import: ListImport, layout: Layout) -> Iterator[list[str]]:
    ours = list_import.corrects_id or specs.OWN.name in layout.columns
    for cells in reading.rows(path_of(list_import), layout, spec_of(list_import).above):
        yield [unescape(cell) for cell in cells] if ours else cells


def values_of(list_import: ListImport, cells: Sequence[str]) -> dict[str, str]:
    """What a row says as it is read now: its writings as people explained them, its days with their day first."""
    return values.meant(spec_of(list_import), list_import.layout, written(list_import, cells))


def explained(list_import: ListImport, said: dict[str, str]) -> dict[str, str]:
    """Values of a row that were read before, with what people have said since that its writings mean."""
    return values.explain(spec_of(list_import), list_import.layout, said)


def written(list_import: ListImport, cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by the names of their columns, empty where people wrote that there is nothing; and what the spec
    watches for in the other cells."""
    return _written(spec_of(list_import), list_import.layout["columns"], cells)


def _written(spec: ListSpec, columns: Mapping[str, int], cells: Sequence[str], *, besides: bool = True) -> dict[str, str]:
    width = len(cells)
    said = {name: specs.filled(cells[place]) if place < width else "" for name, place in columns.items()}
    for name in spec.dashes:
        if (place := columns.get(name, width)) < width and not said[name]:
            said[name] = specs.dash(cells[place])
    for name in spec.figures:
        if (place := columns.get(name, width)) < width and not said[name]:
            said[name] = specs.error(cells[place])
    for words in spec.told_beside:
        if not said.get(words.column) and (sign := words.found_beside(said)):
            said[words.column] = sign
    if besides and spec.watched:
        said["besides"] = _besides(spec.watched, columns, cells)
    return said


def _besides(watched: re.Pattern[str], columns: Mapping[str, int], cells: Sequence[str]) -> str:
    taken = set(columns.values())
    return "; ".join(cell.strip() for at, cell in enumerate(cells) if at not in taken and watched.search(cell))[
        : specs.LONGEST_CELL
    ]


def _corrected(list_import: ListImport, layout: Layout) -> ListImport | None:
    """The list whose outcomes this file is, corrected by hand."""
    found = CORRECTIONS.match(layout.headers[0].strip()) if layout.headers else None
    former = ListImport.objects.filter(pk=int(found[1]), spec=list_import.spec).first() if found else None
    if former:
        list_import.source = former.source
        list_import.prefer = former.prefer
        list_import.save(update_fields=["source", "prefer"])
    return former


def _without_implied(layout: Layout) -> Layout:
    """A layout of the file's own columns alone."""
    return replace(layout, headers=layout.headers[: len(layout.headers) - len(layout.implied)], implied=[])


def _as_formerly(former: ListImport, layout: Layout) -> dict[str, int]:
    """Where the former list's columns stand now: after the row's number, outcome and reason."""
    return {name: place + LEADING for name, place in former.layout["columns"].items() if place + LEADING < len(layout.headers)}


def former_number(cells: Sequence[str]) -> int | None:
    """Which row of the former list a row of its corrected outcomes is."""
    text = cells[0].strip() if cells else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else None


def forget_file(list_import: ListImport) -> None:
    """Delete the file and what was made of it; the rows stay with what became of them."""
    if list_import.file:
        shutil.rmtree(path_of(list_import).with_name(f"{path_of(list_import).name}.sheets"), ignore_errors=True)
        for said in list_import.layout.get("said", []):
            said["example"] = ""
        list_import.file.delete(save=True)


def headers_shown(list_import: ListImport) -> list[str]:
    """Headers of the list's columns; those that have none are numbered."""
    return [
        header.strip() or gettext("column %(n)s") % {"n": at}
        for at, header in enumerate(list_import.layout.get("headers", []), 1)
    ]
