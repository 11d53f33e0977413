"""Forms from clients' phones at the counter: the QR that leads to them, those that came, and taking one."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.models import Client
from clients.services import PhoneTakenError
from portal import arrivals
from portal.models import Arrival
from stores.lookups import shows_contacts
from stores.models import Store
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, store_of, whole_number
from stores.texts import paper


@require_GET
@everybody
def arrivals_page(request: CrmRequest) -> HttpResponse:
    """The QR of the store on the seller's screen and for the printer, and the forms that came."""
    store = store_of(request)
    address = f"{settings.SITE_URL}{reverse('portal:join', args=[store.pk])}"
    context = {"store": store, "address": address, "square": paper.qr(address), "arrivals": arrivals.waiting([store])}
    return render(request, "portal/arrivals.html", context)


@require_GET
@everybody
def waiting(request: CrmRequest) -> HttpResponse:
    """The forms that came, asked for every few seconds."""
    return render(request, "portal/_arrivals.html", {"arrivals": arrivals.waiting(_here(request)), "is_live": True})


def _here(request: CrmRequest) -> list[Store]:
    here = counter(request).store
    return [here] if here else []


@require_GET
@everybody
@shows_contacts()
def arrival(request: CrmRequest, pk: int) -> HttpResponse:
    """One form beside the cards that are like it: a person says whose it is."""
    found = get_object_or_404(arrivals.waiting(counter(request).stores), pk=pk)
    context = {"arrival": found, "proposals": arrivals.proposals(found), "holder": arrivals.holder_of(found)}
    return render(request, "portal/arrival.html", context)


@require_POST
@everybody
def take(request: CrmRequest, pk: int) -> HttpResponse:
    """One key. ``card`` says which of the cards it is, ``new`` that none is; without either it is done where that is certain."""
    found = get_object_or_404(Arrival, pk=pk, store__in=counter(request).stores)
    now, by = timezone.now(), request.user
    try:
        if card := whole_number(request.POST.get("card", "")):
            client = arrivals.take_as(pk, get_object_or_404(Client.objects.live(), pk=card), by=by, now=now)
        elif request.POST.get("new"):
            client = arrivals.take_as_new(pk, by=by, now=now)
        else:
            client = arrivals.take(pk, by=by, now=now)
    except arrivals.ToDecideError:
        return redirect("portal:arrival", pk=pk)
    except arrivals.GoneError:
        messages.warning(request, _("This form is over. Ask the client to fill it in once more."))
        return redirect("portal:arrivals")
    except PhoneTakenError as taken:
        messages.error(request, _("This phone is on the card of %(name)s.") % {"name": taken.holder.full_name})
        return redirect("portal:arrival", pk=pk)
    messages.success(request, _("Taken: %(name)s. The phone is confirmed.") % {"name": found})
    return redirect("pages:card", pk=client.pk)
