"""Data quality: what is missing, doubtful and conflicting, per store and seller, and the cards behind each number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clients import quality, rights
from clients.resources import LackingResource
from imports.exports import export_rows, export_table, page_of
from stores.models import Role
from stores.policies import CrmRequest, managers
from stores.selectors import counter, whole_number


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
    context = {"lines": lines, "sellers": sellers, "few": quality.FEW}
    if request.user.role == Role.ADMIN:
        context["to_erase"] = rights.count_to_erase()
    return render(request, "pages/quality.html", context)


@require_GET
@managers
def cards(request: CrmRequest) -> HttpResponse:
    """The cards behind a number of the overview; ``?export`` gives a workbook."""
    what = request.GET.get("what", "")
    store, seller = whole_number(request.GET.get("store", "")), whole_number(request.GET.get("seller", ""))
    found = quality.cards_behind(what, counter(request).stores, store=store, seller=seller)
    if "export" in request.GET:
        return export_rows(request, "quality-cards", LackingResource, found)
    return render(request, "pages/quality_cards.html", {"page": page_of(request, found), "what": what})
