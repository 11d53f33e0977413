"""The admin's pages of files of goods: how far each is read, what could not be taken, and which prices are the tag's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from exchange import selectors, services, tasks
from exchange.models import FileState, GoodsFile
from imports.exports import page_of
from stores.policies import CrmRequest, admins


@require_GET
@vary_on_headers("HX-Request")
@admins
def files(request: CrmRequest) -> HttpResponse:
    """Files of goods, the newest first; asked again while one is read."""
    page = page_of(request, selectors.goods_files())
    is_busy = any(file.is_open for file in page)
    template = "exchange/_files.html" if request.htmx else "exchange/files.html"
    return render(request, template, {"page": page, "is_busy": is_busy})


@require_GET
@admins
def file(request: CrmRequest, pk: int) -> HttpResponse:
    """A file, what became of it, and the first rows that could not be taken."""
    found = get_object_or_404(GoodsFile.objects.select_related("source"), pk=pk)
    waits = found.state == FileState.WAITS
    return render(request, "exchange/file.html", {"file": found, "prices": found.left.get("prices", []) if waits else []})


@require_POST
@admins
def choose_prices(request: CrmRequest, pk: int) -> HttpResponse:
    """Of the types of prices of a file this one stands on the tags, for its source from now on."""
    found = get_object_or_404(GoodsFile.objects.select_related("source"), pk=pk)
    chosen = request.POST.get("price_type", "")
    if chosen not in found.left.get("prices", []):
        messages.error(request, _("Choose one of the types of prices."))
        return redirect("exchange:file", pk=pk)
    services.choose_prices(found.source, chosen)
    tasks.wake_reader()
    messages.success(request, _("The file is read again for its prices."))
    return redirect("exchange:file", pk=pk)
