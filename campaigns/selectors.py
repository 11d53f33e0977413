"""Programs for a screen: whose occasion comes, and who cannot be written to."""

import hashlib
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from campaigns.models import Program
from clients import selectors as clients_selectors
from clients.models import CardRules, Client, ClientQuerySet, Occasion, Purpose
from messaging import selectors as messaging_selectors
from messaging.models import Channel, Reason
from stores.models import Store

LISTED = 200


class Celebrating(NamedTuple):
    """A client whose occasion comes, on which day, and why there will be no message; empty: there will be one."""

    client: Client
    day: date
    reason: str = ""

    @property
    def agreed(self) -> bool:
        return self.reason != Reason.CONSENT

    @property
    def why_not(self) -> str:
        return str(Reason(self.reason).label) if self.reason else ""


class DayAhead(NamedTuple):
    """A day that comes: whose occasion it is, the first of them listed."""

    day: date
    clients: int
    listed: list[Celebrating]


def programs() -> "QuerySet[Program]":
    return Program.objects.select_related("template", "email_template", "occasion")


def whose_day(program: Program | None, day: date) -> Q:
    """Clients whose occasion (without a program: whose birthday) is kept on a day; 29 February on the 28th in common years."""
    if program is None or program.occasion_id is None:
        return clients_selectors.birthdays_on(day)
    kept = Occasion.objects.filter(kind=program.occasion_id, day__in=clients_selectors.days_kept_on(day))
    return Q(pk__in=kept.values("client"))


def held_out(program: Program, year: int, client: int) -> bool:
    """Whether a client gets nothing this year: the same answer whoever asks, whenever."""
    digest = hashlib.sha256(f"{program.key}:{year}:{client}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64 < program.holdout / 100


def celebrating(stores: list[Store], *, today: date, limit: int = LISTED) -> list[Celebrating]:
    """Complete cards of the stores whose birthday is today, and who agreed to advertising by SMS. Two queries."""
    clients = _cards(stores).filter(whose_day(None, today))
    listed = list(clients.order_by("name_key")[:limit])
    agreed = _agreed(clients, Purpose.ADVERTISING_SMS) if listed else set()
    return [Celebrating(client, today, "" if client.pk in agreed else Reason.CONSENT) for client in listed]


def days_ahead(program: Program, stores: list[Store], *, today: date, days: int = 7, limit: int = LISTED) -> list[DayAhead]:
    """Complete cards of the stores whose occasion comes in the next days, each day counted to its end.

    Days without any are left out. Five queries a day at most, and one more for each text of the program.
    """
    found = []
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        clients = _cards(stores).filter(whose_day(program, day))
        if listed := list(clients.order_by("name_key")[:limit]):
            total = len(listed) if len(listed) < limit else clients.count()
            found.append(DayAhead(day, total, _outlooks(program, clients, listed, day)))
    return found


def _cards(stores: list[Store]) -> ClientQuerySet:
    """Complete cards of the stores, with those that the chain greets without an e-mail. One query."""
    cards = Client.objects.complete()
    if CardRules.current().greets_without_email:
        cards |= Client.objects.without_email()
    return cards.of_stores(stores).select_related("home_store")


def _outlooks(program: Program, clients: ClientQuerySet, listed: list[Client], day: date) -> list[Celebrating]:
    """What the planning and the rules would say today, in their order."""
    agreed = {template.channel: _agreed(clients, template.purpose) for template in program.templates}
    for purpose in program.silent_purposes:
        agreed[purpose] = _agreed(clients, purpose)
    forbidden = messaging_selectors.forbidden(listed, day)

    def reason(client: Client) -> str:
        words = [channel for channel, who in agreed.items() if client.pk in who]
        roads = [c for c in words if c == Channel.EMAIL or (c == Channel.SMS and client.takes_sms)]
        if not roads:
            return Reason.ROAD if words else Reason.CONSENT
        if held_out(program, day.year, client.pk):
            return Reason.HOLDOUT
        return forbidden.get((client.pk, roads[0]), "")

    return [Celebrating(client, day, reason(client)) for client in listed]


def _agreed(clients: ClientQuerySet, purpose: str) -> set[int]:
    """Keys of those who may be written to."""
    return set(clients.agreed_to(purpose).values_list("pk", flat=True))
