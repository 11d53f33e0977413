"""Messages with their states, and the templates they are made from."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from imports.exports import export, page_of
from messaging import selectors, texts
from messaging.forms import TemplateForm
from messaging.models import MessageState, Template
from stores.policies import CrmRequest, managers
from stores.selectors import counter

# The longest Russian address that is usual, so that the meter does not flatter.
LONG_NAME = "Александра Константиновна"


@require_GET
@managers
def outbox(request: CrmRequest) -> HttpResponse:
    """Messages to clients of my stores by state; ``?export`` gives a workbook."""
    stores = counter(request).stores
    state = request.GET.get("state", "")
    found = selectors.outbox(stores, state=state if state in MessageState.values else "", text=request.GET.get("q", ""))
    if "export" in request.GET:
        rows = ([m.pk, str(m.client), m.recipient, m.text, m.get_state_display(), m.reason_shown] for m in found)
        header = ["№", _("Client"), _("Recipient"), _("Text as sent"), _("State"), _("Reason")]
        return export(request, "messages", header, rows)
    context = {"page": page_of(request, found), "counts": selectors.counts_by_state(stores), "state": state}
    return render(request, "messaging/outbox.html", {**context, "templates": Template.objects.all()})


@require_GET
@managers
def message(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.outbox(counter(request).stores), pk=pk)
    return render(request, "messaging/message.html", {"message": found})


@require_http_methods(["GET", "POST"])
@managers
def template(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Template, pk=pk)
    form = TemplateForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The text is saved; the next messages take it."))
        return redirect("messaging:outbox")
    text = form["text"].value() or ""
    context = {"form": form, "template": found, "fields": texts.PLACEHOLDERS, **_measured(request, text)}
    return render(request, "messaging/template.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@managers
def meter(request: CrmRequest) -> HttpResponse:
    """How long the text is while it is typed, with a long name and the longest store's name in it."""
    return render(request, "messaging/_meter.html", _measured(request, request.POST.get("text", "")))


def _measured(request: CrmRequest, text: str) -> dict[str, object]:
    names = [store.name for store in counter(request).stores] or [settings.CHAIN_NAME]
    sample = texts.fill(text, {"name": LONG_NAME, "store": max(names, key=len)})
    return {"length": texts.length(sample), "sample": sample, "limit": texts.MAX_SEGMENTS}
