"""Programs for a screen: whose occasion comes, and who cannot be written to."""

import hashlib
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from campaigns import quiet
from campaigns.models import (
    BIRTHDAY,
    OF_EVENING,
    SOURCE,
    Campaign,
    Club,
    ClubMember,
    Evening,
    Invitation,
    Program,
    Touch,
)
from clients import selectors as clients_selectors
from clients.models import Client, ClientQuerySet, Occasion
from messaging import selectors as messaging_selectors
from messaging.models import GONE, Channel, Message, Reason
from stores import quiet_hours, rules
from stores.models import Store

LISTED = 200


class Celebrating(NamedTuple):
    """A client whose occasion comes, on which day, and why there will be no message; empty: there will be one by ``channel``.

    Without a channel and a reason nothing is planned; ``is_greeted``: the message has gone.
    """

    client: Client
    day: date
    reason: str = ""
    channel: str = ""
    is_greeted: bool = False

    @property
    def why_not(self) -> str:
        if self.reason == Reason.HOLDOUT:
            return _("no message: comparison")
        return str(Reason(self.reason).label) if self.reason else ""

    @property
    def by_channel(self) -> str:
        return str(Channel(self.channel).label) if self.channel else ""


class DayAhead(NamedTuple):
    """A day that comes: whose occasion it is, the first of them listed."""

    day: date
    clients: int
    listed: list[Celebrating]


def programs() -> "QuerySet[Program]":
    return Program.objects.select_related("template", "email_template", "occasion")


class Listed(NamedTuple):
    """A program and how many clients it chose in the last seven days, those to compare with among them."""

    program: Program
    chosen: int


def this_week(programs: "QuerySet[Program]", *, today: date) -> list[Listed]:
    """Three queries."""
    week = (today - timedelta(days=6), today)
    touches = Touch.objects.compared().filter(counted_from__range=week).order_by().values_list("source")
    of_days = [program.key for program in programs if program.is_of_a_day]
    letters = Message.objects.filter(source__in=of_days, occasion_on__isnull=False, counted_from__range=week).order_by()
    counted = dict(touches.annotate(n=Count("pk"))) | dict(letters.values_list("source").annotate(n=Count("pk")))
    return [Listed(program, counted.get(program.key, 0)) for program in programs]


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


def celebrating(stores: list[Store], *, today: date, now: datetime, limit: int = LISTED) -> list[Celebrating]:
    """Complete cards of the stores whose birthday is today, and what the birthday's program still does or did. Eight queries."""
    clients = _cards(stores).filter(whose_day(None, today))
    listed = list(clients.order_by("name_key")[:limit])
    program = programs().filter(key=BIRTHDAY, is_on=True, days_before=0).first() if listed else None
    if program is None:
        return [Celebrating(client, today) for client in listed]
    written = Message.objects.filter(source=program.key, occasion_on=today, client__in=listed)
    messages = {message.client_id: message for message in written}
    return [_by_now(entry, messages.get(entry.client.pk), now) for entry in _outlooks(program, clients, listed, today)]


def _by_now(entry: Celebrating, message: Message | None, now: datetime) -> Celebrating:
    """What became of a greeting today: gone, failed, still to come, or too late for it."""
    if message and message.state in GONE:
        return entry._replace(reason="", channel=message.channel, is_greeted=True)
    if message and message.is_final:
        return entry._replace(reason=message.reason or Reason.LATE)
    home = entry.client.home_store
    zone = home.zone if home else ZoneInfo(settings.TIME_ZONE)
    if not entry.reason and now >= quiet_hours.evening(now, zone):
        return entry._replace(reason=Reason.LATE)
    return entry


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
    if rules.current().greets_without_email:
        cards |= Client.objects.without_email()
    return cards.of_stores(stores).select_related("home_store")


def _outlooks(program: Program, clients: ClientQuerySet, listed: list[Client], day: date) -> list[Celebrating]:
    """What the planning and the rules would say today, in their order."""
    agreed = {template.channel: _agreed(clients, template.purpose) for template in program.templates}
    for purpose in program.silent_purposes:
        agreed[purpose] = _agreed(clients, purpose)
    forbidden, alone = messaging_selectors.forbidden(listed, day), quiet.current(day)

    def outlook(client: Client) -> Celebrating:
        words = [channel for channel, who in agreed.items() if client.pk in who]
        roads = [c for c in words if c == Channel.EMAIL or (c == Channel.SMS and client.takes_sms)]
        if not roads:
            return Celebrating(client, day, Reason.ROAD if words else Reason.CONSENT)
        if quiet.is_quiet(alone, client.pk) or held_out(program, day.year, client.pk):
            return Celebrating(client, day, Reason.HOLDOUT)
        return Celebrating(client, day, forbidden.get((client.pk, roads[0]), ""), roads[0])

    return [outlook(client) for client in listed]


def _agreed(clients: ClientQuerySet, purpose: str) -> set[int]:
    """Keys of those who may be written to."""
    return set(clients.agreed_to(purpose).values_list("pk", flat=True))


def titles(sources: Collection[str]) -> dict[str, str]:
    """What programs, campaigns and evenings are called, by the sources of their messages. Three queries."""
    programs = dict(Program.objects.filter(key__in=sources).values_list("key", "title"))
    campaigns = Campaign.objects.filter(pk__in=_numbers(sources, SOURCE))
    evenings = Evening.objects.filter(pk__in=_numbers(sources, OF_EVENING))
    return programs | {one.source: one.title for one in campaigns} | {one.source: one.title for one in evenings}


def _numbers(sources: Collection[str], beginning: str) -> list[int]:
    return [int(one.partition(":")[2]) for one in sources if one.startswith(f"{beginning}:")]


AHEAD = timedelta(days=14)


def evenings_soon(stores: list[Store], now: datetime) -> list[Evening]:
    """Evenings of the stores that are not over and begin within two weeks, with ``people``: seats taken. One query."""
    will, came = Q(invitations__answer="accepted", invitations__came_at=None), Q(invitations__came_at__isnull=False)
    found = Evening.objects.coming(now).filter(store__in=stores, starts_at__lt=now + AHEAD).select_related("store")
    clients = Count("invitations", filter=will | came)
    guests = Sum("invitations__guests", filter=will, default=0) + Sum("invitations__came_guests", filter=came, default=0)
    return list(found.annotate(people=clients + guests))


class OnCard(NamedTuple):
    """An evening to come on a client's card, and their invitation, if there is one."""

    evening: Evening
    invitation: Invitation | None


def evenings_of(client: Client, stores: list[Store], now: datetime) -> list[OnCard]:
    """Those of the stores that are still to come. Two queries."""
    coming = list(Evening.objects.coming(now).filter(store__in=stores).select_related("store"))
    invited = {one.evening_id: one for one in Invitation.objects.filter(client=client, evening__in=coming)}
    return [OnCard(evening, invited.get(evening.pk)) for evening in coming]


class Membership(NamedTuple):
    """A club on a client's card, and what they are in it; None: not in it."""

    club: Club
    member: ClubMember | None


def clubs_of(client: Client, stores: list[Store]) -> list[Membership]:
    """Two queries."""
    clubs = list(Club.objects.visible_to(stores))
    there = {one.club_id: one for one in ClubMember.objects.present().filter(client=client, club__in=clubs).select_related("by")}
    return [Membership(club, there.get(club.pk)) for club in clubs]
