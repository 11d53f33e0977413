"""Programs for a screen: whose occasion comes, and who cannot be written to."""

import hashlib
from collections.abc import Collection, Sequence
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
    listed = list(_cards(stores).filter(whose_day(None, today)).select_related("home_store").order_by("name_key")[:limit])
    program = programs().filter(key=BIRTHDAY, is_on=True, days_before=0).first() if listed else None
    if program is None:
        return [Celebrating(client, today) for client in listed]
    written = Message.objects.filter(source=program.key, occasion_on=today, client__in=listed)
    messages = {message.client_id: message for message in written}
    return [
        _by_now(entry, messages.get(entry.client.pk), now) for entry in _outlooks(program, [(client, today) for client in listed])
    ]


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

    Days without any are left out. Six queries at most, and one more for each kind of advertising, whatever the number of days.
    """
    who = _whose_days(program, stores, [today + timedelta(days=ahead) for ahead in range(days)])
    shown = {client for clients in who.values() for client in clients[:limit]}
    cards = Client.objects.select_related("home_store").filter(pk__any=shown).in_bulk()
    listed = [(cards[client], day) for day, clients in who.items() for client in clients[:limit] if client in cards]
    told: dict[date, list[Celebrating]] = {}
    for entry in _outlooks(program, listed) if listed else ():
        told.setdefault(entry.day, []).append(entry)
    return [DayAhead(day, len(who[day]), entries) for day, entries in told.items()]


def _whose_days(program: Program, stores: list[Store], days: Sequence[date]) -> dict[date, list[int]]:
    """Keys of the clients whose occasion is kept on each of the days, in the order of their names. One query."""
    kept_on = {key: day for day in days for key in clients_selectors.days_kept_on(day)}
    cards, field = _cards(stores).order_by("name_key", "pk"), "birthday"
    if program.occasion_id is None:
        cards = cards.filter(birthday__in=kept_on)
    else:
        cards, field = cards.filter(occasions__kind=program.occasion_id, occasions__day__in=kept_on), "occasions__day"
    found: dict[date, list[int]] = {day: [] for day in days}
    for client, key in cards.values_list("pk", field):
        found[kept_on[key]].append(client)
    return found


def _cards(stores: list[Store]) -> ClientQuerySet:
    """Complete cards of the stores, with those that the chain greets without an e-mail."""
    cards = Client.objects.complete()
    if rules.current().greets_without_email:
        cards |= Client.objects.without_email()
    return cards.of_stores(stores)


def _outlooks(program: Program, listed: Sequence[tuple[Client, date]]) -> list[Celebrating]:
    """What the planning and the rules would say today of each on their day, in their order; of somebody at least."""
    clients, days = [client for client, _day in listed], {day for _client, day in listed}
    agreed = {template.channel: _agreed(clients, template.purpose) for template in program.templates}
    for purpose in program.silent_purposes:
        agreed[purpose] = _agreed(clients, purpose)
    forbidding, alone = messaging_selectors.forbidding(clients, min(days)), quiet.on_days(days)

    def outlook(client: Client, day: date) -> Celebrating:
        words = [channel for channel, who in agreed.items() if client.pk in who]
        roads = [c for c in words if c == Channel.EMAIL or (c == Channel.SMS and client.takes_sms)]
        if not roads:
            return Celebrating(client, day, Reason.ROAD if words else Reason.CONSENT)
        if quiet.is_quiet(alone[day], client.pk) or held_out(program, day.year, client.pk):
            return Celebrating(client, day, Reason.HOLDOUT)
        return Celebrating(client, day, forbidding.reason(client, roads[0], day) or "", roads[0])

    return [outlook(client, day) for client, day in listed]


def _agreed(clients: Collection[Client], purpose: str) -> set[int]:
    """Keys of those who may be written to. One query."""
    asked = Client.objects.filter(pk__any={client.pk for client in clients}).order_by()
    return set(asked.agreed_to(purpose).values_list("pk", flat=True))


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
