"""Pages of the figures but returning and money; and the progress of one that is being computed."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from analytics import pages
from analytics.asking.conditions import GROUP_NAMES
from analytics.figures import coming_back, silent
from analytics.figures.registry import FIGURES
from analytics.models import Snapshot
from analytics.pages import Asked
from analytics.resources import SilentResource
from analytics.shown import charts
from imports.exports import export_rows, page_of
from stores.policies import CrmRequest, managers
from stores.selectors import counter
from visits.models import CHAIN
from workshop.models import ServiceKind

SILENT_LISTS = {
    "regulars": gettext_lazy("regulars"), "once": gettext_lazy("came once"), "all": gettext_lazy("all"),
    "expected": gettext_lazy("expected soon"),
}  # fmt: skip


@require_GET
@managers
def coming_back_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "coming-back", "analytics/coming_back.html", _coming_back)


def _coming_back(_asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    return {"charts": charts.of_coming_back(data), "windows": coming_back.WINDOWS}


@require_GET
@managers
def silent_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "silent", "analytics/silent.html", _silent)


def _silent(asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    listed = silent.listed("regulars", asked.today, asked.stores, asked.store)
    rules: Counter[str] = Counter()
    for side in data["now"].values():
        rules.update(side["rules"])
    return {
        "charts": charts.of_silent(data), "listed": listed[:10], "rules": rules.most_common(),
        "expected_clients": sum(week["clients"] for week in data["expected"]),
        "expected_sum": sum(week["usual"] for week in data["expected"]),
    }  # fmt: skip


@require_GET
@managers
def silent_list(request: CrmRequest, show: str) -> HttpResponse:
    """Whom to act on, the most at stake first; ``?export`` gives a workbook."""
    if show not in SILENT_LISTS:
        raise Http404
    asked = Asked(request)
    listed = silent.listed(show, asked.today, asked.stores, asked.store)
    if "export" in request.GET:
        return export_rows(request, f"silent-{show}", SilentResource, listed)
    context = {**asked.context(), "page": page_of(request, listed), "show": show, "lists": SILENT_LISTS}
    return render(request, "analytics/silent_list.html", context)


@require_GET
@managers
def worth_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "worth", "analytics/worth.html", _worth)


def _worth(_asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    clients = sum(row["clients"] for row in data["groups"]["rows"])
    return {"charts": charts.of_worth(data), "group_names": GROUP_NAMES, "clients": clients}


@require_GET
@managers
def people_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "people", "analytics/people.html")


@require_GET
@managers
def desk_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "desk", "analytics/desk.html", _desk)


def _desk(_asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    kinds = [{**row, "name": str(ServiceKind(row["key"]).label)} for row in data["kept_word"]["by_kind"]]
    return {"kinds": kinds, "charts": charts.of_desk(kinds)}


@require_GET
@managers
def progress(request: CrmRequest, pk: int) -> HttpResponse:
    """How far a figure is; the page comes anew when it is there."""
    pending = get_object_or_404(Snapshot, pk=pk)
    here = counter(request)
    if not (here.sees_chain if pending.scope == CHAIN else any(store.pk == pending.scope for store in here.stores)):
        raise Http404
    if pending.data is not None:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "analytics/_progress.html", {"pending": pending, "figure": FIGURES[pending.figure]})
