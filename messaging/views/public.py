"""What reaches Carat from outside, without signing in: gateways by addresses that nobody can guess, clients by theirs."""

import hmac
from uuid import UUID

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import selectors as clients_selectors
from clients.models import Client, Purpose
from messaging import selectors, services, topics
from messaging.gateways import kannel, registry, smsc
from messaging.gateways.chats import ForgedError, Spoken
from messaging.gateways.registry import UnknownGatewayError
from messaging.incoming import chats, receipts
from messaging.tasks import acknowledge_soon
from messaging.unsubscribing import NOBODY, BadAddressError, Stops, whose
from stores import rules
from stores.policies import public
from stores.selectors import whole_number

log = structlog.get_logger(__name__)
DONE = "OK"
SWITCHES = (Purpose.ADVERTISING_SMS, Purpose.ADVERTISING_EMAIL)
ONE_CLICK = "One-Click"


def _known(name: str, secret: str) -> None:
    """Raises Http404 for an address that is not ours."""
    if not hmac.compare_digest(secret.encode(), registry.callback_secret(name).encode()):
        log.warning("callback.forged", gateway=name)
        raise Http404


@require_GET
@public
def kannel_receipt(request: HttpRequest, token: UUID) -> HttpResponse:
    """Kannel tells what became of the message that alone knows this address."""
    receipt = kannel.parse_receipt(str(token), request.GET.get("type", ""), request.GET.get("answer", ""))
    if receipt and not receipts.take_receipt(receipt, gateway="kannel"):
        log.warning("receipt.forged", gateway="kannel")
        raise Http404
    return HttpResponse(DONE)


@require_GET
@public
def kannel_reply(request: HttpRequest, secret: str) -> HttpResponse:
    """Kannel's sms-service: somebody wrote to the chain's number. The empty answer sends nothing back."""
    _known("kannel", secret)
    if incoming := kannel.parse_incoming(request.GET.dict()):
        receipts.take_reply(incoming, gateway="kannel")
    return HttpResponse("")


@csrf_exempt
@require_http_methods(["GET", "POST"])
@public
def smsc_callback(request: HttpRequest, secret: str) -> HttpResponse:
    """smsc.ru has one address for receipts and for answers; an answer has a text."""
    _known("smsc", secret)
    fields = {**request.GET.dict(), **request.POST.dict()}
    if "mes" in fields:
        if incoming := smsc.parse_incoming(fields, settings.SMSC_CALLBACK_SECRET):
            receipts.take_reply(incoming, gateway="smsc")
    elif receipt := smsc.parse_receipt(fields, settings.SMSC_CALLBACK_SECRET):
        receipts.take_receipt(receipt, gateway="smsc")
    return HttpResponse(DONE)


@csrf_exempt
@require_POST
@public
def chat_update(request: HttpRequest, name: str) -> HttpResponse:
    """A messenger brings what was done in a chat; what to say there is the answer, so that nothing here speaks to it."""
    try:
        gateway = registry.messenger(name)
        said = gateway.read(request.headers, request.body)
    except (UnknownGatewayError, ForgedError):
        log.warning("chat.forged", gateway=name)
        raise Http404 from None
    spoken: Spoken | None = None
    for one in said:
        spoken = chats.take(name, one, now=timezone.now()) or spoken
        if one.press:
            acknowledge_soon(name, one.press)
    return JsonResponse(gateway.in_answer(spoken))


@csrf_exempt
@require_http_methods(["GET", "POST"])
@public
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters about one topic, or of one kind of advertising, in one click, and back again.

    A mail program posts ``List-Unsubscribe=One-Click`` (RFC 8058) and wants no page. The page itself changes nothing until
    somebody presses its button: mail scanners open links, and some of them run scripts.
    """
    return _choices(request, token, asks=request.method == "GET")


@csrf_exempt
@require_http_methods(["GET", "POST"])
@public
def choose_topics(request: HttpRequest, token: str) -> HttpResponse:
    """What comes and what does not, topic by topic and all at once; opening it changes nothing."""
    return _choices(request, token, asks=False)


def _choices(request: HttpRequest, token: str, *, asks: bool) -> HttpResponse:
    try:
        stops = whose(token)
    except BadAddressError:
        return render(request, "messaging/unsubscribe_bad.html", status=404)
    if stops.client == NOBODY:
        return render(request, "messaging/unsubscribe_trial.html")
    # A letter of before a merge is about the card that stands for it now.
    client = clients_selectors.standing_for(stops.client) or get_object_or_404(Client, pk=stops.client)
    if request.method == "POST":
        _take(request, client, stops)
        if request.POST.get("List-Unsubscribe") == ONE_CLICK:
            return HttpResponse(DONE, content_type="text/plain")
    with translation.override(client.language):
        states = [
            state for state in clients_selectors.consent_states(client) if state.purpose in SWITCHES and state.given is not None
        ]
        context = {
            "states": states, "stops": stops, "asked": asks, "chain": rules.current().chain_name,
            "topics": topics.states_of(client, client.language),
        }  # fmt: skip
        return render(request, "messaging/unsubscribe.html", {**context, "stopped": selectors.stopped_purposes(client)})


def _take(request: HttpRequest, client: Client, stops: Stops) -> None:
    """What was pressed; what only an address says is its topic, else its purpose."""
    agrees, purpose = request.POST.get("agree") == "1", request.POST.get("purpose", "")
    topic = whole_number(request.POST.get("topic", "")) or (0 if purpose else stops.topic)
    if topic and topics.turn(client, topic, wanted=agrees, now=timezone.now()):
        return
    purpose = purpose or stops.purpose
    if purpose in SWITCHES:
        _set(client, purpose, agrees=agrees)


def _set(client: Client, purpose: str, *, agrees: bool) -> None:
    """The link takes back what was said by the link; the stop list, which was asked for by the phone itself, stays."""
    if agrees and purpose in selectors.stopped_purposes(client):
        log.warning("unsubscribe.stopped", purpose=purpose)
    elif agrees and client.consents.filter(purpose=purpose, given=True).exists():
        services.give_back(client, purpose)
    elif agrees:
        log.warning("unsubscribe.never_agreed", purpose=purpose)
    else:
        services.withdraw(client, purpose, now=timezone.now())
