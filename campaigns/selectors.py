"""The birthday program for a screen: who is greeted soon, and who cannot be."""

from datetime import date, timedelta
from typing import NamedTuple

from clients import selectors as clients_selectors
from clients.models import Client, Purpose
from stores.models import Store


class Celebrating(NamedTuple):
    """A client whose birthday comes, on which day, and whether the greeting may be sent."""

    client: Client
    day: date
    agreed: bool


def celebrating(stores: list[Store], *, today: date, days: int = 7, limit: int = 200) -> list[Celebrating]:
    """Complete cards of the stores with a birthday in the coming days, by day. Two queries a day at most."""
    cards = Client.objects.complete().of_stores(stores).select_related("home_store")
    found = []
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        clients = cards.filter(clients_selectors.birthdays_on(day))
        listed = list(clients.order_by("name_key")[:limit])
        agreed = set(clients.agreed_to(Purpose.ADVERTISING_SMS).values_list("pk", flat=True)) if listed else set()
        found += [Celebrating(client, day, client.pk in agreed) for client in listed]
    return found
