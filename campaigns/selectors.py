"""Programs for a screen: whose occasion comes, and who cannot be written to."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from campaigns.models import Program
from clients import selectors as clients_selectors
from clients.models import Client, ClientQuerySet, Occasion, Purpose
from stores.models import Store


class Celebrating(NamedTuple):
    """A client whose occasion comes, on which day, and whether a message may be sent."""

    client: Client
    day: date
    agreed: bool


def programs() -> "QuerySet[Program]":
    return Program.objects.select_related("template", "email_template", "occasion")


def whose_day(program: Program | None, day: date) -> Q:
    """Clients whose occasion (without a program: whose birthday) is kept on a day; 29 February on the 28th in common years."""
    if program is None or program.occasion_id is None:
        return clients_selectors.birthdays_on(day)
    kept = Occasion.objects.filter(kind=program.occasion_id, day__in=clients_selectors.days_kept_on(day))
    return Q(pk__in=kept.values("client"))


def celebrating(
    stores: list[Store], *, today: date, program: Program | None = None, days: int = 7, limit: int = 200
) -> list[Celebrating]:
    """Complete cards of the stores whose occasion comes in the next days, by day. Two queries a day and text at most."""
    cards = Client.objects.complete().of_stores(stores).select_related("home_store")
    purposes = [template.purpose for template in program.templates] if program else [Purpose.ADVERTISING_SMS]
    found = []
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        clients = cards.filter(whose_day(program, day))
        listed = list(clients.order_by("name_key")[:limit])
        agreed = {pk for p in purposes for pk in _agreed(clients, p)} if listed else set()
        found += [Celebrating(client, day, client.pk in agreed) for client in listed]
    return found


def _agreed(clients: ClientQuerySet, purpose: str) -> set[int]:
    """Keys of those who may be written to; a service message needs nobody's consent."""
    return set((clients.agreed_to(purpose) if purpose else clients).values_list("pk", flat=True))
