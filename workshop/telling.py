"""What the client is told of a ticket: ready, still waiting; and what of it is called off again. Public."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from urllib.parse import quote

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import translation

from messaging import service_texts, services
from messaging.models import Errand, Message, MessageState
from stores.models import Store
from stores.texts import writing
from workshop.models import HandOver, PriceOffer, ServiceRequest, ServiceStatus, ServiceStep

# A wrong click on "ready" can be taken back before the client reads it.
TAKEN_BACK_WITHIN = timedelta(minutes=2)
AT_WORK = (ServiceStatus.RECEIVED, ServiceStatus.IN_WORK)
AS_AGREED = {"ru": "по договорённости", "en": "as agreed"}
PAID = {"ru": "оплачено", "en": "paid"}


def place_of(request: ServiceRequest) -> Store:
    """Where the piece lies."""
    return request.lies_in or request.store


def to_pay(request: ServiceRequest) -> Decimal | None:
    """What remains to pay; None where no price was agreed on."""
    return None if request.price is None else max(Decimal(0), request.price - (request.prepayment or 0))


def to_pay_together(requests: Iterable[ServiceRequest]) -> Decimal | None:
    """What remains for all of them; None where no price was agreed on for one."""
    sums = [to_pay(request) for request in requests]
    return None if None in sums else sum((one for one in sums if one is not None), Decimal(0))


def address_of(request: ServiceRequest) -> str:
    """The client's page, with the ticket to be shown first once its owner has signed in."""
    return f"{settings.SITE_URL}/s/{quote(request.number, safe='')}"


def ticket_of(request: ServiceRequest) -> list[ServiceRequest]:
    """The envelopes of the request's ticket, in their order. One query."""
    found = ServiceRequest.objects.beside(request).select_related("client__home_store", "store", "lies_in")
    return list(found.order_by("envelope"))


def readiness(ticket: Sequence[ServiceRequest]) -> int:
    """How many times something of the ticket became ready: the number of what is told about. One query.

    A hand-out that is taken back makes nothing ready: it was.
    """
    steps = ServiceStep.objects.filter(request__in=ticket, kind=ServiceStep.Kind.STATUS).order_by("request", "pk")
    told = list(steps.values_list("request", "status"))
    taken_back = [step for former, step in pairwise(told) if former == (step[0], ServiceStatus.HANDED_OUT)]
    return sum(status == ServiceStatus.READY for _pk, status in told) - sum(s == ServiceStatus.READY for _pk, s in taken_back)


def is_ready(ticket: Sequence[ServiceRequest]) -> bool:
    """Whether something can be fetched and nothing is still at work. Two queries at most.

    A piece that became ready in another store than took it in is fetched from where it is brought after that.
    """
    ready = [request for request in ticket if request.status == ServiceStatus.READY]
    if not ready or any(request.status in AT_WORK for request in ticket):
        return False
    ways, elsewhere = HandOver.objects.filter(request__in=ready), [request for request in ready if request.lies_in_id]
    if ways.filter(received_at=None).exists():
        return False
    became = ServiceStep.objects.filter(request=OuterRef("request"), kind=ServiceStep.Kind.STATUS, status=ServiceStatus.READY)
    brought = ways.filter(request__in=elsewhere, received_at__gt=Subquery(became.order_by("-pk").values("at")[:1]))
    return not elsewhere or brought.values("request").distinct().count() == len(elsewhere)


def values_of(ticket: Sequence[ServiceRequest], language: str = "") -> dict[str, str]:
    """What the fields of a service text stand for, of the envelopes that are ready, else of all; in the client's language."""
    told = [request for request in ticket if request.status == ServiceStatus.READY] or list(ticket)
    first, language = told[0], language or told[0].client.language
    agreed, due = to_pay_together(told), max((r.due_on for r in told if r.due_on), default=None)
    return {
        "ticket": first.number,
        "link": address_of(first),
        "piece": ", ".join(request.description for request in told if request.description)[:200],
        "due": writing.day_in_words(due, language) if due else "",
        "sum": _remaining(language, agreed),
        "store": place_of(first).name,
        "store_phone": str(place_of(first).phone),
    }


def _remaining(language: str, agreed: Decimal | None) -> str:
    if agreed:
        return _money_in(language, agreed)
    words = AS_AGREED if agreed is None else PAID
    return words.get(language, words["ru"])


def _money_in(language: str, value: Decimal) -> str:
    with translation.override(language):
        return writing.money(value)


def tell_ready(request: ServiceRequest, *, now: datetime) -> Message | None:
    """One message a readiness, two minutes later, when the last envelope at work is ready; None where something is still at work.

    Asked under the lock of the client's row, so that two envelopes that become ready at once are told of once.
    """
    ticket = ticket_of(request)
    if not is_ready(ticket) or _told_after_all(ticket, now):
        return None
    at = now + TAKEN_BACK_WITHIN
    return service_texts.tell(request.client, "service-ready", occasion_key=_key(ticket), values=values_of(ticket), now=at)


def _key(ticket: Sequence[ServiceRequest]) -> str:
    """Of this readiness, at this place."""
    elsewhere = next((request.lies_in_id for request in ticket if request.status == ServiceStatus.READY), None)
    return f"ready:{ticket[0].pk}:{readiness(ticket)}" + (f":{elsewhere}" if elsewhere else "")


def tell_after_all(request: ServiceRequest, *, now: datetime) -> None:
    """What a slip called off is told after all, now that the ticket waits for the client again."""
    ticket = ticket_of(request)
    if is_ready(ticket):
        _told_after_all(ticket, now)


def _told_after_all(ticket: Sequence[ServiceRequest], now: datetime) -> bool:
    at = now + TAKEN_BACK_WITHIN
    return services.call_on(ticket[0].client, _key(ticket), send_after=at, expires_at=at + service_texts.LASTS)


def tell_price(offer: PriceOffer, *, now: datetime) -> Message | None:
    """Ask the client about another price, two minutes later: until their word the piece stays where it is."""
    request = offer.request
    values = {**values_of([request]), "sum": _money_in(request.client.language, offer.price)}
    key, at = f"{about_price(offer)}1", now + TAKEN_BACK_WITHIN
    return service_texts.tell(request.client, "service-price", occasion_key=key, values=values, now=at)


def about_price(offer: PriceOffer) -> str:
    """How the keys of what asks about an offer begin."""
    return f"price:{offer.pk}:"


def call_off_price(offer: PriceOffer, *, now: datetime) -> None:
    """The offer is answered or withdrawn: neither a message nor a call asks about it."""
    _call_off(offer.request, about_price(offer), now)


def is_about_to_tell(request: ServiceRequest) -> bool:
    """Whether the message that the ticket is ready has not left yet. Two queries."""
    beginning = f"ready:{ServiceRequest.objects.beside(request).order_by('envelope').values_list('pk', flat=True)[0]}:"
    return Message.objects.filter(occasion_key__startswith=beginning, state=MessageState.PENDING).exists()


def call_off(request: ServiceRequest, *, now: datetime) -> None:
    """The ticket does not wait for the client any more, or not yet again: nothing that says so leaves."""
    first = ServiceRequest.objects.beside(request).order_by("envelope").values_list("pk", flat=True)[0]
    for beginning in (f"ready:{first}:", f"waits:{first}:"):
        _call_off(request, beginning, now)


def _call_off(request: ServiceRequest, beginning: str, now: datetime) -> None:
    services.call_off(request.client, beginning, now=now)
    waiting = Errand.objects.filter(client=request.client_id, outcome=Errand.Outcome.OPEN, occasion_key__startswith=beginning)
    waiting.update(outcome=Errand.Outcome.DROPPED, done_at=now)
