"""What was done to a card, and putting a former value back."""

import structlog
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients import history, services
from clients.models import Client
from clients.services import NeededError, PhoneTakenError
from imports.exports import page_of
from stores.lookups import shows_contacts
from stores.opened import ChangedMeanwhileError, unseal
from stores.policies import CrmRequest, everybody
from stores.selectors import whole_number

log = structlog.get_logger(__name__)
REFUSALS = (PhoneTakenError, NeededError, ChangedMeanwhileError, ValidationError)


@require_GET
@everybody
@shows_contacts()
def card_history(request: CrmRequest, pk: int) -> HttpResponse:
    """Who changed what, the newest first. A page counts as a look-up."""
    client = get_object_or_404(Client, pk=pk)
    log.info("card.history", employee=request.user.pk, card=pk)
    return render(request, "pages/card/history.html", {"client": client, "page": page_of(request, history.history_of(client))})


@require_POST
@everybody
def put_back(request: CrmRequest, pk: int) -> HttpResponse:
    client, field = get_object_or_404(Client.objects.live(), pk=pk), request.POST.get("field", "")
    if field not in services.CORRECTED:
        return HttpResponseBadRequest()
    former = get_object_or_404(client.history.all(), history_id=whole_number(request.POST.get("state", "")))
    seen = unseal(client, request.POST.get("opened", ""))
    try:
        services.put_back(client, field, getattr(former, field), seen=seen, by=request.user)
        messages.success(request, _("Put back: %(value)s.") % {"value": history.in_words(former, field)})
    except REFUSALS as refused:
        messages.error(request, _refusal(refused))
    return redirect("pages:card_history", pk=pk)


def _refusal(refused: Exception) -> str:
    if isinstance(refused, PhoneTakenError):
        return _("This phone is on the card of %(name)s.") % {"name": refused.holder.full_name}
    if isinstance(refused, NeededError):
        return _("Nothing was changed: without this the card would be incomplete.")
    if isinstance(refused, ValidationError):
        return _("Nothing was changed: %(words)s") % {"words": " ".join(refused.messages)}
    return _("Nothing was changed: somebody wrote something else there meanwhile. Look at what stands now.")
