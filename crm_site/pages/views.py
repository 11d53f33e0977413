"""Pages that several apps fill together: the start, the search box, the card."""

from collections.abc import Iterable
from datetime import date, timedelta

import structlog
from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers
from django_ratelimit.core import is_ratelimited

from campaigns import selectors as campaigns_selectors
from catalogue.kinds import PieceKind
from clients import contacts, giving, proving, rights
from clients import selectors as clients_selectors
from clients.forms import CardConsentsForm, CardOccasionForm, CompleteForm
from clients.models import LIVE, Client, Purpose
from clients.sameness import merging
from crm_site.pages import finding, selectors
from crm_site.pages.beginning import PUT_AWAY_COOKIE, beginning
from crm_site.pages.exports import EXTRACTS, ExportForm
from crm_site.pages.glance import glance
from imports.exports import export_rows, page_of
from loyalty.strip import strip_of
from messaging import selectors as messaging_selectors
from messaging.forms import PauseForm
from purchases import selectors as purchases_selectors
from stores.chain_day import day_of
from stores.models import ExportRecord, Role
from stores.policies import CrmRequest, admins, everybody, managers
from stores.selectors import NoStoreError, counter, whom_to_ask
from visits import rhythm
from visits import selectors as visits_selectors
from workshop import board

DOCS = settings.BASE_DIR / "docs"
log = structlog.get_logger(__name__)


@require_GET
@everybody
def home(request: CrmRequest) -> HttpResponse:
    here = counter(request)
    today = here.store.today() if here.store else timezone.localdate()
    if request.user.role != Role.SELLER:
        seen = glance(here, today)
        return render(request, "pages/home.html", {"today": today, "glance": seen, **_for_admins(request), **seen})
    stores = [store for store in (here.store,) if store]
    requests = board.board(here.stores).filter(board.lying_in(here.store) if here.store else Q())
    context = {
        "today": today,
        "admins": [] if stores else whom_to_ask(),
        "sold": selectors.sold_today(stores, today),
        "lying_in": here.store,
        "services": board.counts(requests, today),
        "birthdays": campaigns_selectors.celebrating(stores, today=today, now=timezone.now(), limit=30),
        "completeness": clients_selectors.completeness(stores),
        "to_complete": clients_selectors.to_complete(stores)[:5],
        "coming": giving.coming(stores, today),
        "errands": messaging_selectors.errands_due(stores, today),
    }
    return render(request, "pages/home.html", context)


def _for_admins(request: CrmRequest) -> dict[str, object]:
    if request.user.role != Role.ADMIN:
        return {"admins": [] if counter(request).stores else whom_to_ask()}
    is_put_away = PUT_AWAY_COOKIE in request.COOKIES
    return {"to_erase": rights.count_to_erase(), "beginning": None if is_put_away else beginning(request.user)}


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
def search(request: CrmRequest) -> HttpResponse:
    """The search box: a partial while typing, a page without JavaScript. Look-ups are counted and logged."""
    text = request.GET.get("q", "").strip()
    if limited(request):
        return render(request, "pages/limited.html", status=429)
    found = finding.search(text)
    log.info("search", employee=request.user.pk, letters=len(text), cards=len(found.clients))
    if not request.htmx and len(found.clients) == 1 and found.is_certain:
        return redirect("pages:card", pk=found.clients[0].client.pk)
    template = "pages/_found.html" if request.htmx else "pages/search.html"
    return render(request, template, {"found": found, "q": text})


@require_GET
@everybody
def card(request: CrmRequest, pk: int) -> HttpResponse:
    client = (
        Client.objects.select_related("home_store", "registered_by", "no_email_by", "reached_through", "merged_into")
        .filter(pk=pk)
        .first()
    )
    if client is None:
        raise Http404
    if limited(request):
        return render(request, "pages/limited.html", status=429)
    log.info("card.opened", employee=request.user.pk, card=pk)
    consents, beside = clients_selectors.consent_states(client), list(client.contacts_beside.all())
    context = {
        "client": client,
        "events": selectors.time_line(client),
        "contacts_beside": beside,
        "shared": contacts.shared(client, beside),
        "orders": purchases_selectors.open_orders_of(client),
        "occasions": client.occasions.select_related("kind"),
        "occasion_form": CardOccasionForm(client=client),
        "forgotten_day": request.session.pop("forgotten_day", None),
        "wearers": client.wearers.select_related("occasion"),
        "pauses": messaging_selectors.pauses_of(client, timezone.localdate()),
        "pause_form": PauseForm(),
        "consents": consents,
        "consents_form": CardConsentsForm(client=client),
        "erase_until": _erase_until(client, consents),
        "stopped": messaging_selectors.stopped_purposes(client),
        "proofs": proving.newest(client),
        "conflicts": clients_selectors.open_conflicts(client),
        **_habits(client),
        "loyalty": strip_of(client.pk, day_of(timezone.now())),
        "complete_form": CompleteForm(client=client) if client.missing else None,
        "merge": merging.last_merge_of(client),
        "sources": client.sources.select_related("by")[:10],
    }
    return render(request, "pages/card.html", context)


def _erase_until(client: Client, consents: Iterable[clients_selectors.ConsentState]) -> date | None:
    """By when a card must go whose owner took back the consent to keep it."""
    taken_back = [state.at for state in consents if state.purpose == Purpose.PERSONAL_DATA and state.given is False and state.at]
    return rights.erase_until(taken_back[0], client) if taken_back and client.state in LIVE else None


def _habits(client: Client) -> dict[str, object]:
    activity = visits_selectors.activity_of(client)
    if activity is None:
        return {"activity": None}
    kind = PieceKind(activity.favourite_kind).label if activity.favourite_kind else ""
    told = activity.client.rhythm if hasattr(activity.client, "rhythm") else None
    usual = rhythm.usual_of(told, activity) if told else None
    today = timezone.localdate()
    return {
        "activity": activity, "favourite_kind": kind, "rhythm": told, "usual": usual,
        "is_silent": bool(told and told.silent_from and told.silent_from <= today),
    }  # fmt: skip


@require_GET
@managers
def figures_help(request: CrmRequest) -> HttpResponse:
    """What each figure means, with its formula and an example: docs/figures in the reader's language."""
    from markdown_it import MarkdownIt

    name = "figures.md" if get_language() == "ru" else "figures.en.md"
    words = MarkdownIt("commonmark").enable("table").render((DOCS / name).read_text(encoding="utf-8"))
    return render(request, "pages/figures_help.html", {"words": mark_safe(words)})  # noqa: S308 — our own text


def limited(request: CrmRequest) -> bool:
    """Whether this employee has looked up more than a person at a counter does (``LOOKUPS_PER_EMPLOYEE``)."""
    rate = settings.LOOKUPS_PER_EMPLOYEE
    over: bool = is_ratelimited(request, group="look-ups", key="user", rate=rate, increment=True)
    if over:
        log.warning("lookups.limited", employee=request.user.pk)
    return over


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, NoStoreError):
        return render(request, "pages/no_store.html", {"words": str(exception), "admins": whom_to_ask()}, status=403)
    return render(request, "403.html", status=403)


@require_http_methods(["GET", "POST"])
@managers
def exports(request: CrmRequest) -> HttpResponseBase:
    """Choose what to take out; it is noted who took it."""
    form = ExportForm(request.POST or None, stores=counter(request).stores)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        note = f"{said['first']}..{said['last']} store={said['store'] or 'all'}"
        resource = EXTRACTS[said["what"]].resource
        return export_rows(request, said["what"], resource, said["rows"], kind=said["kind"], note=note)
    taken = ExportRecord.objects.select_related("by")
    shown = taken if request.user.role == Role.ADMIN else taken.filter(by=request.user)
    context = {"form": form, "page": page_of(request, shown)}
    return render(request, "pages/exports.html", context, status=422 if request.method == "POST" else 200)
