"""A list driven forward chunk by chunk: previewed, applied, taken back.

Every chunk is one transaction that writes what the rows become, the rows themselves and how far the list has come,
so a killed worker goes on where it stopped and ends in the same state.
"""

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from imports import bulk, intake, values
from imports.files.unpacking import UnreadableFileError
from imports.intake import source_rows, spec_of
from imports.models import RUNNING, Decision, Goal, ImportState, ListImport, Outcome, Settlement, StagedRow
from imports.passes import corrections, reconsidering
from imports.passes.handlers import NotReadyError, context_of, handler_of, lock
from imports.specs import SourceRow, Verdict
from stores import rules
from stores.texts.kept_words import words as _

# Rows of a transaction at most, however many its list takes at once.
CHUNK = 10_000
CLASH_RETRIES = 3
MOST_FAILURES = 5
# After so many rows the base is told how large its tables have become.
GROWTH = {1_000, 4_000, 16_000, 64_000, 256_000, 1_024_000}
TURN_SECONDS = 0.0005
SILENCE = timedelta(minutes=3)
ROW_COLUMNS = ("list_import_id", "number", "raw", "outcome", "reason", "key", "subject", "target", "resembles", "likeness",
               "earlier", "changes", "planned", "decision", "undone")  # fmt: skip

PREVIEWABLE = (ImportState.READ, ImportState.ASKING, ImportState.PLANNING, ImportState.PLANNED, ImportState.UNDONE)

Progress = Callable[[int, int], None]


def advance(list_import: ListImport) -> ListImport:
    """Do what is next with a list until it waits for a person. Safe to call twice at once, and after any kill."""
    try:
        if list_import.state == ImportState.UPLOADED:
            (intake.find_layout if list_import.goal == Goal.COLUMNS else intake.read)(list_import)
        if list_import.state == ImportState.PLANNING and list_import.goal == Goal.COLUMNS:
            ask_about_values(list_import)
        if list_import.state == ImportState.PLANNING or (
            list_import.state == ImportState.READ and list_import.goal != Goal.COLUMNS
        ):
            preview(list_import)
        if list_import.state == ImportState.APPLYING or (
            list_import.state == ImportState.PLANNED and list_import.goal == Goal.APPLY
        ):
            apply(list_import)
        if list_import.state == ImportState.UNDOING:
            take_back(list_import)
    except (UnreadableFileError, NotReadyError):
        list_import.refresh_from_db()
    except Exception:
        _note_failure(list_import)
        raise
    return list_import


def _note_failure(list_import: ListImport) -> None:
    """Work that breaks off again and again without a row done stops and says so, instead of being tried for ever."""
    ListImport.objects.filter(pk=list_import.pk).update(failures=F("failures") + 1)
    broken = ListImport.objects.filter(pk=list_import.pk, failures__gte=MOST_FAILURES)
    said = _("The work broke off %(times)s times at row %(row)s. Nothing is lost: tell whoever looks after Carat.") % {
        "times": MOST_FAILURES,
        "row": list_import.rows_done + 1,
    }
    broken.filter(state=ImportState.APPLYING).update(state=ImportState.PAUSED, error=said, failures=0)
    broken.filter(state=ImportState.UNDOING).update(state=ImportState.APPLIED, error=said, failures=0)
    broken.filter(state__in=[ImportState.UPLOADED, ImportState.READ, ImportState.PLANNING]).update(
        state=ImportState.FAILED, error=said, failures=0
    )


def ask_about_values(list_import: ListImport) -> None:
    """Stop for a person before the preview, once, where the list has writings that nobody understands."""
    if list_import.layout.get("values_seen"):
        return
    intake.count_rows(list_import)
    if values.open_writings(list_import):
        _finish(list_import, ImportState.PLANNING, ImportState.ASKING)


def preview(list_import: ListImport, *, progress: Progress | None = None) -> ListImport:
    """Stage every row with what it would become; no card is touched.

    Raises NotReadyError if the list was applied, or if another preview or an application took it over.
    """
    with transaction.atomic():
        locked = lock(list_import)
        if locked.state not in PREVIEWABLE:
            raise NotReadyError(locked.state)
        _start(list_import, ImportState.PLANNING)
        list_import.rows.all()._raw_delete(using=list_import.rows.db)
    intake.count_rows(list_import)
    memory: dict[str, Any] = {}
    handler = handler_of(list_import, write=False, whole=False, memory=memory)
    for chunk in _chunks(list_import):
        with transaction.atomic():
            locked = lock(list_import)
            if (locked.state, locked.rows_done) != (ImportState.PLANNING, list_import.rows_done):
                raise NotReadyError(locked.state)
            rows = with_decisions(list_import, chunk)
            _record(list_import, rows, handler.decide(rows))
        _tell(progress, list_import)
    for reason in spec_of(list_import).reconsidered:
        size = _at_once(list_import)
        reconsidering.reconsider(list_import, [reason], ImportState.PLANNING, whole=True, size=size, memory=memory)
    return _finish(list_import, ImportState.PLANNING, ImportState.PLANNED)


def apply(list_import: ListImport, *, progress: Progress | None = None) -> ListImport:
    """Do what the list says, from the last checkpoint on; running it again after a kill changes nothing twice.

    A row of which the base changed since the preview is decided anew and marked. Returns early where a person
    paused it. Raises NotReadyError if the list is not to be applied, or the same file is being applied already.
    """
    if list_import.state in (ImportState.READ, ImportState.PLANNED):
        if not list_import.rows_total:  # cut between its layout and its count
            intake.count_rows(list_import)
        try:
            with transaction.atomic():
                _start(list_import, ImportState.APPLYING)
        except IntegrityError:
            list_import.refresh_from_db()
            raise NotReadyError("the same file is being applied") from None
    if list_import.state != ImportState.APPLYING:
        raise NotReadyError(list_import.state)
    spec = spec_of(list_import)
    try:
        if list_import.rows_done < list_import.rows_total:
            _apply_chunks(list_import, progress)
        else:  # somebody answered what its rows wait for
            reconsidering.let_unclear_days_wait(list_import, size=_at_once(list_import))
            reconsidering.reconsider(list_import, spec.answerable, ImportState.APPLYING, whole=False, size=_at_once(list_import))
        for reason in spec.reconsidered:
            reconsidering.reconsider(list_import, [reason], ImportState.APPLYING, whole=True, size=_at_once(list_import))
    except NotReadyError:
        list_import.refresh_from_db()
        return list_import
    spec.finish(context_of(list_import, write=True))
    return _finish(list_import, ImportState.APPLYING, ImportState.APPLIED)


def _apply_chunks(list_import: ListImport, progress: Progress | None) -> None:
    """Raises NotReadyError if the list was paused."""
    for chunk in _chunks(list_import):
        with _undisturbed():
            _apply_chunk(list_import, chunk)
        if len(chunk) == _at_once(list_import) and list_import.rows_done in GROWTH:
            bulk.analyse([StagedRow, *spec_of(list_import).writes], list_import.rows_done)
        _tell(progress, list_import)


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
    """Raises NotReadyError if the list was paused."""
    with transaction.atomic():
        locked = lock(list_import)
        if locked.state != ImportState.APPLYING:
            raise NotReadyError(locked.state)
        list_import.rows_done, list_import.counts = locked.rows_done, locked.counts
        todo = [row for row in chunk if row.number > locked.rows_done]
        if todo:
            bulk.need_not_be_on_disk()
            staged = list_import.rows.filter(number__range=(todo[0].number, todo[-1].number))
            promised = {row.number: row for row in staged}
            rows = with_decisions(list_import, [_promised(row, promised) for row in todo])
            decided = verdicts or handler_of(list_import, write=True, whole=False).decide(rows)
            staged._raw_delete(using=staged.db)
            _record(list_import, rows, decided, promised)
            corrections.replace_former(list_import, rows)
            remember_others(list_import, rows, decided)


def remember_others(list_import: ListImport, rows: Sequence[SourceRow], verdicts: Sequence[Verdict]) -> None:
    """The card that was made for "another person" is the one that the same row means next time."""
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.decision == Decision.OTHER and row.subject != verdict.client:
            Settlement.objects.filter(spec=list_import.spec, source=list_import.source, digest=row.digest).update(
                subject=verdict.client
            )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No search for cycles, of which a chunk makes none, and quick turns for the thread that waits for the base."""
    collects, turn = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        if collects:
            gc.enable()


def _promised(row: SourceRow, promised: dict[int, StagedRow]) -> SourceRow:
    return row._replace(promised=promised[row.number].changes) if row.number in promised else row


def with_decisions(list_import: ListImport, rows: list[SourceRow]) -> list[SourceRow]:
    """The rows with what people decided about them, and with those that they correct. Two queries at most."""
    known = Settlement.objects.filter(spec=list_import.spec, source=list_import.source)
    if known.exists():
        settled = {word.digest: word for word in known.filter(digest__any={row.digest for row in rows})}
        decided = [settled.get(row.digest) for row in rows]
        rows = [
            row._replace(decision=word.decision, subject=word.subject) if word else row
            for row, word in zip(rows, decided, strict=True)
        ]
    return corrections.with_former(list_import, rows) if list_import.corrects_id else rows


def take_back(list_import: ListImport, *, progress: Progress | None = None) -> ListImport:
    """Undo a list from its last row to its first; what others touched since stays, and its row says why.

    Goes on where it was cut. Raises NotReadyError if nobody asked for it.
    """
    if list_import.state != ImportState.UNDOING:
        raise NotReadyError(list_import.state)
    handler, size = handler_of(list_import, write=True), _at_once(list_import)
    while list_import.rows_done < list_import.rows_total:
        with transaction.atomic():
            locked = lock(list_import)
            if locked.state != ImportState.UNDOING:
                raise NotReadyError(locked.state)
            last = locked.rows_total - locked.rows_done
            rows = list(list_import.rows.filter(number__range=(last - size + 1, last)).order_by("-number"))
            words: dict[str, list[int]] = {}
            for row, word in zip(rows, handler.undo(rows), strict=True):
                words.setdefault(word, []).append(row.pk)
            for word, keys in words.items():
                StagedRow.objects.filter(pk__in=keys if word else []).update(undone=word[:200])
            corrections.restore_former(list_import, rows)
            list_import.rows_done = min(locked.rows_done + size, locked.rows_total)
            _keep_pace(list_import, list_import.rows_done - locked.rows_done)
            list_import.failures = 0
            list_import.save(update_fields=["rows_done", "touched_at", "rows_per_second", "failures"])
        _tell(progress, list_import)
    return _finish(list_import, ImportState.UNDOING, ImportState.UNDONE)


def _kept(row: SourceRow, verdict: Verdict) -> list[str]:
    return [] if verdict.forget else row.cells


def as_row(list_import: ListImport, row: SourceRow, verdict: Verdict, planned: str = "") -> tuple[object, ...]:
    """A row and its verdict in the order of ``ROW_COLUMNS``."""
    return (
        list_import.pk, row.number, _kept(row, verdict), verdict.outcome.value, verdict.reason[:200], verdict.key, verdict.client,
        verdict.target, verdict.resembles, verdict.likeness, verdict.earlier, dict(verdict.changes), planned, row.decision, "",
    )  # fmt: skip


def _record(
    list_import: ListImport,
    chunk: list[SourceRow],
    verdicts: list[Verdict],
    promised: dict[int, StagedRow] | None = None,
) -> None:
    planned = {number: row.outcome for number, row in (promised or {}).items()}
    bulk.insert(
        StagedRow,
        ROW_COLUMNS,
        [
            as_row(list_import, row, verdict, _otherwise(planned.get(row.number, ""), row, verdict))
            for row, verdict in zip(chunk, verdicts, strict=True)
        ],
    )
    counts = Counter(list_import.counts)
    counts.update(verdict.outcome.value for verdict in verdicts)
    list_import.counts = dict(counts)
    list_import.rows_done = chunk[-1].number
    list_import.failures = 0
    _keep_pace(list_import, len(chunk))
    list_import.save(update_fields=["counts", "rows_done", "touched_at", "rows_per_second", "failures"])


def _otherwise(planned: str, row: SourceRow, verdict: Verdict) -> str:
    """What the preview said of a row that became something else, though nobody decided about it."""
    return "" if planned == verdict.outcome or row.decision else planned


def _keep_pace(list_import: ListImport, rows: int) -> None:
    """Rows a second of late, evened out so that the time left does not jump."""
    now = timezone.now()
    if list_import.touched_at and (seconds := (now - list_import.touched_at).total_seconds()) > 0:
        pace = rows / seconds
        list_import.rows_per_second = 0.8 * list_import.rows_per_second + 0.2 * pace if list_import.rows_per_second else pace
    list_import.touched_at = now


def _start(list_import: ListImport, state: ImportState) -> None:
    list_import.state, list_import.rows_done, list_import.counts = state, 0, {}
    list_import.started_at = list_import.touched_at = timezone.now()
    list_import.finished_at = list_import.rows_per_second = None
    list_import.save(update_fields=["state", "started_at", "touched_at", "finished_at", "rows_done", "counts", "rows_per_second"])


def _finish(list_import: ListImport, running: ImportState, done: ImportState) -> ListImport:
    ListImport.objects.filter(pk=list_import.pk, state=running).update(state=done, finished_at=timezone.now())
    list_import.refresh_from_db(fields=["state", "finished_at"])
    return list_import


def stalled(now: datetime) -> QuerySet[ListImport]:
    """Lists that should be running but gave no sign for a while: their task was lost with its worker."""
    waiting = Q(state=ImportState.READ) & ~Q(goal=Goal.COLUMNS) | Q(state=ImportState.PLANNED, goal=Goal.APPLY)
    running = ListImport.objects.filter(Q(state__in=RUNNING) | waiting)
    return running.filter(Q(touched_at__lt=now - SILENCE) | Q(touched_at=None, created_at__lt=now - SILENCE))


def past_keeping(now: datetime) -> QuerySet[ListImport]:
    """Finished lists whose files have been kept long enough."""
    rested = ListImport.objects.exclude(state__in=[*RUNNING, ImportState.PAUSED]).exclude(file="")
    return rested.filter(created_at__lt=now - timedelta(days=rules.current().list_files_kept_days))


def give_up(list_import: ListImport) -> None:
    """A list that waited for a person until its file was deleted cannot go on."""
    said = _("The file was deleted because its time was up. Upload it again.")
    waiting = ListImport.objects.filter(pk=list_import.pk, state__in=[ImportState.READ, ImportState.ASKING, ImportState.PLANNED])
    waiting.update(state=ImportState.FAILED, error=said)


def _tell(progress: Progress | None, list_import: ListImport) -> None:
    if progress:
        progress(list_import.rows_done, list_import.rows_total)


def _at_once(list_import: ListImport) -> int:
    return min(CHUNK, spec_of(list_import).rows_at_once)


def _chunks(list_import: ListImport) -> Iterator[list[SourceRow]]:
    """The rows from the checkpoint on; while the base writes a chunk, the next is read and understood."""
    rows = source_rows(list_import, already=list_import.rows_done)
    understand, today, size = spec_of(list_import).understand, timezone.localdate(), _at_once(list_import)

    def read() -> list[SourceRow]:
        return [row._replace(meaning=understand(row.values, today)) for row in islice(rows, size)]

    with ThreadPoolExecutor(max_workers=1) as ahead:
        coming = ahead.submit(read)
        while chunk := coming.result():
            coming = ahead.submit(read)
            yield chunk
