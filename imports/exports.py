"""Lists out of Carat as workbooks; who took what is logged. Public."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO

import structlog
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from imports.outcomes import escape
from stores.models import Employee, ExportRecord

log = structlog.get_logger(__name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 50
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # characters that XML, and so a workbook, cannot hold


def export(
    request: HttpRequest, name: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, note: str = ""
) -> HttpResponse:
    """A workbook of one sheet, its texts safe to open in a spreadsheet."""
    from openpyxl import Workbook  # only where a workbook is asked for: 7 MB

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:30])
    sheet.append(list(header))
    written = 0
    for row in rows:
        sheet.append([_safe(cell) for cell in row])
        written += 1
    buffer = BytesIO()
    book.save(buffer)
    _log(request, name, written, note)
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def export_csv(request: HttpRequest, name: str, rows: Iterable[Sequence[object]], *, note: str = "") -> StreamingHttpResponse:
    """Rows as they come, in UTF-8 with its mark and ``;``, as a Russian spreadsheet expects; safe to open in one."""
    response = StreamingHttpResponse(_csv_lines(request, name, rows, note), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(request: HttpRequest, name: str, rows: Iterable[Sequence[object]], note: str) -> Iterator[str]:
    writer, written = csv.writer(_Echo(), delimiter=";"), 0
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_safe(cell) for cell in row])
        written += 1
    _log(request, name, written, note)


def _log(request: HttpRequest, name: str, rows: int, note: str) -> None:
    by = request.user if isinstance(request.user, Employee) else getattr(request, "auth", None)
    asked = request.GET.copy()
    if asked.get("q"):  # a phone or a surname as a rule: neither the log nor the record outlives the person
        asked["q"] = "…"
    query = note or asked.urlencode()
    ExportRecord.objects.create(what=name[:80], rows=rows, query=query[:500], by=by)
    log.info("export", what=name, rows=rows, employee=getattr(by, "pk", None), query=query)


def _safe(cell: object) -> object:
    if isinstance(cell, datetime):
        return timezone.localtime(cell).replace(tzinfo=None) if timezone.is_aware(cell) else cell
    return UNWRITABLE.sub("", escape(cell)) if isinstance(cell, str) else cell


def page_of(request: HttpRequest, rows: QuerySet) -> Page:  # type: ignore[type-arg]
    """The page of a list that the address asks for."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
