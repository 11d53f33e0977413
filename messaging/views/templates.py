"""Texts of messages: written, measured and seen as real clients would get them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from messaging import address, selectors, texts
from messaging.forms import NewTemplateForm, TemplateForm
from messaging.models import Channel, Nature, Template
from messaging.selectors import Preview
from stores.models import ChainRight, Role
from stores.policies import CrmRequest, allowed, managers, managers_look
from stores.selectors import counter

SHOWN = 3


@require_GET
@managers
def templates(request: CrmRequest) -> HttpResponse:
    return render(request, "messaging/templates.html", {"templates": Template.objects.all()})


@require_http_methods(["GET", "POST"])
@managers_look(ChainRight.TEXTS)
def template(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Template, pk=pk)
    return _edited(request, TemplateForm, found, _("The text is saved; the next messages take it."))


@require_http_methods(["GET", "POST"])
@allowed(Role.MANAGER, Role.ADMIN, right=ChainRight.TEXTS)
def new_template(request: CrmRequest) -> HttpResponse:
    return _edited(request, NewTemplateForm, Template(), _("The text is saved; a program can use it now."))


def _edited(request: CrmRequest, form_class: type[TemplateForm], template: Template, done: str) -> HttpResponse:
    form = form_class(request.POST or None, instance=template, values=selectors.worst_values())
    if request.method == "POST" and form.is_valid() and (form.write() if template.pk else form.save()):
        messages.success(request, done)
        return redirect("messaging:templates")
    said = {name: form[name].value() or "" for name in ("channel", "nature", "subject", "text", "subject_en", "text_en")}
    context = {"form": form, "template": template, "fields": texts.PLACEHOLDERS.items(), **_measured(request, said)}
    return render(request, "messaging/template.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@managers
def meter(request: CrmRequest) -> HttpResponse:
    """How the text travels and how it reads, while it is typed."""
    return render(request, "messaging/_meter.html", _measured(request, request.POST.dict()))


def _measured(request: CrmRequest, said: dict[str, Any]) -> dict[str, object]:
    """The context of ``_meter.html``: the longest SMS that each text becomes, its price, and real clients' texts."""
    stores, is_sms = counter(request).stores, said.get("channel", Channel.SMS) == Channel.SMS
    draft = Template(
        channel=Channel.SMS if is_sms else Channel.EMAIL, nature=said.get("nature", Nature.ADVERTISING),
        subject=said.get("subject", ""), text=said.get("text", ""), subject_en=said.get("subject_en", ""),
        text_en=said.get("text_en", ""),
    )  # fmt: skip
    previews = [_preview(draft, client) for client in selectors.audience(draft, stores).order_by("-pk")[:SHOWN]]
    return {
        "meters": selectors.meters(draft) if is_sms else [],
        "limit": texts.MAX_SEGMENTS,
        "emoji": texts.has_emoji(draft.text + draft.text_en),
        "previews": previews,
    }


def _preview(draft: Template, client: Any) -> Preview:
    to = address.addressee_of(client)
    subject, text = (texts.fill(words, address.values_for(to)) for words in draft.wording(client.language))
    return Preview(client, subject, text)
