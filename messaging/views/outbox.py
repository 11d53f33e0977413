"""Messages with their states and stories, what is in doubt, and what people wrote back."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.models import Client
from imports.exports import export_rows, page_of
from messaging import naming, selectors, services
from messaging.filters import OutboxFilter
from messaging.forms import PauseForm
from messaging.gateways import registry
from messaging.models import EVERY_CHANNEL, Lane, Message, MessageState
from messaging.resources import OutboxResource
from messaging.services import SettledError, TooLateError
from messaging.tasks import wake
from stores.lookups import shows_contacts
from stores.models import Store
from stores.policies import CrmRequest, everybody, managers
from stores.redirects import back
from stores.selectors import counter, whole_number

EXPLAINED = (MessageState.SUPPRESSED, MessageState.FAILED, MessageState.EXPIRED, MessageState.UNKNOWN)
WORDS = {"arrived": True, "again": False, "leave": None}


def scope(request: CrmRequest) -> Sequence[Store] | None:
    """Stores whose messages the employee sees; None for the whole chain."""
    here = counter(request)
    return None if here.sees_chain else here.stores


@require_GET
@managers
@shows_contacts()
def outbox(request: CrmRequest) -> HttpResponse:
    """Messages to clients of my stores; ``?export`` gives a workbook."""
    mine = scope(request)
    narrowed = OutboxFilter(request.GET, selectors.outbox(mine), request=request)
    if "export" in request.GET:
        return export_rows(request, "messages", OutboxResource, narrowed.qs)
    now, state = timezone.now(), narrowed.asked.get("state", "")
    context = {
        "wanted": narrowed.asked,
        "state": state,
        "page": page_of(request, narrowed.qs),
        "counts": selectors.counts_by_state(narrowed.but_for("state", "reason")),
        "reasons": selectors.counts_by_reason(narrowed.but_for("reason")) if state in EXPLAINED else [],
        "flow": selectors.flow(mine, now),
        "spent": selectors.spent_by_day(now) if mine is None else [],
        "allowances": selectors.allowances(now) if mine is None else [],
    }
    choices = {"channels": EVERY_CHANNEL, "sources": naming.named(selectors.sources()).items(), "gateways": registry.KINDS}
    return render(request, "messaging/outbox.html", {**context, **choices})


@require_GET
@managers
@shows_contacts()
def message(request: CrmRequest, pk: int) -> HttpResponse:
    """One message's whole story; its events alone while it is on its way."""
    found = get_object_or_404(_mine(request).select_related("consent__by", "consent__text_version", "store"), pk=pk)
    template = "messaging/_story.html" if request.htmx else "messaging/message.html"
    return render(request, template, {"message": found, "events": selectors.story(found)})


def _mine(request: CrmRequest) -> "QuerySet[Message]":
    return selectors.outbox(scope(request))


@require_POST
@managers
def decide(request: CrmRequest, pk: int) -> HttpResponse:
    """A person's word about a message in doubt."""
    found = get_object_or_404(_mine(request), pk=pk)
    word = request.POST.get("word", "")
    if word not in WORDS:
        return redirect("messaging:message", pk=pk)
    try:
        decided = services.decide(found, arrived=WORDS[word], by=request.user, now=timezone.now())
    except SettledError:
        messages.info(request, _("The message is in doubt no more."))
    except TooLateError:
        messages.error(request, _("Its day is over: a greeting is not sent on another day. Say that it arrived, or leave it."))
    else:
        messages.success(request, _("Written down: %(state)s.") % {"state": decided.get_state_display()})
        if decided.state == MessageState.PENDING:
            wake(Lane(decided.lane))
    return back(request, "messaging:outbox")


@require_GET
@managers
@shows_contacts()
def replies(request: CrmRequest) -> HttpResponse:
    return render(request, "messaging/replies.html", {"page": page_of(request, selectors.replies(scope(request)))})


@require_POST
@everybody
def pause(request: CrmRequest, pk: int) -> HttpResponse:
    """Stop advertising to a client; the reason and, if known, the last day come from the form on the card."""
    client = get_object_or_404(Client.objects.live(), pk=pk)
    form = PauseForm(request.POST)
    if form.is_valid():
        services.pause(client, form.cleaned_data["reason"], until=form.cleaned_data["until"], by=request.user)
        messages.success(request, _("No advertising goes to this client."))
    else:
        messages.error(request, _("Say why the client gets no advertising."))
    return redirect("pages:card", pk=pk)


@require_POST
@everybody
def end_pause(request: CrmRequest, pk: int) -> HttpResponse:
    services.end_pause(pk, now=timezone.now())
    return redirect("pages:card", pk=whole_number(request.POST.get("client", "")))
