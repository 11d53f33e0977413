"""The admin's pages of lists: upload, columns, preview of what each row becomes, decisions, apply, undo, outcomes."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from imports import intake, outcomes, selectors, services, tasks
from imports.exports import XLSX, TooManyRowsError, export_table, page_of, stream_csv
from imports.files import reading
from imports.files.unpacking import UnreadableFileError
from imports.forms import ColumnsForm, LayoutForm, UploadForm, ValuesForm
from imports.models import Decision, ImportState, ListImport, StagedRow
from imports.passes.handlers import NotReadyError
from imports.resources import MOST_ROWS
from imports.services import StillInUseError
from stores.policies import CrmRequest, admins

STEPS = {
    "apply": services.start,
    "pause": services.pause,
    "resume": services.resume,
    "undo": services.undo,
    "again": services.back_to_columns,
}
ON_ITS_WAY = gettext_lazy("This list is already on its way, here or as another upload of the same file.")
# Where a person is wanted before there are rows to look at.
PAGES_OF = {ImportState.READ.value: "imports:columns", ImportState.ASKING.value: "imports:values"}


@require_http_methods(["GET", "POST"])
@admins
def lists(request: CrmRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None, initial={"spec": request.GET.get("spec")})
    if request.method == "POST" and form.is_valid():
        kept = _take(request, form)
        if kept:
            return redirect("imports:list", pk=kept.pk)
    page = page_of(request, ListImport.objects.select_related("created_by", "corrects"))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "page": page, "sources": selectors.sources()}
    return render(request, "imports/lists.html", context, status=status)


def _take(request: CrmRequest, form: UploadForm) -> ListImport | None:
    """Keep the file; a small one is read at once, so that what is wrong with it stands beside the field."""
    said = form.cleaned_data
    kept = intake.keep_file(said["spec"], said["file"], said["file"].name, by=request.user, source=said["source"])
    try:
        if said["file"].size <= settings.IMPORT_READ_AT_ONCE_BYTES:
            intake.find_layout(kept)
        else:
            transaction.on_commit(lambda: tasks.wake(kept.pk))
    except UnreadableFileError as error:
        form.add_error("file", str(error))
        return None
    return kept


@require_GET
@admins
def list_page(request: CrmRequest, pk: int) -> HttpResponse:
    """One list: its columns and values first, progress while it runs, then its rows by what became of them."""
    found = get_object_or_404(ListImport.objects.select_related("created_by", "corrects"), pk=pk)
    if found.state in PAGES_OF:
        to = reverse(PAGES_OF[found.state], args=[pk])
        return HttpResponse(headers={"HX-Redirect": to}) if request.htmx else redirect(to)
    show = request.GET.get("show", "")
    context = selectors.overview(found) | {"show": show, "page": page_of(request, selectors.rows_shown(found, show))}
    return render(request, "imports/_list.html" if request.htmx else "imports/list.html", context)


@require_http_methods(["GET", "POST"])
@admins
def columns(request: CrmRequest, pk: int) -> HttpResponse:
    """How the file is read and what its columns are; then on to the preview."""
    found = get_object_or_404(ListImport, pk=pk)
    if found.state != ImportState.READ:
        return redirect("imports:list", pk=pk)
    sample = reading.sample(intake.path_of(found), reading.Layout.of(found.layout))
    form = ColumnsForm(request.POST or None, list_import=found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        intake.choose_columns(found, said["columns"], by=request.user)
        services.prepare(found, prefer=said.get("prefer"))
        transaction.on_commit(lambda: tasks.wake(pk))
        return redirect("imports:list", pk=pk)
    layout_form = LayoutForm(list_import=found, sample=len(sample))
    context = {"list": found, "spec": intake.spec_of(found), "form": form, "layout_form": layout_form, "sample": sample}
    context |= {"twin": services.twin(found)}
    return render(request, "imports/columns.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@admins
def layout(request: CrmRequest, pk: int) -> HttpResponse:
    """Read the file again the way a person says."""
    found = get_object_or_404(ListImport, pk=pk, state=ImportState.READ)
    sample = reading.sample(intake.path_of(found), reading.Layout.of(found.layout))
    form = LayoutForm(request.POST, list_import=found, sample=len(sample))
    if form.is_valid():
        try:
            intake.find_layout(found, form.choice())
        except UnreadableFileError as error:
            ListImport.objects.filter(pk=pk).update(state=ImportState.READ, error="")
            messages.error(request, str(error))
    return redirect("imports:columns", pk=pk)


@require_http_methods(["GET", "POST"])
@admins
def values(request: CrmRequest, pk: int) -> HttpResponse:
    """What the writings of a list mean; then on to the preview, or to the rows of an applied list that waited."""
    found = get_object_or_404(ListImport, pk=pk)
    if found.state not in services.ANSWERABLE:
        return redirect("imports:list", pk=pk)
    form = ValuesForm(request.POST if request.method == "POST" else None, list_import=found)
    if request.method == "POST" and form.is_valid():
        return _answer(request, found, form)
    context = {"list": found, "spec": intake.spec_of(found), "form": form}
    return render(request, "imports/values.html", context, status=422 if request.method == "POST" else 200)


def _answer(request: CrmRequest, found: ListImport, form: ValuesForm) -> HttpResponse:
    try:
        services.answer_values(found, form.answers(), by=request.user)
    except NotReadyError:
        messages.info(request, ON_ITS_WAY)
    else:
        transaction.on_commit(lambda: tasks.wake(found.pk))
    return redirect("imports:list", pk=found.pk)


@require_POST
@admins
def step(request: CrmRequest, pk: int, name: str) -> HttpResponse:
    """Apply, pause, go on, take back; each once, however often the button is pressed."""
    found = get_object_or_404(ListImport, pk=pk)
    if name not in STEPS:
        raise Http404
    try:
        STEPS[name](found)
    except NotReadyError:
        messages.info(request, ON_ITS_WAY)
    else:
        transaction.on_commit(lambda: tasks.wake(pk))
    return redirect("imports:list", pk=pk)


@require_GET
@admins
def settle_page(request: CrmRequest, pk: int) -> HttpResponse:
    """One row at a time that the rules left open, beside the card that it touches."""
    found = get_object_or_404(ListImport, pk=pk)
    after = request.GET.get("after", "")
    row = selectors.next_to_settle(found, after=int(after) if after.isdecimal() else 0)
    if row is None:
        messages.success(request, _("Nothing more to decide in this list."))
        return redirect("imports:list", pk=pk)
    context = {"list": found, "row": row, "left": services.to_settle(found)} | selectors.side_by_side(found, row)
    return render(request, "imports/settle.html", context)


@require_POST
@admins
def settle(request: CrmRequest, pk: int, number: int) -> HttpResponse:
    row = get_object_or_404(StagedRow.objects.select_related("list_import"), list_import=pk, number=number)
    decision = request.POST.get("decision", "")
    if decision not in ("", *Decision.values):
        return HttpResponseBadRequest()
    try:
        if decision:
            services.settle(row, Decision(decision), by=request.user)
        else:
            services.unsettle(row)
    except StillInUseError as error:
        messages.error(
            request, _("The card of this row is in use: %(why)s.") % {"why": intake.spec_of(row.list_import).say(str(error))}
        )
    except NotReadyError:
        messages.info(request, _("This row leaves nothing to decide now."))
    return redirect(
        f"{reverse('imports:settle_page', args=[pk])}?after={number}" if decision else reverse("imports:list", args=[pk])
    )


@require_POST
@admins
def accept(request: CrmRequest, pk: int, number: int) -> HttpResponse:
    """Take what a broken cell may have meant."""
    row = get_object_or_404(StagedRow.objects.select_related("list_import"), list_import=pk, number=number)
    if services.accept_suggestion(row, by=request.user):
        messages.success(request, _("Written on the card."))
    return redirect(f"{reverse('imports:list', args=[pk])}?show={request.POST.get('show', '')}")


@require_GET
@admins
def outcomes_file(request: CrmRequest, pk: int, kind: str) -> HttpResponseBase:
    """The rows with what became of them, to correct by hand and upload again."""
    found = get_object_or_404(ListImport, pk=pk)
    table = outcomes.table(found, intake.spec_of(found).say, outcome=request.GET.get("outcome", ""))
    name = f"list-{pk}-outcomes"
    if kind != XLSX:
        return stream_csv(request, name, table)
    try:
        return export_table(request, name, next(table), table)
    except TooManyRowsError:
        words = _("A workbook holds %(most)s rows. Take the CSV, or the rows of one outcome.") % {"most": MOST_ROWS}
        messages.warning(request, words)
        return redirect("imports:list", pk=pk)


@require_GET
@admins
def original(request: CrmRequest, pk: int) -> FileResponse:
    found = get_object_or_404(ListImport.objects.exclude(file=""), pk=pk)
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
