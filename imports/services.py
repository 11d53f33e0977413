"""Bringing a list in: keep the file, preview it, apply it chunk by chunk with a checkpoint after each.

Every chunk is one transaction that writes what the rows become, the rows themselves and how far
the list has come, so a killed worker goes on where it stopped and ends in the same state.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from imports import reading, specs
from imports.models import ImportState, ListImport, Outcome, StagedRow
from imports.specs import Handler, ListContext, ListSpec, SourceRow, Verdict
from stores.models import Employee, Store

CHUNK = 1_000
CLASH_RETRIES = 3
SILENCE = timedelta(minutes=3)
STORE_NAME_LENGTH = 120

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
        list_import.layout = layout.as_json()
        list_import.takes_stores = not Store.objects.exists()
        _count(list_import)
    except reading.UnreadableFileError as error:
        list_import.state, list_import.error = ImportState.FAILED, str(error)
        list_import.save(update_fields=["state", "error"])
        raise
    list_import.save(update_fields=["layout", "rows_total", "takes_stores"])
    return list_import


def _count(list_import: ListImport) -> None:
    """Count the rows, and note the stores that they name where the base has none."""
    stores: dict[str, None] = {}
    list_import.rows_total = 0
    for row in source_rows(list_import, already=0):
        list_import.rows_total += 1
        if list_import.takes_stores and row.values.get("store"):
            stores.setdefault(" ".join(row.values["store"].split())[:STORE_NAME_LENGTH])
    list_import.layout["stores"] = list(stores)


def preview(list_import: ListImport, *, progress: Progress | None = None) -> ListImport:
    """Stage every row with what it would become; no card is touched.

    Raises NotReadyError if the list was applied, or if another preview or an application took it over.
    """
    if list_import.state not in (ImportState.UPLOADED, ImportState.PLANNING, ImportState.PLANNED):
        raise NotReadyError(list_import.state)
    with transaction.atomic():
        locked = _lock(list_import)
        if locked.state not in (ImportState.UPLOADED, ImportState.PLANNING, ImportState.PLANNED):
            raise NotReadyError(locked.state)
        _start(list_import, ImportState.PLANNING)
        list_import.rows.all().delete()
    handler = _handler(list_import, write=False)
    for chunk in _chunks(list_import):
        with transaction.atomic():
            locked = _lock(list_import)
            if (locked.state, locked.rows_done) != (ImportState.PLANNING, list_import.rows_done):
                raise NotReadyError(locked.state)
            _record(list_import, chunk, handler.decide(chunk))
        _tell(progress, list_import)
    return _finish(list_import, ImportState.PLANNING, ImportState.PLANNED)


def apply(list_import: ListImport, *, progress: Progress | None = None) -> ListImport:
    """Do what the list says, from the last checkpoint on; running it again after a kill changes nothing twice."""
    if list_import.state in (ImportState.APPLIED, ImportState.FAILED):
        raise NotReadyError(list_import.state)
    if list_import.state != ImportState.APPLYING:
        _start(list_import, ImportState.APPLYING)
    for chunk in _chunks(list_import):
        _apply_chunk(list_import, chunk)
        _tell(progress, list_import)
    spec_of(list_import).finish(_context(list_import, write=True))
    return _finish(list_import, ImportState.APPLYING, ImportState.APPLIED)


def _apply_chunk(list_import: ListImport, chunk: list[SourceRow]) -> None:
    """Write a chunk; where the base refuses it again and again, halve it until the one row that it refuses is found."""
    for _attempt in range(CLASH_RETRIES):
        try:
            return _write_chunk(list_import, chunk)
        except (IntegrityError, OperationalError):
            # A seller saved the same phone meanwhile, or two writers met: decided afresh.
            list_import.refresh_from_db(fields=["rows_done", "counts"])
        except DatabaseError:
            list_import.refresh_from_db(fields=["rows_done", "counts"])
            break
    if len(chunk) == 1:
        return _write_chunk(list_import, chunk, [Verdict(Outcome.REJECTED, "the base refused this row")])
    middle = len(chunk) // 2
    _apply_chunk(list_import, chunk[:middle])
    return _apply_chunk(list_import, chunk[middle:])


def _write_chunk(list_import: ListImport, chunk: list[SourceRow], verdicts: list[Verdict] | None = None) -> None:
    with transaction.atomic():
        locked = _lock(list_import)
        list_import.rows_done, list_import.counts = locked.rows_done, locked.counts
        todo = [row for row in chunk if row.number > locked.rows_done]
        if todo:
            _record(list_import, todo, verdicts or _handler(list_import, write=True).decide(todo), replace=True)


def _lock(list_import: ListImport) -> ListImport:
    return ListImport.objects.select_for_update().get(pk=list_import.pk)


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
    list_import.touched_at = timezone.now()
    list_import.save(update_fields=["counts", "rows_done", "touched_at"])


def _start(list_import: ListImport, state: ImportState) -> None:
    list_import.state, list_import.rows_done, list_import.counts = state, 0, {}
    list_import.started_at = list_import.touched_at = timezone.now()
    list_import.finished_at = None
    list_import.save(update_fields=["state", "started_at", "touched_at", "finished_at", "rows_done", "counts"])


def _finish(list_import: ListImport, running: ImportState, done: ImportState) -> ListImport:
    ListImport.objects.filter(pk=list_import.pk, state=running).update(state=done, finished_at=timezone.now())
    list_import.refresh_from_db(fields=["state", "finished_at"])
    return list_import


def stalled(now: datetime) -> QuerySet[ListImport]:
    """Lists that should be running but gave no sign for a while: their task was lost with its worker."""
    running = ListImport.objects.filter(state__in=[ImportState.UPLOADED, ImportState.PLANNING, ImportState.APPLYING])
    return running.filter(Q(touched_at__lt=now - SILENCE) | Q(touched_at=None, created_at__lt=now - SILENCE))


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
        new_stores=tuple(list_import.layout.get("stores", ())),
    )


def _handler(list_import: ListImport, *, write: bool) -> Handler:
    return spec_of(list_import).handler(_context(list_import, write=write))


def source_rows(list_import: ListImport, *, already: int) -> Iterator[SourceRow]:
    """The rows of the kept file after the first ``already``, read again as they were read the first time."""
    layout = reading.Layout.of(list_import.layout)
    rows = reading.rows(Path(list_import.file.path), layout)
    for number, cells in enumerate(islice(rows, already, None), start=already + 1):
        values = {
            name: specs.filled(cells[position]) if position < len(cells) else "" for name, position in layout.columns.items()
        }
        yield SourceRow(number, cells, values)


def _chunks(list_import: ListImport) -> Iterator[list[SourceRow]]:
    rows = source_rows(list_import, already=list_import.rows_done)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
