"""The client's chat in a messenger, connected and disconnected on their own page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.models import Client
from messaging import linking
from messaging.linking import NotConnectedError
from messaging.models import Chat
from portal.views.page import personal
from stores.texts import paper


@require_POST
@personal
def connect(request: HttpRequest, client: Client, messenger: str) -> HttpResponse:
    """The link that opens the chat on this phone, and a square for another."""
    if messenger not in {own.messenger for own in linking.offered()}:
        raise Http404
    offer = linking.offer(client, messenger, by=None, now=timezone.now())
    return render(request, "portal/connect_chat.html", {"offer": offer, "square": paper.qr(offer.address)})


@require_POST
@personal
def disconnect(request: HttpRequest, client: Client, pk: int) -> HttpResponse:
    linking.disconnect(client, pk, Chat.Why.PAGE, by=None, now=timezone.now())
    messages.success(request, _("Disconnected: we write to you another way now."))
    return redirect("portal:status")


@require_POST
@personal
def connect_again(request: HttpRequest, client: Client, pk: int) -> HttpResponse:
    try:
        linking.connect_again(client, pk, now=timezone.now())
        messages.success(request, _("Connected again."))
    except NotConnectedError:
        messages.warning(request, _("This chat cannot be connected again. Please connect it anew."))
    return redirect("portal:status")
