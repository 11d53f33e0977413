"""What pages that several apps fill show: a client's time line, what the search box found, the day at the counter."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Sum
from django.utils import timezone

from clients import selectors as clients_selectors
from clients.models import Client
from messaging import selectors as messaging_selectors
from purchases import selectors as purchases_selectors
from purchases.models import Piece
from stores.models import Store
from visits import selectors as visits_selectors
from workshop import selectors as workshop_selectors
from workshop.models import ServiceRequest


class Event(NamedTuple):
    """One thing on a client's time line; ``kind`` is purchase, service or message."""

    kind: str
    at: date
    what: object


def time_line(client: Client) -> list[Event]:
    """Purchases, voided ones too, services and messages of a client, the newest first. Four queries."""
    events = [Event("purchase", purchase.sold_on, purchase) for purchase in purchases_selectors.purchases_of(client)]
    events += [Event("service", service.accepted_on, service) for service in workshop_selectors.services_of(client)]
    events += [Event("message", _day(m.sent_at or m.created_at), m) for m in messaging_selectors.messages_of(client)[:50]]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


class FoundClient(NamedTuple):
    """A card in the search results with its last visit."""

    client: Client
    last_visit: date | None


class SearchResults(NamedTuple):
    """Cards and service requests that a text means; ``alike``: nothing stands under it, and the cards' surnames are similar."""

    clients: list[FoundClient]
    services: list[ServiceRequest]
    alike: bool = False

    def __bool__(self) -> bool:
        return bool(self.clients or self.services)


def search(text: str) -> SearchResults:
    """What the search box found; where that is nothing, whose contact it was before a merge, or cards with a similar surname.

    Five queries at most, then a few.
    """
    clients, services = clients_selectors.find_clients(text), workshop_selectors.find_services(text)
    if not clients and not services and (former := clients_selectors.formerly(text)):
        clients = [former]
    similar = [] if clients or services else clients_selectors.find_alike(text)
    last = visits_selectors.last_visits(clients or similar) if clients or similar else {}
    found = [FoundClient(client, last.get(client.pk)) for client in clients or similar]
    return SearchResults(found, services, alike=bool(similar))


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
