"""A contact confirmed at the counter: a code goes to it, and the client reads it out."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients import proving
from clients.models import Client
from messaging import codes
from messaging.models import Channel, CodePurpose
from messaging.tasks import send_code_soon
from stores.policies import CrmRequest, everybody

CHANNELS = {"phone": Channel.SMS, "email": Channel.EMAIL}


def _contact(pk: int, field: str) -> tuple[Client, str]:
    """The card and its contact. Raises Http404 where there is none."""
    client = Client.objects.live().filter(pk=pk).first()
    contact = getattr(client, field, None) if field in CHANNELS else None
    if client is None or not contact:
        raise Http404
    return client, str(contact)


@require_POST
@everybody
def send_proof(request: CrmRequest, pk: int, field: str) -> HttpResponse:
    client, contact = _contact(pk, field)
    row = codes.ask(CodePurpose.CONTACT, CHANNELS[field], contact, client=client, subject=str(pk), now=timezone.now())
    if row is None:
        messages.warning(request, _("Several codes went there already; try again later."))
    else:
        send_code_soon(row.pk)
        messages.info(request, _("The code is on its way. Ask the client to read it out."))
    return redirect("pages:card", pk=pk)


@require_POST
@everybody
def take_proof(request: CrmRequest, pk: int, field: str) -> HttpResponse:
    client, contact = _contact(pk, field)
    code, now = request.POST.get("code", "").replace(" ", "")[:12], timezone.now()
    row = codes.check(CodePurpose.CONTACT, contact, code, subject=str(pk), now=now)
    if row is None or row.client_id != pk:
        messages.error(request, _("This code does not fit, or holds no more."))
    else:
        proving.confirm(client, field, by=request.user, now=now)
        messages.success(request, _("The contact is confirmed."))
    return redirect("pages:card", pk=pk)
