"""Messages with their states and stories, what is in doubt, and what people wrote back."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.models import Client
from imports.exports import export, page_of
from messaging import selectors, services
from messaging.forms import PauseForm
from messaging.gateways import registry
from messaging.models import Channel, Lane, Message, MessageState, Reason
from messaging.selectors import Wanted
from messaging.services import SettledError, TooLateError
from messaging.tasks import wake
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


def _wanted(request: CrmRequest) -> Wanted:
    """What the address asks for; nonsense asks for nothing. Raises Http404 for a foreign store."""
    asked = request.GET
    return Wanted(
        state=_one_of(asked.get("state", ""), MessageState.values),
        reason=_one_of(asked.get("reason", ""), Reason.values),
        channel=_one_of(asked.get("channel", ""), Channel.values),
        source=asked.get("source", "")[:50],
        gateway=_one_of(asked.get("gateway", ""), [kind.name for kind in registry.KINDS]),
        store=counter(request).get(whole_number(asked["store"])) if asked.get("store") else None,
        day=_day(asked.get("day", "")),
        text=asked.get("q", ""),
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _one_of(text: str, values: Sequence[str]) -> str:
    return text if text in values else ""


@require_GET
@managers
def outbox(request: CrmRequest) -> HttpResponse:
    """Messages to clients of my stores; ``?export`` gives a workbook."""
    wanted, mine = _wanted(request), scope(request)
    found = selectors.outbox(mine, wanted)
    if "export" in request.GET:
        rows = (
            [
                m.pk,
                m.created_at,
                str(m.client or ""),
                m.recipient,
                m.text_shown,
                m.get_state_display(),
                m.get_reason_display(),
                m.cost,
            ]
            for m in found
        )
        header = ["№", _("Queued"), _("Client"), _("Recipient"), _("Text as sent"), _("State"), _("Reason"), _("Cost")]
        return export(request, "messages", header, rows)
    now, of_any_reason = timezone.now(), wanted._replace(reason="")
    context = {
        "wanted": wanted,
        "page": page_of(request, found),
        "counts": selectors.counts_by_state(selectors.outbox(mine, of_any_reason._replace(state=""))),
        "reasons": selectors.counts_by_reason(selectors.outbox(mine, of_any_reason)) if wanted.state in EXPLAINED else [],
        "flow": selectors.flow(mine, now),
        "spent": selectors.spent_by_day(now) if mine is None else [],
        "allowances": selectors.allowances(now) if mine is None else [],
    }
    choices = {"channels": Channel.choices, "sources": selectors.sources(), "gateways": registry.KINDS}
    return render(request, "messaging/outbox.html", {**context, **choices, "state": wanted.state})


@require_GET
@managers
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
