"""Lists out of Carat as workbooks; who took what is logged. Public."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import structlog
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from imports.outcomes import escape

log = structlog.get_logger(__name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 50


def export(request: HttpRequest, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A workbook of one sheet, its texts safe to open in a spreadsheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:30])
    sheet.append(list(header))
    written = 0
    for row in rows:
        sheet.append([_safe(cell) for cell in row])
        written += 1
    buffer = BytesIO()
    book.save(buffer)
    log.info("export", what=name, rows=written, employee=getattr(request.user, "pk", None), query=request.GET.urlencode())
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _safe(cell: object) -> object:
    return ILLEGAL_CHARACTERS_RE.sub("", escape(cell)) if isinstance(cell, str) else cell


def page_of(request: HttpRequest, rows: QuerySet) -> Page:  # type: ignore[type-arg]
    """The page of a list that the address asks for."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
