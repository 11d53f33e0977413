"""A client's chat at the counter: its code shown, its coming seen, disconnected and connected again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.models import Client
from messaging import linking
from messaging.gateways.registry import UnknownGatewayError
from messaging.linking import NotConnectedError
from messaging.models import Chat, ChatCode
from stores.policies import CrmRequest, everybody
from stores.texts import paper


@require_POST
@everybody
def connect(request: CrmRequest, pk: int, messenger: str) -> HttpResponse:
    """Show a code to the client who stands here. Looked at once more, it is another."""
    client = get_object_or_404(Client.objects.live(), pk=pk)
    try:
        offer = linking.offer(client, messenger, by=request.user, now=timezone.now())
    except UnknownGatewayError:
        raise Http404 from None
    context = {"offer": offer, "square": paper.qr(offer.address), **_came_of(client, offer.pk)}
    response = render(request, "messaging/connect_chat.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@everybody
def connecting(request: CrmRequest, pk: int, code: int) -> HttpResponse:
    """Whether the chat has come, asked for every few seconds."""
    return render(request, "messaging/_connecting.html", _came_of(get_object_or_404(Client, pk=pk), code))


def _came_of(client: Client, pk: int) -> dict[str, object]:
    code: ChatCode | None = linking.came_of(client, pk)
    if code is None:
        raise Http404
    return {"client": client, "code": code, "is_over": code.expires_at <= timezone.now()}


@require_POST
@everybody
def disconnect(request: CrmRequest, pk: int, chat: int) -> HttpResponse:
    """The client wants nothing there any more; the card offers to undo it for a day."""
    client = get_object_or_404(Client.objects.live(), pk=pk)
    linking.disconnect(client, chat, Chat.Why.COUNTER, by=request.user, now=timezone.now())
    messages.success(request, _("Disconnected: messages go another way now."))
    return redirect("pages:card", pk=pk)


@require_POST
@everybody
def connect_again(request: CrmRequest, pk: int, chat: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.live(), pk=pk)
    try:
        linking.connect_again(client, chat, now=timezone.now())
        messages.success(request, _("Connected again."))
    except NotConnectedError:
        messages.warning(request, _("This chat cannot be connected again: show the client a new code."))
    return redirect("pages:card", pk=pk)
