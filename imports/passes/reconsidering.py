"""Rows that are decided once more: for what the list brought behind them, or for what a person said afterwards."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from imports import bulk, intake
from imports.day_order import ASK, REASON, UNCLEAR, in_order
from imports.models import ImportState, ListImport, Outcome, StagedRow
from imports.passes import corrections
from imports.passes.handlers import NotReadyError, handler_of, lock
from imports.specs import BACK, Handler, Verdict

MADE = (Outcome.CREATED, Outcome.INCOMPLETE)


def reconsider(
    list_import: ListImport,
    reasons: Collection[str],
    running: ImportState,
    *,
    whole: bool,
    size: int,
    memory: dict[str, Any] | None = None,
) -> None:
    """Decide rows once more that wait for these reasons: for what the list might still bring, when the ``whole`` of it has been
    seen, or for an answer that came afterwards. Raises NotReadyError if it was paused."""
    waiting = waiting_for(list_import, reasons)
    numbers = list(waiting.order_by("number").values_list("number", flat=True)) if reasons else []
    writes = running == ImportState.APPLYING
    handler = handler_of(list_import, write=writes, whole=whole, again=True, memory=memory) if numbers else None
    for some in bulk.batched(numbers, size):
        with transaction.atomic():
            locked = lock(list_import)
            if handler is None or locked.state != running:
                raise NotReadyError(locked.state)
            staged = list(waiting.filter(number__range=(some[0], some[-1])).order_by("number"))
            rows = [intake.row_of(list_import, row.number, row.raw) for row in staged]
            verdicts = handler.decide(corrections.with_former(list_import, rows))
            list_import.counts = _decided_again(locked, staged, verdicts)
            list_import.touched_at = timezone.now()
            list_import.save(update_fields=["counts", "touched_at"])


def waiting_for(list_import: ListImport, reasons: Collection[str]) -> QuerySet[StagedRow]:
    """Conflicts of these reasons that nobody has decided, whatever their details."""
    named = reduce(or_, (Q(reason=reason) | Q(reason__startswith=f"{reason}: ") for reason in reasons), Q())
    return list_import.rows.filter(named, outcome=Outcome.CONFLICT, decision="", replaced_by=None)


def _decided_again(list_import: ListImport, staged: Sequence[StagedRow], verdicts: Sequence[Verdict]) -> dict[str, int]:
    """Write down what the rows became now; the list's outcomes counted with it."""
    counts = Counter(list_import.counts)
    for row, verdict in zip(staged, verdicts, strict=True):
        counts[row.outcome] -= 1
        counts[verdict.outcome.value] += 1
        row.outcome, row.reason, row.key = verdict.outcome, verdict.reason[:200], verdict.key
        row.subject, row.target, row.changes = verdict.client, verdict.target, dict(verdict.changes)
    StagedRow.objects.bulk_update(staged, ["outcome", "reason", "key", "subject", "target", "changes"], batch_size=200)
    return {outcome: rows for outcome, rows in counts.items() if rows}


def let_unclear_days_wait(list_import: ListImport, *, size: int) -> None:
    """Rows that were written without a day, because nobody could tell its month, wait for it from now on: what they did is
    taken back, as far as nobody uses it, to be done anew; what is in use is filled. Safe to call again after a kill.

    Raises NotReadyError if it was paused.
    """
    numbers = _unclear(list_import, list_import.layout.get("told", ()))
    handler = handler_of(list_import, write=True, whole=False, again=True) if numbers else None
    for some in bulk.batched(reversed(numbers), size):
        with transaction.atomic():
            locked = lock(list_import)
            if handler is None or locked.state != ImportState.APPLYING:
                raise NotReadyError(locked.state)
            staged = list(list_import.rows.filter(number__range=(some[-1], some[0]), number__in=some).order_by("-number"))
            shared = _shared(list_import, staged, set(numbers))
            alone = [row for row in staged if row.subject not in shared]
            words = handler.undo(alone)
            back = [row for row, word in zip(alone, words, strict=True) if word in ("", BACK)]
            list_import.counts = _decided_again(locked, back, [Verdict(Outcome.CONFLICT, REASON)] * len(back))
            _fill(list_import, handler, sorted(set(staged) - set(back), key=lambda row: row.number))
            list_import.save(update_fields=["counts"])
    if list_import.layout.pop("told", None):
        list_import.save(update_fields=["layout"])


def _unclear(list_import: ListImport, columns: Collection[str]) -> list[int]:
    """Rows that are written, of which one of these columns holds a day that may be two."""
    if not columns:
        return []
    written = list_import.rows.exclude(outcome__in=[Outcome.CONFLICT, Outcome.REJECTED]).filter(decision="", replaced_by=None)
    places = [list_import.layout["columns"][name] for name in columns]
    return [
        number
        for number, raw in written.order_by("number").values_list("number", "raw").iterator()
        if any(at < len(raw) and in_order(raw[at], ASK).startswith(UNCLEAR) for at in places)
    ]


def _shared(list_import: ListImport, rows: Sequence[StagedRow], numbers: Collection[int]) -> set[int]:
    """Cards that these rows made and that other rows of the list are on, which are not read anew. One query."""
    made = {row.subject for row in rows if row.outcome in MADE and row.target is None and row.subject}
    others = list_import.rows.filter(subject__in=made).values_list("subject", "number")
    return {subject for subject, number in others if subject and number not in numbers}


def _fill(list_import: ListImport, handler: Handler, rows: Sequence[StagedRow]) -> None:
    """The cards of rows that stay get what the rows say now."""
    rows = [row for row in rows if row.subject and row.target is None]
    sources = [intake.row_of(list_import, row.number, row.raw)._replace(subject=row.subject) for row in rows]
    for row, verdict in zip(rows, handler.decide(sources) if sources else (), strict=True):
        if row.outcome in MADE:
            left = [name for name in row.reason.removeprefix("missing: ").split(", ") if name and name not in verdict.changes]
            list_import.counts[row.outcome] -= 1
            row.outcome, row.reason = (Outcome.INCOMPLETE, f"missing: {', '.join(left)}") if left else (Outcome.CREATED, "")
            list_import.counts[row.outcome] = list_import.counts.get(row.outcome, 0) + 1
        row.changes = {**row.changes, **verdict.changes}
        row.save(update_fields=["outcome", "reason", "changes"])
