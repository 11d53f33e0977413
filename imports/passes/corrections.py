"""Rows that came back corrected: each knows the row whose place it takes."""

from collections.abc import Sequence

from imports import intake
from imports.models import ImportState, ListImport, StagedRow
from imports.outcomes import LEADING
from imports.passes.handlers import handler_of
from imports.specs import SourceRow


def with_former(list_import: ListImport, rows: list[SourceRow]) -> list[SourceRow]:
    """A corrected row knows the row whose place it takes."""
    corrected = list_import.corrects
    if corrected is None:
        return rows
    numbers = {number for row in rows if (number := intake.former_number(row.cells))}
    former = {row.number: row for row in StagedRow.objects.filter(list_import=list_import.corrects_id, number__in=numbers)}
    return [
        row._replace(former=found, former_values=intake.values_of(corrected, found.raw))
        if (found := former.get(intake.former_number(row.cells) or 0))
        else row
        for row in rows
    ]


def replace_former(list_import: ListImport, rows: Sequence[SourceRow]) -> None:
    """The rows that others have taken the places of say so."""
    former = [row.former.pk for row in rows if row.former and _bare(row.former.raw) != _bare(row.cells[LEADING:])]
    if former:
        StagedRow.objects.filter(pk__in=former).update(replaced_by=list_import)


def _bare(cells: Sequence[str]) -> list[str]:
    """Cells without the empty ones that a spreadsheet adds at the end."""
    return " \x1f".join(cell.strip() for cell in cells).rstrip(" \x1f").split(" \x1f")


def restore_former(list_import: ListImport, rows: Sequence[StagedRow]) -> None:
    """Rows whose corrections were taken back hold again, and do again what they did."""
    former = list_import.corrects
    if former is None:
        return
    numbers = [number for row in rows if (number := intake.former_number(row.raw))]
    staged = list(former.rows.filter(number__in=numbers, replaced_by=list_import).order_by("number"))
    if not staged or former.state != ImportState.APPLIED:
        return
    again = [intake.row_of(former, row.number, row.raw)._replace(decision=row.decision) for row in staged]
    for row, verdict in zip(staged, handler_of(former, write=True).decide(again), strict=True):
        row.replaced_by = None
        row.target = verdict.target if verdict.target else row.target
        row.save(update_fields=["replaced_by", "target"])
