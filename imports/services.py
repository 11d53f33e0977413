"""Bringing a list in: keep the file, preview it, apply it chunk by chunk with a checkpoint after each.

Every chunk is one transaction that writes what the rows become, the rows themselves and how far
the list has come, so a killed worker goes on where it stopped and ends in the same state.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from imports import reading, specs
from imports.models import ImportState, ListImport, StagedRow
from imports.specs import Handler, ListContext, ListSpec, SourceRow, Verdict
from stores.models import Employee, Store

CHUNK = 1_000
CLASH_RETRIES = 5

Progress = Callable[[int, int], None]


class NotReadyError(Exception):
    """The list is not in a state in which this can be done."""


def keep_file(spec_kind: str, file: IO[bytes], name: str, *, by: Employee | None, source: str = "list") -> ListImport:
    """Store the file privately and remember it; nothing is read yet."""
    digest = hashlib.sha256()
    for piece in iter(lambda: file.read(1 << 20), b""):
        digest.update(piece)
    file.seek(0)
    suffix = Path(name).suffix.lower()[:8]
    return ListImport.objects.create(
        spec=spec_kind,
        source=source,
        file=File(file, name=f"{digest.hexdigest()[:16]}{suffix}"),
        file_name=Path(name).name[:255],
        sha256=digest.hexdigest(),
        created_by=by,
    )


def find_layout(list_import: ListImport) -> ListImport:
    """Guess encoding, delimiter, header and columns, and count the rows.

    Raises UnreadableFileError; the list is then kept as failed, with the words for the person.
    """
    path = Path(list_import.file.path)
    try:
        layout = reading.guess_layout(path, spec_of(list_import))
    except reading.UnreadableFileError as error:
        list_import.state, list_import.error = ImportState.FAILED, str(error)
        list_import.save(update_fields=["state", "error"])
        raise
    list_import.layout = layout.as_json()
    list_import.rows_total = sum(1 for _row in reading.rows(path, layout))
    list_import.takes_stores = not Store.objects.exists()
    list_import.save(update_fields=["layout", "rows_total", "takes_stores"])
    return list_import


def preview(list_import: ListImport, *, progress: Progress | None = None) -> ListImport:
    """Stage every row with what it would become; no card is touched."""
    if list_import.state not in (ImportState.UPLOADED, ImportState.PLANNING, ImportState.PLANNED):
        raise NotReadyError(list_import.state)
    _start(list_import, ImportState.PLANNING, afresh=True)
    list_import.rows.all().delete()
    handler = _handler(list_import, write=False)
    for chunk in _chunks(list_import):
        with transaction.atomic():
            _record(list_import, chunk, handler.decide(chunk))
        _tell(progress, list_import)
    return _finish(list_import, ImportState.PLANNED)


def apply(list_import: ListImport, *, progress: Progress | None = None) -> ListImport:
    """Do what the list says, from the last checkpoint on; running it again after a kill changes nothing twice."""
    if list_import.state in (ImportState.APPLIED, ImportState.FAILED):
        raise NotReadyError(list_import.state)
    if list_import.state != ImportState.APPLYING:
        _start(list_import, ImportState.APPLYING, afresh=True)
    for chunk in _chunks(list_import):
        _apply_chunk(list_import, chunk)
        _tell(progress, list_import)
    spec_of(list_import).finish(_context(list_import, write=True))
    return _finish(list_import, ImportState.APPLIED)


def _apply_chunk(list_import: ListImport, chunk: list[SourceRow]) -> None:
    """One transaction; a clash with a seller who saved the same phone meanwhile is decided afresh."""
    for attempt in range(CLASH_RETRIES):
        try:
            with transaction.atomic():
                locked = ListImport.objects.select_for_update().get(pk=list_import.pk)
                if locked.rows_done >= chunk[-1].number:
                    list_import.rows_done, list_import.counts = locked.rows_done, locked.counts
                    return
                verdicts = _handler(list_import, write=True).decide(chunk)
                _record(list_import, chunk, verdicts, replace=True)
            return
        except IntegrityError:
            if attempt == CLASH_RETRIES - 1:
                raise
            list_import.refresh_from_db(fields=["rows_done", "counts"])


def _record(list_import: ListImport, chunk: list[SourceRow], verdicts: list[Verdict], *, replace: bool = False) -> None:
    if replace:
        list_import.rows.filter(number__range=(chunk[0].number, chunk[-1].number)).delete()
    StagedRow.objects.bulk_create(
        StagedRow(
            list_import=list_import,
            number=row.number,
            raw=row.cells,
            outcome=verdict.outcome,
            reason=verdict.reason[:200],
            key=verdict.key,
            subject=verdict.client,
        )
        for row, verdict in zip(chunk, verdicts, strict=True)
    )
    counts = Counter(list_import.counts)
    counts.update(verdict.outcome.value for verdict in verdicts)
    list_import.counts = dict(counts)
    list_import.rows_done = chunk[-1].number
    list_import.save(update_fields=["counts", "rows_done"])


def _start(list_import: ListImport, state: ImportState, *, afresh: bool) -> None:
    list_import.state = state
    list_import.started_at = timezone.now()
    list_import.finished_at = None
    if afresh:
        list_import.rows_done, list_import.counts = 0, {}
    list_import.save(update_fields=["state", "started_at", "finished_at", "rows_done", "counts"])


def _finish(list_import: ListImport, state: ImportState) -> ListImport:
    list_import.state = state
    list_import.finished_at = timezone.now()
    list_import.save(update_fields=["state", "finished_at"])
    return list_import


def _tell(progress: Progress | None, list_import: ListImport) -> None:
    if progress:
        progress(list_import.rows_done, list_import.rows_total)


def spec_of(list_import: ListImport) -> ListSpec:
    return specs.registered()[list_import.spec]


def _context(list_import: ListImport, *, write: bool) -> ListContext:
    return ListContext(
        import_id=list_import.pk,
        source=list_import.source,
        takes_stores=list_import.takes_stores,
        now=timezone.now(),
        write=write,
        actor_id=list_import.created_by_id,
    )


def _handler(list_import: ListImport, *, write: bool) -> Handler:
    return spec_of(list_import).handler(_context(list_import, write=write))


def source_rows(list_import: ListImport) -> Iterator[SourceRow]:
    """Every row of the kept file, numbered from 1, read again as it was read the first time."""
    layout = reading.Layout(**list_import.layout)
    for number, cells in enumerate(reading.rows(Path(list_import.file.path), layout), start=1):
        values = {name: cells[position].strip() if position < len(cells) else "" for name, position in layout.columns.items()}
        yield SourceRow(number, cells, values)


def _chunks(list_import: ListImport) -> Iterator[list[SourceRow]]:
    remaining: Iterable[SourceRow] = islice(source_rows(list_import), list_import.rows_done, None)
    iterator = iter(remaining)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
