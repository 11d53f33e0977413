"""What goes out of Carat as a file: bounded, safe to open in a spreadsheet, and noted with who took it. Public.

Rows of the base go out by ``export_rows``, through the resource that names their columns. A table that is no rows of the
base (a figure) goes out by ``export_table``; the outcomes of a list, under the list's own headers, also by ``stream_csv``.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

import structlog
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from imports.cells import escape
from imports.resources import MOST_ROWS, SafeResource
from stores import services as stores_services
from stores.models import ChainRight, Employee
from stores.policies import NotPermittedError

log = structlog.get_logger(__name__)
CSV, XLSX = "csv", "xlsx"
TYPES = {CSV: "text/csv; charset=utf-8", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
ROWS = 50


class TooManyRowsError(Exception):
    """A table is larger than a file that somebody waits for."""


def export_rows(
    request: HttpRequest, name: str, resource: type[SafeResource], rows: "QuerySet[Any]", *, kind: str = XLSX, note: str = ""
) -> HttpResponse:
    """Rows of the base as a file, by ``?export=csv`` as CSV. Where they are too many, back to their page, which says
    what to do instead.

    One query more than the rows take. Raises NotPermittedError where contacts are not this person's to take.
    """
    if resource.has_contacts and not _may_take_contacts(request):
        log.warning("export.forbidden", what=name, employee=request.user.pk)
        raise NotPermittedError(_("These rows have clients' contacts. An admin of the chain can permit you to take them out."))
    if rows.order_by().values("pk")[: MOST_ROWS + 1].count() > MOST_ROWS:
        log.info("export.refused", what=name)
        messages.warning(request, _("An export holds %(most)s rows. Choose a store, or narrow the list.") % {"most": MOST_ROWS})
        return redirect(_without_export(request))
    header, *table = resource().lines(rows)
    kind = CSV if request.GET.get("export") == CSV else kind
    return export_table(request, name, header, table, kind=kind, note=note)


def _may_take_contacts(request: HttpRequest) -> bool:
    return isinstance(request.user, Employee) and request.user.may(ChainRight.EXPORTS)


def export_table(
    request: HttpRequest,
    name: str,
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    kind: str = XLSX,
    note: str = "",
) -> HttpResponse:
    """A table as a file. Raises TooManyRowsError beyond the bound; then nothing is noted, for nothing was taken."""
    table = list(islice(rows, MOST_ROWS + 1))
    if len(table) > MOST_ROWS:
        raise TooManyRowsError
    lines = [header, *table]
    _note(request, name, len(table), note)
    return HttpResponse(written(name, lines, kind), content_type=TYPES[kind], headers=_attached(f"{name}.{kind}"))


def written(name: str, lines: Sequence[Sequence[object]], kind: str) -> bytes:
    """A table, its header first, as the content of a file."""
    return _workbook(name, lines) if kind == XLSX else "".join(_csv_lines(lines)).encode()


def stream_csv(request: HttpRequest, name: str, lines: Iterable[Sequence[object]], *, note: str = "") -> StreamingHttpResponse:
    """A table, its header first, as its lines come, however many: nobody waits for the last one to get the first."""
    text = _noted(request, name, _csv_lines(lines), note)
    return StreamingHttpResponse(text, content_type=TYPES[CSV], headers=_attached(f"{name}.csv"))


def _noted(request: HttpRequest, name: str, text: Iterable[str], note: str) -> Iterator[str]:
    """The text of a table; at its end, or where the reader goes away, it is noted how many rows were taken."""
    taken = 0
    try:
        for taken, line in enumerate(text, start=-1):  # noqa: B007 — the mark and the header are none of the rows
            yield line
    finally:
        _note(request, name, max(taken, 0), note)


def _workbook(name: str, lines: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:30])
    for line in lines:
        sheet.append([_safe(cell) for cell in line])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _attached(file_name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{file_name}"'}


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(lines: Iterable[Sequence[object]]) -> Iterator[str]:
    """With the mark of UTF-8 and ``;``, as a Russian spreadsheet expects."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    for line in lines:
        yield writer.writerow([_safe(cell) for cell in line])


def _safe(cell: object) -> object:
    """A cell that neither a spreadsheet takes for a formula nor a workbook refuses; what is escaped already is a text of
    its own."""
    if isinstance(cell, datetime):
        return timezone.localtime(cell).replace(tzinfo=None) if timezone.is_aware(cell) else cell
    return escape(str(cell)) if isinstance(cell, str | Promise) else cell


def _note(request: HttpRequest, name: str, rows: int, note: str) -> None:
    by = request.user if isinstance(request.user, Employee) else getattr(request, "auth", None)
    asked = request.GET.copy()
    if asked.get("q"):  # a phone or a surname as a rule: neither the log nor the record outlives the person
        asked["q"] = "…"
    stores_services.note_export(name, rows=rows, query=note or asked.urlencode(), by=by)


def _without_export(request: HttpRequest) -> str:
    """The address of the page that asked for a file."""
    asked = request.GET.copy()
    asked.pop("export", None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


def page_of(request: HttpRequest, rows: "QuerySet[Any] | Sequence[Any]", *, count: int | None = None) -> Page:  # type: ignore[type-arg]
    """The page of a list that the address asks for. ``count``: how many rows there are, where the caller counts them faster."""
    pages = Paginator(rows, ROWS)
    if count is not None:
        pages.count = count  # a cached property
    return pages.get_page(request.GET.get("page"))
