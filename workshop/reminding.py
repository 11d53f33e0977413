"""Pieces that wait: a word to their clients after 7 and 21 days, a call after 28; a call about a price unanswered for a day."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from messaging import errands, service_texts
from stores import quiet_hours
from stores.models import Store
from stores.texts import writing
from workshop import telling
from workshop.models import PriceOffer, ServiceRequest, ServiceStatus
from workshop.selectors import OPEN_STATUSES

MESSAGES, CALL = (7, 21), 28
UNANSWERED = timedelta(days=1)
# What has waited longer was told of, or came with a list of long ago.
LONGEST = 90


def remind(now: datetime) -> int:
    """Say what is due to be said in stores where it is day. Safe to run again at any time. Returns what was new."""
    awake = quiet_hours.awake(Store.objects.all(), now)
    told = sum(_remind(ticket, days, now) for store in awake for ticket, days in _waiting(store, now))
    return told + sum(_ask_about(offer, now) for offer in _unanswered(awake, now))


def _unanswered(stores: Collection[Store], now: datetime) -> Iterable[PriceOffer]:
    """Offers of the stores' open requests to which the client has said nothing for a day."""
    found = PriceOffer.objects.filter(
        answer=PriceOffer.Answer.OPEN, at__lte=now - UNANSWERED, request__store__in=stores, request__status__in=OPEN_STATUSES
    )
    return found.select_related("request__client", "request__store", "request__lies_in")


def _ask_about(offer: PriceOffer, now: datetime) -> int:
    request = offer.request
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("Ticket %(ticket)s: the client has not answered about the price") % {"ticket": request.number}
        script = _("The work will cost %(price)s: %(reason)s. Do they agree? Until then the piece waits.") % {
            "price": writing.money(offer.price), "reason": offer.reason or request.get_kind_display(),
        }  # fmt: skip
    place = telling.place_of(request)
    _errand, is_new = errands.ask_for(
        request.client, store=place, occasion_key=f"{telling.about_price(offer)}call", reason=reason, script=script,
        due_on=place.today(now), is_service=True, topic=errands.Topic.QUESTION,
    )  # fmt: skip
    return is_new


def _waiting(store: Store, now: datetime) -> Iterable[tuple[list[ServiceRequest], int]]:
    """Tickets of a store of which everything is ready, with the days since the last of it was."""
    today = store.today(now)
    days = (today - timedelta(days=LONGEST), today - timedelta(days=MESSAGES[0]))
    ready = ServiceRequest.objects.filter(store=store, status=ServiceStatus.READY, ready_on__range=days)
    seen = set()
    for request in ready.select_related("client").order_by("pk"):
        key = (request.accepted_on, request.number)
        if key in seen:
            continue
        seen.add(key)
        ticket = telling.ticket_of(request)
        since = max((one.ready_on for one in ticket if one.status == ServiceStatus.READY and one.ready_on), default=today)
        if telling.is_ready(ticket) and (today - since).days >= MESSAGES[0]:
            yield ticket, (today - since).days


def _remind(ticket: list[ServiceRequest], days: int, now: datetime) -> int:
    first = ticket[0]
    key = f"waits:{first.pk}:{telling.readiness(ticket)}"
    if days >= CALL:
        return _ask_to_call(ticket, days, f"{key}:{CALL}", now)
    step = max(step for step in MESSAGES if step <= days)
    values = telling.values_of(ticket)
    return bool(service_texts.tell(first.client, "service-waits", occasion_key=f"{key}:{step}", values=values, now=now))


def _ask_to_call(ticket: list[ServiceRequest], days: int, key: str, now: datetime) -> int:
    """An errand in the language of the chain for the store where the piece lies."""
    ready = next(request for request in ticket if request.status == ServiceStatus.READY)
    place, values = telling.place_of(ready), telling.values_of(ticket, settings.LANGUAGE_CODE)
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("Ticket %(ticket)s has been ready for %(days)s days and was not fetched") % {**values, "days": days}
        script = _(
            "%(piece)s is ready and waits at %(store)s. To pay: %(sum)s. Ask when they will come, or whether somebody else will."
        ) % {**values, "piece": values["piece"] or values["ticket"]}
    _errand, is_new = errands.ask_for(
        ready.client, store=place, occasion_key=key, reason=reason, script=script, due_on=place.today(now), is_service=True,
        topic=errands.Topic.READY,
    )  # fmt: skip
    return is_new
