"""Lists from other systems: the file in, how far it is, its outcomes out."""

from datetime import datetime
from typing import Annotated, Literal

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from imports import intake, outcomes, services, specs, tasks, values
from imports.exports import stream_csv
from imports.models import Goal, ListImport
from imports.passes.handlers import NotReadyError
from stores.models import Employee

router = Router(tags=["lists"])
STEPS = {"apply": services.start, "pause": services.pause, "resume": services.resume, "undo": services.undo}


class ListProgress(Schema):
    """How far a list is. ``counts``: outcome → rows; ``values_to_say``: writings that nobody knows, until a person says on the
    list's page of values what they mean; ``sheets_left``: sheets of other columns, which were not read; ``seconds_left`` is null
    while nobody can tell."""

    id: int
    kind: str
    source: str
    file_name: str
    state: str
    error: str
    rows_total: int
    rows_done: int
    counts: dict[str, int]
    to_decide: int
    values_to_say: int
    sheets_left: list[str]
    rows_per_second: float | None
    seconds_left: int | None
    created_at: datetime
    finished_at: datetime | None


class Refusal(Schema):
    """Why something was not done, in words."""

    detail: str


@router.post("", response={202: ListProgress, 422: Refusal}, summary="Bring a list in")
def bring(
    request: HttpRequest,
    kind: Annotated[str, Form()],
    file: Annotated[UploadedFile, File()],
    source: Annotated[str, Form(max_length=40)] = "list",
    go_on: Annotated[Literal["preview", "apply"], Form()] = "preview",
    columns: Annotated[str, Form(max_length=2_000)] = "",
) -> Status[ListProgress]:
    """Take a file; it is read, previewed and, with ``go_on=apply``, applied in the background.

    ``columns`` are for a list without a row of headers: the names of its columns in their order, parted by commas, an unused one
    empty (``full_name,phone,,birth_date``).
    """
    if kind not in specs.registered():
        raise HttpError(422, _("There is no such kind of list: %(kind)s.") % {"kind": kind})
    try:
        given = intake.given_columns(specs.registered()[kind], columns)
    except intake.WrongColumnsError as error:
        raise HttpError(422, str(error)) from None
    kept = intake.keep_file(
        kind, file, file.name or "list", by=_employee(request), source=source or "list", goal=Goal(go_on), columns=given
    )
    transaction.on_commit(lambda: tasks.wake(kept.pk))
    return Status(202, _progress(kept))


@router.get("{int:pk}/", response=ListProgress, summary="How far a list is")
def progress(request: HttpRequest, pk: int) -> ListProgress:
    return _progress(get_object_or_404(ListImport, pk=pk))


@router.post("{int:pk}/{step}/", response={202: ListProgress, 409: Refusal}, summary="Apply, pause, resume or undo a list")
def step(request: HttpRequest, pk: int, step: Literal["apply", "pause", "resume", "undo"]) -> Status[ListProgress]:
    found = get_object_or_404(ListImport, pk=pk)
    try:
        STEPS[step](found)
    except NotReadyError as error:
        raise HttpError(409, _("The list is not in a state for this: %(state)s.") % {"state": error}) from None
    transaction.on_commit(lambda: tasks.wake(pk))
    return Status(202, _progress(found))


@router.get("{int:pk}/outcomes.csv", summary="What became of each row")
def outcomes_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """UTF-8 with ``;``: number, outcome, reason, then the list's own columns."""
    found = get_object_or_404(ListImport, pk=pk)
    return stream_csv(request, f"list-{pk}-outcomes", outcomes.table(found, intake.spec_of(found).say))


def _employee(request: HttpRequest) -> Employee:
    """As whom the key acts."""
    employee: Employee = request.auth  # type: ignore[attr-defined]
    return employee


def _progress(found: ListImport) -> ListProgress:
    found.refresh_from_db()
    return ListProgress(
        id=found.pk, kind=found.spec, source=found.source, file_name=found.file_name, state=found.state, error=str(found.error),
        rows_total=found.rows_total, rows_done=found.rows_done, counts=found.counts, to_decide=services.to_settle(found),
        values_to_say=values.open_writings(found, waiting=True), sheets_left=found.layout.get("sheets_left", []),
        rows_per_second=found.rows_per_second, seconds_left=found.seconds_left if found.is_running else None,
        created_at=found.created_at, finished_at=found.finished_at,
    )  # fmt: skip
