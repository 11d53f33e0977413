"""What became of each row, as a file to look through, correct by hand and bring in again."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from django.utils.translation import gettext as _

from imports.models import ListImport, StagedRow

COLUMNS = ("row", "outcome", "reason", "client")
# Columns before the list's own in the file to correct; the first header says which list it is.
LEADING = 3
CORRECTIONS = re.compile(r"^(?:Row of list|Строка списка) (\d{1,9})$")


def write_outcomes(list_import: ListImport, out: IO[str]) -> int:
    """Write ``row;outcome;reason;client`` for every row, in the order of the list. Returns the rows written."""
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    written = 0
    for row in _rows(list_import):
        writer.writerow([row.number, row.outcome, row.reason, row.subject or ""])
        written += 1
    return written


def table(list_import: ListImport, say: Callable[[str], str], *, outcome: str = "") -> Iterator[list[str]]:
    """The list's own header and cells, with number, outcome and reason before them: ``say`` puts a reason into words.

    Corrected there and uploaded again, the rows take the places of their former ones.
    """
    headers = list_import.layout.get("headers", [])
    yield [_("Row of list %(number)s") % {"number": list_import.pk}, _("Outcome"), _("Reason"), *headers]
    for row in _rows(list_import):
        if not outcome or row.outcome == outcome:
            yield [str(row.number), row.get_outcome_display(), say(row.reason), *row.raw]


def _rows(list_import: ListImport) -> Iterable[StagedRow]:
    return list_import.rows.order_by("number").iterator(chunk_size=2_000)
