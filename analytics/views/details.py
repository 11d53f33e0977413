"""Pages of the figures but returning and money; and the progress of one that is being computed."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from analytics import pages
from analytics.figures import coming_back, holidays, silent
from analytics.figures.registry import FIGURES
from analytics.figures.statistics import FEW
from analytics.models import Snapshot
from analytics.pages import Asked
from analytics.resources import SilentResource
from analytics.shown import charts, cohorts
from clients.models import ClientQuerySet
from imports.exports import export_rows, page_of
from messaging.selectors import may_be_called
from purchases.models import Occasion
from stores.bases.reading import from_replica
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, managers
from stores.selectors import counter
from visits.models import CHAIN
from workshop.models import ServiceKind

SILENT_LISTS = {
    "call": gettext_lazy("regulars who may be called"), "regulars": gettext_lazy("all regulars"),
    "once": gettext_lazy("came once"), "all": gettext_lazy("all"), "expected": gettext_lazy("expected soon"),
}  # fmt: skip


@require_GET
@managers
@from_replica
def coming_back_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "coming-back", "analytics/coming_back/coming_back.html", _coming_back)


def _coming_back(asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    """By quarters where the months are more than a screen holds and nobody asks for each."""
    rows = data["cohorts"]
    long = len(rows) > cohorts.FIT
    monthly = not long or asked.request.GET.get("by") == "months"
    return {
        "charts": charts.of_coming_back(data), "windows": coming_back.WINDOWS, "long": long, "monthly": monthly,
        "cohorts": cohorts.by_months(rows) if monthly else cohorts.by_quarters(rows), "together": cohorts.together(rows),
    }  # fmt: skip


@require_GET
@managers
@from_replica
def silent_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "silent", "analytics/silent/silent.html", _silent)


def _silent(asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    rules: Counter[str] = Counter()
    for side in data["now"].values():
        rules.update(side["rules"])
    return {
        "charts": charts.of_silent(data), "listed": _listed(asked, "call")[:10], "rules": rules.most_common(),
        "expected_clients": sum(week["clients"] for week in data["expected"]),
        "expected_sum": sum(week["usual"] for week in data["expected"]),
    }  # fmt: skip


def _listed(asked: Asked, show: str) -> ClientQuerySet:
    """Clients of one of the lists; who agreed to no call, cannot be reached or is left alone now is on no list to call."""
    if show == "call":
        return may_be_called(silent.listed("regulars", asked.today, asked.stores, asked.store), timezone.now())
    return silent.listed(show, asked.today, asked.stores, asked.store)


@require_GET
@managers
@shows_contacts()
@from_replica
def silent_list(request: CrmRequest, show: str) -> HttpResponse:
    """Whom to act on, the most at stake first; ``?export`` gives a workbook."""
    if show not in SILENT_LISTS:
        raise Http404
    asked = Asked(request)
    listed = _listed(asked, show)
    if "export" in request.GET:
        return export_rows(request, f"silent-{show}", SilentResource, listed)
    context = {**asked.context(), "page": page_of(request, listed), "show": show, "lists": SILENT_LISTS}
    return render(request, "analytics/silent/list.html", context)


@require_GET
@managers
@from_replica
def worth_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "worth", "analytics/worth/worth.html", _worth)


def _worth(_asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {**row, "each": row["stake"] / row["clients"] if row["stake"] and row["clients"] >= FEW else None}
        for row in data["groups"]["rows"]
    ]
    model = data["model"]
    longest = {name: max((row[name] or 0 for row in rows), default=0) for name in ("clients", "stake")}
    return {
        "charts": charts.of_worth(data), "clients": sum(row["clients"] for row in rows),
        "group_rows": [{**row, **{f"{name}_part": _part(row[name], longest[name]) for name in longest}} for row in rows],
        "ahead": sum(row["revenue"] or 0 for row in model["rows"]) if model else 0,
        "dearest": max((row for row in rows if row["each"]), key=lambda row: row["each"], default=None),
    }  # fmt: skip


def _part(value: float | None, longest: float) -> float | None:
    """In per cent of the longest bar; None where nothing is said."""
    return None if value is None or not longest else round(100 * value / longest, 1)


@require_GET
@managers
@from_replica
def people_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "people", "analytics/people/people.html")


@require_GET
@managers
@from_replica
def occasions_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "occasions", "analytics/occasions.html", _occasions)


def _occasions(_asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    names = dict(Occasion.choices)
    return {"rows": [{**row, "name": str(names.get(row["key"], row["key"]))} for row in data["by_occasion"]["rows"]]}


@require_GET
@managers
@from_replica
def companions_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "companions", "analytics/companions/companions.html")


@require_GET
@managers
@from_replica
def holidays_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "holidays", "analytics/occasions/holidays.html", _holidays, default="12-months")


def _holidays(_asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    names = {key: str(name) for key, (name, *_days) in holidays.HOLIDAYS.items()}
    return {"rows": [{**row, "name": f"{names.get(row['holiday'], row['holiday'])} {row['year']}"} for row in data["holidays"]]}


@require_GET
@managers
@from_replica
def desk_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "desk", "analytics/desk/desk.html", _desk)


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
