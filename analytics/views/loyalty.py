"""The manager's page of loyalty, and the rows behind its figures."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from analytics import pages
from analytics.figures import loyalty, periods
from analytics.pages import Asked
from analytics.resources import LotResource, MoveResource, TierResource
from analytics.shown import charts
from clients.models import LIVE, Client
from imports.exports import export_rows, page_of
from imports.resources import SafeResource
from loyalty import selectors as loyalty_selectors
from loyalty.models import EntryKind, Member, Source
from stores.bases.reading import from_replica
from stores.chain_day import day_of
from stores.policies import CrmRequest, managers
from stores.selectors import whole_number

KINDS: dict[str, dict[str, Any]] = {
    "earned": {"kind": EntryKind.EARN, "lot__source": Source.PURCHASE}, "given": {"kind": EntryKind.EARN},
    "spent": {"kind__in": [EntryKind.SPEND, EntryKind.UNSPEND]}, "ended": {"kind": EntryKind.EXPIRE},
    "revoked": {"kind": EntryKind.REVOKE},
}  # fmt: skip
MEMBERS = Prefetch("lot__account__members", Member.objects.present().select_related("client"), to_attr="shown_members")


@require_GET
@managers
@from_replica
def loyalty_page(request: CrmRequest) -> HttpResponse:
    return pages.figure_page(request, "loyalty", "analytics/loyalty/loyalty.html", _loyalty)


def _loyalty(asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    for part in ("cost", "moves", "liability"):
        for row in data[part]["by_month"]:
            row["day"], (row["first"], row["last"]) = _first(row["month"]), periods.month(_first(row["month"]))
    days = f"first={asked.period.first}&last={asked.period.last}"
    return {
        "charts": charts.of_loyalty(data), "terms": loyalty_selectors.terms_on(day_of(timezone.now())), "days_query": days,
        "receipts_url": f"{reverse('purchases:receipts')}?{days}&store=",
    }  # fmt: skip


@require_GET
@managers
@from_replica
def loyalty_rows(request: CrmRequest, show: str) -> HttpResponse:
    """Lots that end in a month, moves of bonuses, or clients of a tier; ``?export`` gives a workbook."""
    if show not in ROWS:
        raise Http404
    asked = Asked(request)
    rows_of, resource = ROWS[show]
    rows = rows_of(asked)
    if "export" in request.GET:
        return export_rows(request, f"loyalty-{show}", resource, rows)
    return render(request, "analytics/loyalty/rows.html", {**asked.context(), "page": page_of(request, rows), "show": show})


def _ending(asked: Asked) -> "QuerySet[Any]":
    lots = loyalty.living(asked.store, day_of(timezone.now()))
    if month := _month(asked):
        lots = lots.filter(until_on__range=periods.month(month))
    members = Prefetch("account__members", MEMBERS.queryset, to_attr="shown_members")
    return lots.select_related("account").prefetch_related(members).order_by("until_on", "pk")


def _moves(asked: Asked) -> "QuerySet[Any]":
    what = asked.request.GET.get("what", "")
    month = _month(asked)
    entries = loyalty.entries_of(asked.store, periods.month(month) if month else asked.period).filter(**KINDS.get(what, {}))
    if what == "given":
        entries = entries.exclude(lot__source=Source.PURCHASE)
    return entries.select_related("lot__account", "by").prefetch_related(MEMBERS).order_by("-on", "-pk")


def _tier(asked: Asked) -> "QuerySet[Any]":
    keys = loyalty.clients_on(whole_number(asked.request.GET.get("place", "")), asked.period.last, asked.store)
    clients = Client.objects.filter(pk__in=keys, state__in=LIVE).select_related("home_store", "activity")
    return clients.order_by("-activity__spent", "pk")


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _month(asked: Asked) -> date | None:
    try:
        return _first(asked.request.GET.get("month", ""))
    except ValueError:
        return None


ROWS: dict[str, tuple[Callable[[Asked], "QuerySet[Any]"], type[SafeResource]]] = {
    "ending": (_ending, LotResource), "moves": (_moves, MoveResource), "tier": (_tier, TierResource),
}  # fmt: skip
