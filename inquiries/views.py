"""Who has not bought yet: written down at the counter, moved on from the board; and the form on the chain's sites."""

from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalogue import selectors as catalogue_selectors
from clients import selectors as clients_selectors
from imports.exports import page_of
from inquiries import selectors, services, strangers, waking, winning
from inquiries.filters import InquiryFilter
from inquiries.forms import DidNotBuyForm, StepForm, StrangersForm
from inquiries.models import Inquiry, Source, State, WebForm
from inquiries.services import MovedMeanwhileError
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, everybody, public
from stores.selectors import counter, store_of, whole_number


@require_GET
@everybody
@shows_contacts()
def board(request: CrmRequest) -> HttpResponse:
    """Inquiries of my stores and of none yet, by state and by when the next step is due."""
    here, today = counter(request), store_of(request).today()
    narrowed = InquiryFilter(request.GET, selectors.board(here.stores), today=today)
    context = {
        "page": page_of(request, narrowed.qs), "wanted": narrowed.asked, "today": today,
        "states": narrowed.states(), "dues": narrowed.dues(),
    }  # fmt: skip
    return render(request, "inquiries/board.html", context)


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts(when="client")
def did_not_buy(request: CrmRequest) -> HttpResponse:
    """One key, two fields, Enter; the person is back where they were."""
    store = store_of(request)
    client = clients_selectors.standing_for(whole_number(request.GET.get("client", "")))
    form = DidNotBuyForm(request.POST or None, initial={"client": client, "source": Source.COUNTER})
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "client": client}
        return render(request, "inquiries/new.html", context, status=422 if request.POST else 200)
    said = {name: form.cleaned_data[name] for name in ("source", "client", "lost_reason", "for_day", "form_key")}
    inquiry = services.note(form.cleaned_data["wish"], form.contact(), store=store, seller=request.user, **said)
    messages.success(request, _("Saved. Next step: tomorrow.") if inquiry.is_open else _("Saved."))
    return redirect("inquiries:inquiry", pk=inquiry.pk)


def _mine(request: CrmRequest, pk: int) -> Inquiry:
    """An inquiry of my stores or of none yet. Raises Http404 for any other."""
    return get_object_or_404(selectors.board(counter(request).stores), pk=pk)


@require_GET
@everybody
@shows_contacts()
def inquiry(request: CrmRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    if found.client_id and winning.settle(found.client_id):
        found = _mine(request, pk)
    return _page(request, found, StepForm(store=found.store))


def _page(request: CrmRequest, found: Inquiry, form: StepForm, status: int = 200) -> HttpResponse:
    here = counter(request).store
    articles = [(one, catalogue_selectors.whereabouts(one, here)) for one in waking.found_for(found)] if found.is_open else []
    context = {"inquiry": found, "form": form, "articles": articles, "state": State}
    return render(request, "inquiries/inquiry.html", context, status=status)


@require_POST
@everybody
def step(request: CrmRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    form = StepForm(request.POST, store=found.store)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    said: dict[str, Any] = form.cleaned_data
    try:
        moved = services.step(
            found, said["to"], was=said["opened"], by=request.user, next_on=said["next_on"], reason=said["lost_reason"],
            words=said["words"],
        )  # fmt: skip
    except MovedMeanwhileError as moved_on:
        status = moved_on.inquiry.get_state_display()
        messages.warning(request, _("Somebody moved it on meanwhile: %(status)s. Nothing was changed.") % {"status": status})
    else:
        messages.success(request, _("Inquiry: %(status)s.") % {"status": moved.get_state_display()})
    return redirect("inquiries:inquiry", pk=pk)


@csrf_exempt
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
@require_http_methods(["GET", "POST"])
@public
def web_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form that a site of the chain shows in a frame, where no cookie of ours is kept; thanks are the same for all."""
    asked = get_object_or_404(WebForm, slug=slug, is_active=True)
    form = StrangersForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent:
        strangers.take(request, form, asked)
    context = {"web_form": asked, "form": form, "sent": sent}
    return render(request, "inquiries/web_form.html", context, status=422 if request.POST and not sent else 200)
