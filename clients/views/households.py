"""The household on a client's card: another card is linked, parted, brought back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clients import households, selectors
from clients.models import Client, Kinship
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, everybody
from stores.selectors import whole_number


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts()
def household(request: CrmRequest, pk: int) -> HttpResponse:
    """Whose card is of the same household? Found by anything, linked by what they are to the client."""
    client = _live(pk)
    if request.method == "POST":
        other, kinship = _live(whole_number(request.POST.get("other", ""))), request.POST.get("kinship", "")
        if other != client and kinship in Kinship.values:
            households.link(client, other, kinship, by=request.user, now=timezone.now())
            messages.success(request, _("%(name)s is of the household.") % {"name": other.full_name})
            return redirect("pages:card", pk=pk)
        messages.error(request, _("Say what they are to the client."))
    text = (request.GET.get("q") or request.POST.get("q", "")).strip()
    found = [card for card in selectors.find_clients(text) if card.pk != pk] if text else []
    context = {"client": client, "found": found, "q": text, "kinships": Kinship.choices}
    return render(request, "clients/household.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@everybody
def part(request: CrmRequest, pk: int, kin_pk: int) -> HttpResponse:
    if gone := households.part(_live(pk), kin_pk, now=timezone.now()):
        words = _("%(name)s is of the household no more; until tomorrow the card can bring them back.")
        messages.success(request, words % {"name": gone.client.full_name})
    return redirect("pages:card", pk=pk)


@require_POST
@everybody
def bring_back(request: CrmRequest, pk: int, kin_pk: int) -> HttpResponse:
    if back := households.bring_back(_live(pk), kin_pk):
        messages.success(request, _("%(name)s is of the household.") % {"name": back.client.full_name})
    return redirect("pages:card", pk=pk)


def _live(pk: int) -> Client:
    return get_object_or_404(Client.objects.live(), pk=pk)
