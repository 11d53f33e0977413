"""What all programs, campaigns and evenings brought, on one page, and the clients behind its numbers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from analytics.figures import periods
from analytics.figures.periods import Period
from analytics.pages import Asked, figure_page
from campaigns.effects.brought import FIGURE
from campaigns.effects.following import Following
from campaigns.models import OF_EVENING, SOURCE, Program
from campaigns.resources import ReachedResource
from imports.exports import export_rows, page_of
from messaging import naming
from stores.lookups import shows_contacts
from stores.models import Store
from stores.policies import CrmRequest, managers

KINDS = {SOURCE: gettext_lazy("campaign"), OF_EVENING: gettext_lazy("evening")}
PROGRAM = gettext_lazy("program")
COUNTED = ("buyers", "orders", "revenue", "discounts", "bonuses", "messages", "segments", "cost", "calls", "minutes")


@require_GET
@managers
def brought(request: CrmRequest) -> HttpResponse:
    return figure_page(request, FIGURE.name, "campaigns/brought.html", fill)


def fill(asked: Asked, data: dict[str, Any]) -> dict[str, Any]:
    """The rows with their names, and the months and stores beside the revenue of the period; ``source`` chooses one of them."""
    named = naming.named([row["source"] for row in data["sources"]])
    chosen = asked.request.GET.get("source", "")
    chosen = chosen if chosen in named else ""
    rows = [{**row, **_whose(row["source"], named)} for row in data["sources"]]
    _link(rows)
    whole = {name: sum(row[name] for row in rows) for name in COUNTED} | data["total"]
    names = {store.pk: store.name for store in Store.objects.all()}
    months, stores = ({row[name] for row in data["of_period"]} for name in ("month", "store"))
    kept = sum(cell["carded"] + cell["bare"] for cell in data["of_period"])
    return {
        "shop": asked.store.pk if asked.store else "", "rows": rows, "whole": whole, "kept": kept,
        "share": _share(whole["revenue"], kept), "source": chosen,
        "source_name": named.get(chosen, ""),
        "months": [{"key": key, **_inside(key, asked.period), **_beside(data, "month", key, chosen)} for key in sorted(months)],
        "stores": sorted(
            ({"key": key, "name": names.get(key, key), **_beside(data, "store", key, chosen)} for key in stores),
            key=lambda row: -row["revenue"],
        ),
    }  # fmt: skip


def _whose(source: str, named: dict[str, str]) -> dict[str, Any]:
    """What a source is called and what it is: by the beginning of its name, where nobody knows it."""
    prefix, _colon, number = source.partition(":")
    kind = KINDS.get(prefix, PROGRAM if not number else prefix)
    return {"kind": kind, "name": f"{kind} {number}" if number and named[source] == source else named[source]}


def _link(rows: Iterable[dict[str, Any]]) -> None:
    """Each row to its own page, where there is one. One query."""
    programs = dict(Program.objects.values_list("key", "pk"))
    for row in rows:
        prefix, _colon, number = row["source"].partition(":")
        if row["source"] in programs:
            row["href"] = reverse("campaigns:program", args=[programs[row["source"]]]) + "#effect"
        elif prefix == SOURCE and number.isdecimal():
            row["href"] = reverse("campaigns:campaign", args=[int(number)])
        elif prefix == OF_EVENING and number.isdecimal():
            row["href"] = reverse("campaigns:evening", args=[int(number)])


def _beside(data: dict[str, Any], name: str, key: Any, chosen: str) -> dict[str, Any]:
    """What followed in a month or a store, beside all that was kept there. Buyers of several sources cannot be added up."""
    sums: dict[str, float] = defaultdict(float)
    for row in data[f"by_{name}"]:
        if row[name] == key and chosen in ("", row["source"]):
            sums["orders"] += row["orders"]
            sums["revenue"] += row["revenue"]
    kept = sum(cell["carded"] + cell["bare"] for cell in data["of_period"] if cell[name] == key)
    return {"orders": int(sums["orders"]), "revenue": sums["revenue"], "kept": kept, "share": _share(sums["revenue"], kept)}


def _inside(key: str, period: Period) -> dict[str, Any]:
    """The days of a month that are inside the period."""
    days = periods.month(date.fromisoformat(f"{key}-01"))
    return {"first": max(days.first, period.first), "last": min(days.last, period.last)}


def _share(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


@require_GET
@managers
@shows_contacts()
def brought_clients(request: CrmRequest) -> HttpResponse:
    """Who bought after a contact in the period, of a source or of all; ``?export`` gives a workbook."""
    asked, source = Asked(request), request.GET.get("source", "")[:50]
    listed = Following(*asked.period, stores=asked.stores).clients(source=source)
    if "export" in request.GET:
        return export_rows(request, "brought", ReachedResource, listed)
    name = naming.named([source])[source] if source else _("all together")
    context = {**asked.context(), "page": page_of(request, listed), "source": source, "name": name}
    return render(request, "campaigns/brought_clients.html", context)
