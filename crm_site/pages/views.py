"""Pages that several apps fill together: the start, the search box, the card."""

from datetime import timedelta

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from analytics.figures import targets
from campaigns import selectors as campaigns_selectors
from clients import giving
from clients import selectors as clients_selectors
from crm_site.pages import finding, selectors, taken
from crm_site.pages.beginning import PUT_AWAY_COOKIE
from crm_site.pages.deeds import deeds
from crm_site.pages.exports import EXTRACTS, ExportForm
from crm_site.pages.glance import glance
from crm_site.pages.oversight import oversight
from exchange import selectors as exchange_selectors
from imports.exports import export_rows, page_of
from inquiries.appointments import selectors as appointments
from portal import arrivals
from stores.bases.reading import from_replica
from stores.lookups import shows_contacts
from stores.models import ChainRight, ExportRecord, Role
from stores.policies import CrmRequest, NotPermittedError, admins, everybody, managers, permitted
from stores.selectors import NoStoreError, counter, whom_to_ask

DOCS = settings.BASE_DIR / "docs"
log = structlog.get_logger(__name__)


@require_GET
@everybody
def home(request: CrmRequest) -> HttpResponse:
    here = counter(request)
    today = here.store.today() if here.store else timezone.localdate()
    if request.user.role != Role.SELLER:
        came = arrivals.waiting_in(here.store)
        context = {"today": today, "glance": glance(here, today), "arrivals": came, **_for_admins(request)}
        context["evenings"] = campaigns_selectors.evenings_soon(here.stores, timezone.now())
        context["expected"] = appointments.of_day(here.stores, today)
        return render(request, "pages/home/home.html", context)
    stores = [store for store in (here.store,) if store]
    context = {
        "today": today,
        "arrivals": arrivals.waiting_in(here.store),
        "admins": [] if stores else whom_to_ask(),
        "sold": selectors.sold_today(stores, today),
        "pace": targets.of_seller(request.user, here.store, today) if here.store else None,
        "without_card": exchange_selectors.without_card(stores, today),
        "since": today - exchange_selectors.ATTACHING,
        "expected": appointments.of_day(stores, today),
        "deeds": [deed for store in stores for deed in deeds(store, today)],
        "evenings": campaigns_selectors.evenings_soon(stores, timezone.now()),
        "birthdays": campaigns_selectors.celebrating(stores, today=today, now=timezone.now(), limit=30),
        "completeness": clients_selectors.completeness(stores),
        "to_complete": clients_selectors.to_complete(stores)[:5],
        "coming": giving.coming(stores, today),
    }
    return render(request, "pages/home/home.html", context)


def _for_admins(request: CrmRequest) -> dict[str, object]:
    if request.user.role != Role.ADMIN:
        return {"admins": [] if counter(request).stores else whom_to_ask()}
    return oversight(request.user, begins=PUT_AWAY_COOKIE not in request.COOKIES)


@require_POST
@admins
def put_beginning_away(request: CrmRequest) -> HttpResponse:
    """The first steps are not shown in this browser any more."""
    response = redirect("pages:home")
    response.set_cookie(PUT_AWAY_COOKIE, "away", max_age=timedelta(days=365), samesite="Lax", httponly=True)
    return response


@require_GET
@vary_on_headers("HX-Request")
@everybody
@shows_contacts()
def search(request: CrmRequest) -> HttpResponse:
    """The search box: a partial while typing, a page without JavaScript. Look-ups are counted and logged."""
    text = request.GET.get("q", "").strip()
    found = finding.search(text, counter(request).stores)
    log.info("search", employee=request.user.pk, letters=len(text), cards=len(found.clients))
    if not request.htmx and len(found.clients) == 1 and found.is_certain:
        return redirect("pages:card", pk=found.clients[0].client.pk)
    template = "pages/_found.html" if request.htmx else "pages/search.html"
    return render(request, template, {"found": found, "q": text})


@require_GET
@managers
def figures_help(request: CrmRequest) -> HttpResponse:
    """What each figure means, with its formula and an example: docs/figures in the reader's language."""
    from markdown_it import MarkdownIt

    name = "figures.md" if get_language() == "ru" else "figures.en.md"
    words = MarkdownIt("commonmark").enable("table").render((DOCS / name).read_text(encoding="utf-8"))
    return render(request, "pages/figures_help.html", {"words": mark_safe(words)})  # noqa: S308 — our own text


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, NoStoreError):
        return render(request, "pages/no_store.html", {"words": str(exception), "admins": whom_to_ask()}, status=403)
    words = str(exception) if isinstance(exception, NotPermittedError) else ""
    return render(request, "403.html", {"words": words}, status=403)


@require_http_methods(["GET", "POST"])
@permitted(ChainRight.EXPORTS)
@from_replica
def exports(request: CrmRequest) -> HttpResponseBase:
    """Choose what to take out; it is noted who took it."""
    form = ExportForm(request.POST or None, stores=counter(request).stores)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        note = f"{said['first']}..{said['last']} store={said['store'] or 'all'}"
        resource = EXTRACTS[said["what"]].resource
        return export_rows(request, said["what"], resource, said["rows"], kind=said["kind"], note=note)
    records = ExportRecord.objects.select_related("by")
    shown = records if request.user.role == Role.ADMIN else records.filter(by=request.user)
    page = page_of(request, shown)
    context = {"form": form, "page": page, "lines": taken.told(page)}
    return render(request, "pages/exports.html", context, status=422 if request.method == "POST" else 200)
