"""The page of calls: what sellers did, what clients agreed to, and who came."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analytics.figures import calls
from analytics.pages import Asked
from imports.exports import export_rows, page_of
from messaging.models import Errand
from messaging.resources import ErrandResource
from stores.bases.reading import from_replica
from stores.policies import CrmRequest, managers
from stores.selectors import counter


def _found(request: CrmRequest, asked: Asked) -> list[calls.Call]:
    stores = [asked.store] if asked.store else counter(request).stores
    return calls.calls(*asked.period, stores=stores, today=asked.today)


@require_GET
@managers
@from_replica
def calls_page(request: CrmRequest) -> HttpResponse:
    """Closed errands of the period by topic, seller and store."""
    asked = Asked(request, default="12-months")
    told = calls.call_figures(_found(request, asked))
    context = {
        **asked.context(),
        "total": told.total,
        "cuts": [("topic", told.topic), ("seller", told.seller), ("store", told.store)],
        "problems": told.problem,
    }
    return render(request, "analytics/calls/calls.html", context)


@require_GET
@managers
@from_replica
def calls_behind(request: CrmRequest, show: str) -> HttpResponse:
    """The errands behind a number of the page; ``?export`` gives a workbook."""
    if show not in calls.SHOWN:
        raise Http404
    asked = Asked(request, default="12-months")
    keys = calls.behind(_found(request, asked), show, by=request.GET.get("by", ""), key=request.GET.get("key", ""))
    listed = Errand.objects.filter(pk__any=keys).select_related("client", "store", "done_by").prefetch_related("steps")
    listed = listed.order_by("-done_at", "-pk")
    if "export" in request.GET:
        return export_rows(request, f"calls-{show}", ErrandResource, listed)
    return render(request, "analytics/calls/behind.html", {**asked.context(), "page": page_of(request, listed)})
