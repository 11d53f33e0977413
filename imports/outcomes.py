"""What became of each row, as a file to look through and correct by hand."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from django.utils.translation import gettext as _

from imports.models import ListImport, StagedRow

COLUMNS = ("row", "outcome", "reason", "client")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_outcomes(list_import: ListImport, out: IO[str]) -> int:
    """Write ``row;outcome;reason;client`` for every row, in the order of the list. Returns the rows written."""
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    written = 0
    for row in _rows(list_import):
        writer.writerow([row.number, row.outcome, row.reason, row.subject or ""])
        written += 1
    return written


def table(list_import: ListImport, say: Callable[[str], str]) -> Iterator[list[str]]:
    """The list's own header and cells, with outcome and reason before them, for a person:
    ``say`` puts a reason into words."""
    yield [_("Row"), _("Outcome"), _("Reason"), *list_import.layout.get("headers", [])]
    for row in _rows(list_import):
        yield [str(row.number), row.get_outcome_display(), say(row.reason), *row.raw]


def _rows(list_import: ListImport) -> Iterable[StagedRow]:
    return list_import.rows.order_by("number").iterator(chunk_size=2_000)


def escape(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
