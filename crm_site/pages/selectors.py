"""What pages that several apps fill show: a client's time line, the day at the counter."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Sum
from django.utils import timezone

from clients.models import Client
from messaging import selectors as messaging_selectors
from purchases.models import Piece, Purchase
from stores.models import Store
from workshop import selectors as workshop_selectors


class Event(NamedTuple):
    """One thing on a client's time line; ``kind`` is purchase, service or message."""

    kind: str
    at: date
    what: object


def time_line(client: Client, receipts: Sequence[Purchase]) -> list[Event]:
    """These receipts, and the services and messages of a client, the newest first. A query for each of the two that the card
    (``whole_card.card_of``) says there are."""
    events = [Event("purchase", purchase.sold_on, purchase) for purchase in receipts]
    if getattr(client, "has_services", True):
        events += [Event("service", service.accepted_on, service) for service in workshop_selectors.services_of(client)]
    if getattr(client, "has_messages", True):
        events += [Event("message", _day(m.sent_at or m.created_at), m) for m in messaging_selectors.messages_of(client)[:50]]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


class Day(NamedTuple):
    """Kept pieces sold in some stores today."""

    receipts: int
    items: int
    revenue: object


def sold_today(stores: list[Store], today: date) -> Day:
    """One query."""
    pieces = Piece.objects.kept().filter(purchase__store__in=stores, purchase__sold_on=today)
    sums = pieces.aggregate(receipts=Count("purchase", distinct=True), items=Count("pk"), revenue=Sum("price"))
    return Day(sums["receipts"], sums["items"], sums["revenue"] or 0)
