"""The list of all clients, and what can be done with those who are ticked."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from analytics.pages import Asked
from analytics.resources import SegmentResource
from clients.models import Client
from crm_site.pages import columns, everybody
from imports.exports import export_rows, page_of
from stores.bases.reading import from_replica
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, managers
from stores.selectors import counter, store_of

KEPT, SHOWN = "client_columns", 20


@require_GET
@managers
@shows_contacts()
@from_replica
def everybody_list(request: CrmRequest) -> HttpResponse:
    """Clients whom the address means; ``?export`` gives a workbook. A page counts as a look-up."""
    asked = Asked(request)
    question = everybody.Question(request.GET, stores=asked.stores, today=asked.today)
    if (changed := _changed(request, question)) is not None:
        return redirect(f"{request.path}?{changed}")
    if "export" in request.GET:
        return export_rows(request, "all-clients", SegmentResource, _with_facts(question.clients).order_by("name_key", "pk"))
    shown = columns.shown(_columns_of(request), request.GET.get("sort", ""))
    page = page_of(request, columns.in_order(_with_facts(question.clients), shown.sort))
    context = {
        **asked.context(), "question": question, "builder": question.builder, "shown": shown, "page": page,
        "rows": [(client, shown.cells(client)) for client in page], "all_columns": list(columns.COLUMNS.items()),
        "presets": everybody.presets(), "editing": request.GET.get("edit", ""), "most": everybody.MOST_TASKS,
    }  # fmt: skip
    return render(request, "pages/everybody/everybody.html", context)


def _changed(request: CrmRequest, question: everybody.Question) -> str | None:
    """The address after a condition was added or taken out; None for neither."""
    builder = question.builder
    if out := request.GET.get("out"):
        return builder.without(out).urlencode()
    if add := request.GET.get("add"):
        more = builder.with_one_more(str(builder.next.group), add)
        if builder.asks_for_more(add):
            more["edit"] = str(builder.next.number)
        return more.urlencode()
    return None


def _columns_of(request: CrmRequest) -> list[str]:
    """The columns that the address chooses, kept for the session; else those that were chosen before."""
    if "cols" in request.GET:
        request.session[KEPT] = request.GET.getlist("col")
    kept: list[str] = request.session.get(KEPT, [])
    return kept


def _with_facts(clients: "QuerySet[Client]") -> "QuerySet[Client]":
    return clients.select_related("home_store", "activity", "rhythm")


@require_http_methods(["GET", "POST"])
@managers
def give_task(request: CrmRequest) -> HttpResponse:
    """A task for sellers about the clients that were ticked, or about all whom the list meant."""
    here, store = counter(request), store_of(request)
    clients = everybody.chosen(request.GET, stores=here.stores, sees_chain=here.sees_chain, today=store.today())
    form = everybody.TaskForm(request.POST or None, today=store.today())
    if request.method == "POST" and form.is_valid():
        made, left_out = everybody.give_task(clients, form.cleaned_data, store=store, by=request.user.pk)
        messages.success(request, _told(made, left_out))
        return redirect("messaging:errands")
    context = {"form": form, "clients": clients[:SHOWN], "count": clients.count(), "shown": SHOWN, "most": everybody.MOST_TASKS}
    return render(request, "pages/everybody/give_task.html", context, status=422 if request.method == "POST" else 200)


def _told(made: int, left_out: int) -> str:
    words = ngettext("%(n)s task is given.", "%(n)s tasks are given.", made) % {"n": made}
    if not left_out:
        return words
    return words + " " + ngettext(
        "%(n)s client was left out: no consent to calls, no phone, a pause or the limit of contacts.",
        "%(n)s clients were left out: no consent to calls, no phone, a pause or the limit of contacts.", left_out,
    ) % {"n": left_out}  # fmt: skip
