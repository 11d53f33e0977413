"""Data quality: what is missing, doubtful and conflicting, per store and seller, and the cards behind each number."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from clients import invented, quality, rights
from clients.resources import LackingResource
from imports.exports import export_rows, export_table, page_of
from stores.lookups import shows_contacts
from stores.models import Role, Store
from stores.policies import CrmRequest, managers
from stores.selectors import counter, whole_number

# How long the number beside the button may be old: to count them reads every contact of the base.
COUNTED = 300  # seconds


@require_GET
@managers
def overview(request: CrmRequest) -> HttpResponse:
    """Lines per store and per seller; ``?export`` gives both as a workbook."""
    stores = counter(request).stores
    lines, sellers = quality.by_store(stores), quality.by_seller(stores)
    if "export" in request.GET:
        header = [
            _("Store or seller"), _("Cards"), _("Lack something"), _("No name"), _("No birth date"), _("No phone"),
            _("No e-mail"), _("Doubtful"), _("Conflicting"), _("Perhaps twice"),
            _("Asked, no e-mail"),
            _("No consent to data"),
        ]  # fmt: skip
        return export_table(request, "quality", header, ([line.name, *line[2:]] for line in [*lines, *sellers]))
    context = {"lines": lines, "sellers": sellers, "few": quality.FEW, "invented": _count_invented(stores)}
    if request.user.role == Role.ADMIN:
        context["to_erase"] = rights.count_to_erase()
    return render(request, "pages/quality/quality.html", context)


@require_GET
@managers
@shows_contacts()
def cards(request: CrmRequest) -> HttpResponse:
    """The cards behind a number of the overview; ``?export`` gives a workbook."""
    what = request.GET.get("what", "")
    store, seller = whole_number(request.GET.get("store", "")), whole_number(request.GET.get("seller", ""))
    found = quality.cards_behind(what, counter(request).stores, store=store, seller=seller)
    if "export" in request.GET:
        return export_rows(request, "quality-cards", LackingResource, found)
    return render(request, "pages/quality/cards.html", {"page": page_of(request, found), "what": what})


def _counted_at(stores: list[Store]) -> str:
    return f"invented:{'-'.join(str(store.pk) for store in stores)}"


def _count_invented(stores: list[Store]) -> int:
    return cache.get_or_set(_counted_at(stores), lambda: invented.Suspects(stores).count(), COUNTED) or 0


@require_GET
@managers
@shows_contacts()
def made_up(request: CrmRequest) -> HttpResponse:
    """Contacts that look invented, for a manager to settle; below them what was settled, to be undone."""
    stores = counter(request).stores
    suspects: Any = invented.Suspects(stores)  # counts itself and gives a part: all that a page asks
    context = {"page": page_of(request, suspects), "settled": invented.settled(stores, now=timezone.now())}
    return render(request, "pages/quality/invented.html", context)


@require_POST
@managers
def settle_made_up(request: CrmRequest) -> HttpResponse:
    stores, value, is_real = counter(request).stores, request.POST.get("value", ""), request.POST.get("is_real") == "1"
    times = invented.settle(value, stores, is_real=is_real, by=request.user, now=timezone.now())
    cache.delete(_counted_at(stores))
    if not times:
        messages.info(request, _("This is settled already."))
    elif is_real:
        messages.success(request, _("%(contact)s is real and is not asked about again.") % {"contact": value})
    else:
        text = ngettext("It is asked for again: %(n)s card.", "It is asked for again: %(n)s cards.", times)
        messages.success(request, text % {"n": times})
    return redirect("pages:quality_invented")


@require_POST
@managers
def unsettle_made_up(request: CrmRequest) -> HttpResponse:
    """Undo of one decision, named by its contact and its moment."""
    stores, at = counter(request).stores, parse_datetime(request.POST.get("at", ""))
    if at and invented.unsettle(request.POST.get("value", ""), at, stores):
        messages.success(request, _("Put back: it is asked about again."))
    cache.delete(_counted_at(stores))
    return redirect("pages:quality_invented")
