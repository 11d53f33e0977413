"""The admin's page of lists: upload, preview of what each row will become, apply, outcomes."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from imports import intake, outcomes, services, tasks
from imports.unpacking import UnreadableFileError
from imports.exports import export, page_of
from imports.forms import UploadForm
from imports.models import ImportState, ListImport, Outcome
from stores.policies import CrmRequest, admins


@require_http_methods(["GET", "POST"])
@admins
def lists(request: CrmRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        kept = intake.keep_file(form.cleaned_data["spec"], file, file.name, by=request.user)
        try:
            intake.find_layout(kept)
        except UnreadableFileError as error:
            form.add_error("file", str(error))
        else:
            transaction.on_commit(lambda: tasks.advance_list.delay(kept.pk))
            return redirect("imports:list", pk=kept.pk)
    page = page_of(request, ListImport.objects.select_related("created_by"))
    status = 422 if request.method == "POST" else 200
    return render(request, "imports/lists.html", {"form": form, "page": page}, status=status)


@require_GET
@admins
def list_page(request: CrmRequest, pk: int) -> HttpResponse:
    """One list: progress while it runs, then its rows by outcome."""
    found = get_object_or_404(ListImport.objects.select_related("created_by"), pk=pk)
    outcome = request.GET.get("outcome", "")
    rows = found.rows.filter(outcome=outcome) if outcome in Outcome.values else found.rows.all()
    context = {
        "list": found,
        "spec": intake.spec_of(found),
        "counts": _counts(found),
        "outcome": outcome,
        "page": page_of(request, rows),
        "columns": _columns(found),
    }
    return render(request, "imports/_progress.html" if request.htmx else "imports/list.html", context)


def _counts(found: ListImport) -> list[tuple[str, str, int]]:
    return [(outcome.value, str(outcome.label), found.counts.get(outcome.value, 0)) for outcome in Outcome]


def _columns(found: ListImport) -> list[tuple[str, str]]:
    """Header as written → what it was taken for."""
    spec, taken = intake.spec_of(found), {position: name for name, position in found.layout.get("columns", {}).items()}
    headers = found.layout.get("headers", [])
    return [(header, str(spec.column(taken[at]).label) if at in taken else "") for at, header in enumerate(headers)]


@require_POST
@admins
def apply(request: CrmRequest, pk: int) -> HttpResponse:
    """Start applying once, however often the button is pressed."""
    started = ListImport.objects.filter(pk=pk, state=ImportState.PLANNED).update(
        state=ImportState.APPLYING, rows_done=0, counts={}, touched_at=timezone.now()
    )
    if started:
        transaction.on_commit(lambda: tasks.advance_list.delay(pk))
    else:
        messages.info(request, _("This list is already being applied."))
    return redirect("imports:list", pk=pk)


@require_GET
@admins
def outcomes_file(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(ListImport, pk=pk)
    header, *rows = outcomes.table(found, intake.spec_of(found).say)
    return export(request, f"list-{pk}-outcomes", header, rows)


@require_GET
@admins
def original(request: CrmRequest, pk: int) -> FileResponse:
    found = get_object_or_404(ListImport, pk=pk)
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
