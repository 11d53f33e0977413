"""At the door of an evening: found by a name or the end of a phone, came by one key."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from campaigns.evenings import door
from campaigns.forms.evenings import CameForm
from campaigns.models import Evening
from campaigns.views.evenings import invitation, own
from clients.models import Client
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, everybody


@require_GET
@vary_on_headers("HX-Request")
@everybody
@shows_contacts(when="q")
def at_the_door(request: CrmRequest, pk: int) -> HttpResponse:
    """Who is meant by what was typed or scanned; without it everybody who is expected."""
    found, text = own(request, pk), request.GET.get("q", "").strip()
    said = request.GET.get("came", "")
    context = {
        "evening": found, "q": text, "found": door.find(found, text) if text else None, "room": door.room(found),
        "latest": door.latest(found, int(said)) if said.isdecimal() and len(said) < 16 else None,
        "expected": [] if text else door.expected(found),
    }  # fmt: skip
    return render(request, "campaigns/evenings/_door.html" if request.htmx else "campaigns/evenings/door.html", context)


@require_POST
@everybody
def came(request: CrmRequest, pk: int, number: int) -> HttpResponse:
    found, form = own(request, pk), CameForm(request.POST)
    one = invitation(request, found, number)
    if not form.is_valid():
        return HttpResponseBadRequest()
    if _is_cancelled(request, found):
        return _back(found)
    door.came(one, guests=form.cleaned_data["guests"], now=timezone.now())
    return _back(found, came=one.pk)


@require_POST
@everybody
def did_not_come(request: CrmRequest, pk: int, number: int) -> HttpResponse:
    found = own(request, pk)
    one = invitation(request, found, number)
    door.did_not_come(one)
    messages.success(request, _("Taken back: %(client)s.") % {"client": one.client})
    return _back(found)


@require_POST
@everybody
def let_in(request: CrmRequest, pk: int, client: int) -> HttpResponse:
    """Somebody who is not on the list, by a person's word."""
    found, whom = own(request, pk), get_object_or_404(Client.objects.live(), pk=client)
    if _is_cancelled(request, found):
        return _back(found)
    return _back(found, came=door.let_in(found, whom, by=request.user, now=timezone.now()).pk)


@require_POST
@everybody
def stranger(request: CrmRequest, pk: int, way: str) -> HttpResponse:
    """A guest without a card is there, or was counted by a slip."""
    found = own(request, pk)
    door.count_stranger(found, more=way == "more")
    found.refresh_from_db(fields=["strangers"])
    words = ngettext("%(n)s guest without a card.", "%(n)s guests without a card.", found.strangers)
    messages.success(request, words % {"n": found.strangers})
    return _back(found)


def _is_cancelled(request: CrmRequest, found: Evening) -> bool:
    if found.cancelled_at:
        messages.error(request, _("The evening is over or cancelled."))
    return bool(found.cancelled_at)


def _back(found: Evening, **told: int) -> HttpResponse:
    address = reverse("campaigns:door", args=[found.pk])
    return redirect(f"{address}?{urlencode(told)}" if told else address)
