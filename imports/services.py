"""What a person may tell a list to do, and what they decide about its rows."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from imports import bulk, intake, values
from imports.day_order import ASK
from imports.models import Decision, ImportState, ListImport, Outcome, Settlement, StagedRow, ValueMeaning
from imports.passes import engine, handlers
from imports.passes.handlers import NotReadyError, lock
from imports.specs import BACK, SourceRow, head_of
from imports.values import Question
from stores.models import Employee

S = ImportState
# Where a list waits for a person who may explain its values.
ANSWERABLE = (S.ASKING, S.PLANNED, S.APPLIED)


class StillInUseError(Exception):
    """What the row made is in use by now and cannot be taken back; the text says why, as a reason's key."""


def prepare(list_import: ListImport, *, prefer: list[str] | None = None) -> None:
    """Go on from the columns to the preview. Raises NotReadyError if the list is past it or its file is gone."""
    known = intake.spec_of(list_import).preferable
    chosen = [name for name in known if name in (prefer or [])]
    _move(list_import, (S.READ, S.ASKING, S.PLANNED, S.UNDONE), S.PLANNING, prefer=chosen, rows_done=0, counts={})


def back_to_columns(list_import: ListImport) -> None:
    """Look at the columns again; the preview is thrown away when the next one is made."""
    _move(list_import, (S.READ, S.ASKING, S.PLANNED, S.UNDONE), S.READ)


def start(list_import: ListImport) -> None:
    """Begin to apply a previewed list; pressing twice begins once. Raises NotReadyError."""
    _move(list_import, (S.PLANNED,), S.APPLYING, rows_done=0, counts={}, started_at=timezone.now(), rows_per_second=None)


def pause(list_import: ListImport) -> None:
    """Stop after the chunk that is being written."""
    _move(list_import, (S.APPLYING,), S.PAUSED)


def resume(list_import: ListImport) -> None:
    _move(list_import, (S.PAUSED,), S.APPLYING)


def undo(list_import: ListImport) -> None:
    """Begin to take an applied list back. Raises NotReadyError."""
    _move(list_import, (S.APPLIED, S.PAUSED), S.UNDOING, **_undo_from(list_import))


def _undo_from(list_import: ListImport) -> dict[str, object]:
    """Rows that were never applied need no undoing."""
    skipped = list_import.rows_total - list_import.rows_done if list_import.state == S.PAUSED else 0
    return {"rows_done": skipped, "started_at": timezone.now(), "rows_per_second": None}


def _move(list_import: ListImport, from_states: tuple[ImportState, ...], to: ImportState, **values: object) -> None:
    """One conditional UPDATE: of two people who press, one moves the list. Raises NotReadyError for the other."""
    if not list_import.file and to in (S.PLANNING, S.APPLYING, S.READ) and S.APPLIED not in from_states:
        raise NotReadyError("the file is gone")
    try:
        with transaction.atomic():
            moved = ListImport.objects.filter(pk=list_import.pk, state__in=from_states).update(
                state=to, touched_at=timezone.now(), error="", failures=0, **values
            )
    except IntegrityError:
        raise NotReadyError("the same file is being applied") from None
    list_import.refresh_from_db()
    if not moved:
        raise NotReadyError(list_import.state)


def twin(list_import: ListImport) -> ListImport | None:
    """The latest other import of the very same file that was applied, or is being applied."""
    same = ListImport.objects.filter(spec=list_import.spec, source=list_import.source, sha256=list_import.sha256)
    return same.filter(state__in=[S.APPLIED, S.APPLYING, S.PAUSED]).exclude(pk=list_import.pk).first()


@transaction.atomic
def answer_values(list_import: ListImport, answers: Iterable[tuple[Question, str]], *, by: Employee) -> None:
    """Keep what a person said that writings of a list mean ("": nothing), and let the list go on.

    The preview is made again, with all that was decided about its rows; of an applied list the rows that waited are decided
    once more, the others stay. Raises NotReadyError if the list runs, or the same file is being applied.
    """
    locked = lock(list_import)
    if locked.state not in ANSWERABLE:
        raise NotReadyError(locked.state)
    for question, meaning in answers:
        _keep_answer(locked, question, meaning, by)
    unclear = [name for name, order in locked.layout.get("orders", {}).items() if order == ASK]
    values.take_answers(locked)
    locked.layout["told"] = [name for name in unclear if locked.layout["orders"].get(name) != ASK]
    locked.layout["values_seen"] = True
    locked.save(update_fields=["layout"])
    if locked.state == S.APPLIED:
        _move(list_import, (S.APPLIED,), S.APPLYING)
    else:
        _move(list_import, (S.ASKING, S.PLANNED), S.PLANNING, rows_done=0, counts={})


def _keep_answer(list_import: ListImport, question: Question, meaning: str, by: Employee) -> None:
    """Write an answer where it differs from the one that there is, for the source or for this file alone."""
    said, own = question.said, list_import if question.of_file else None
    place: dict[str, Any] = {"spec": list_import.spec, "source": list_import.source, "column": said.column, "key": said.key}
    held = ValueMeaning.objects.filter(**place, list_import=own)
    if not meaning:
        held.delete()
    elif not held.filter(meaning=meaning).exists():
        ValueMeaning.objects.update_or_create(**place, list_import=own, defaults={"meaning": meaning, "by": by})


@transaction.atomic
def settle(row: StagedRow, decision: Decision, *, by: Employee) -> StagedRow:
    """Take a person's word about a row that the rules left open.

    Before the list is applied the word is kept for then; afterwards it is done at once, and what the row had made is
    taken back first. Raises NotReadyError while the list runs or if the row leaves nothing to decide, StillInUseError.
    """
    list_import = lock(row.list_import)
    row = StagedRow.objects.select_for_update().get(pk=row.pk)
    if list_import.state not in (S.PLANNED, S.APPLIED):
        raise NotReadyError(list_import.state)
    if decision not in intake.spec_of(list_import).choices(row):
        raise NotReadyError(decision)
    source = _source_row(list_import, row, decision)
    _remember(list_import, source, decision, by)
    if list_import.state == S.APPLIED and decision != Decision.SKIP:
        return _settle_now(list_import, row, source)
    row.decision = decision
    if decision == Decision.SKIP and head_of(row.reason) in intake.spec_of(list_import).forgets:
        row.raw, row.changes = [], {}
        values.forget_example(list_import, row.number)
    row.save(update_fields=["decision", "raw", "changes"])
    return row


@transaction.atomic
def unsettle(row: StagedRow) -> StagedRow:
    """Take a decision back before the list is applied, or a skip after it. Raises NotReadyError."""
    list_import = lock(row.list_import)
    if (list_import.state != S.PLANNED and row.decision != Decision.SKIP) or not row.raw:
        raise NotReadyError(list_import.state)
    source = _source_row(list_import, row, Decision.SKIP)
    Settlement.objects.filter(spec=list_import.spec, source=list_import.source, digest=source.digest).delete()
    row.decision = ""
    row.save(update_fields=["decision"])
    return row


def _source_row(list_import: ListImport, row: StagedRow, decision: Decision) -> SourceRow:
    subject = None if decision in (Decision.OTHER, Decision.SKIP) else row.resembles or row.subject
    return intake.row_of(list_import, row.number, row.raw)._replace(decision=decision.value, subject=subject)


def _remember(list_import: ListImport, source: SourceRow, decision: Decision, by: Employee) -> None:
    Settlement.objects.update_or_create(
        spec=list_import.spec,
        source=list_import.source,
        digest=source.digest,
        defaults={"decision": decision, "subject": source.subject, "by": by},
    )


def _settle_now(list_import: ListImport, row: StagedRow, source: SourceRow) -> StagedRow:
    if row.outcome != Outcome.CONFLICT:
        if list_import.rows.filter(subject=row.subject).exclude(pk=row.pk).exists():
            raise StillInUseError("stays: other rows")
        stays = handlers.handler_of(list_import, write=True).undo([row])[0]
        if stays not in ("", BACK):
            raise StillInUseError(stays)
    verdict = handlers.handler_of(list_import, write=True).decide([source])[0]
    # What a conflict's row filled already is still its doing.
    verdict = verdict._replace(changes={**row.changes, **verdict.changes}) if verdict.client == row.subject else verdict
    engine.remember_others(list_import, [source], [verdict])
    counts = dict(list_import.counts)
    counts[row.outcome] -= 1
    counts[verdict.outcome.value] = counts.get(verdict.outcome.value, 0) + 1
    ListImport.objects.filter(pk=list_import.pk).update(counts={name: times for name, times in counts.items() if times})
    StagedRow.objects.filter(pk=row.pk).delete()
    bulk.insert(StagedRow, engine.ROW_COLUMNS, [engine.as_row(list_import, source, verdict)])
    return StagedRow.objects.get(list_import=list_import, number=row.number)


@transaction.atomic
def accept_suggestion(row: StagedRow, *, by: Employee) -> bool:
    """Write what a broken cell of an applied row may have meant on its card. Whether there was anything to accept."""
    spec = intake.spec_of(row.list_import)
    suggestion = spec.suggest(intake.values_of(row.list_import, row.raw))
    row = StagedRow.objects.select_for_update().get(pk=row.pk)
    if not (suggestion and spec.accept and row.subject and row.list_import.state == S.APPLIED and not row.decision):
        return False
    spec.accept(row.subject, suggestion, f"list {row.list_import_id} row {row.number}", by)
    row.decision = Decision.TAKE
    row.save(update_fields=["decision"])
    return True


def to_settle(list_import: ListImport) -> int:
    """How many rows of the list still wait for a person's word. One query."""
    return waiting_rows(list_import).count()


def waiting_rows(list_import: ListImport) -> QuerySet[StagedRow]:
    """Rows that the rules left open and nobody has decided."""
    return list_import.rows.filter(Q(outcome=Outcome.CONFLICT) | ~Q(likeness=""), decision="", replaced_by=None)
