"""Whose occasion it is where they live, and the message about it, once a year; or, for some, none, to compare with."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from campaigns import selectors
from campaigns.models import Program
from clients import phones
from clients.models import Client, ClientQuerySet
from messaging import address, texts
from messaging import services as messaging_services
from messaging.address import Addressee
from messaging.models import Channel, Lane, Message, MessageState, Reason, Template
from messaging.services import Draft
from stores.models import Store

BATCH = 1_000
FACTS = ("pk", "first_name", "middle_name", "language", "home_store_id", "phone", "email")


class Row(NamedTuple):
    """What a message needs to know of a client, in the order of ``FACTS``."""

    client: int
    first_name: str
    middle_name: str
    language: str
    home: int | None
    phone: str | None
    email: str | None


class Moment(NamedTuple):
    """A program's turn in a time zone: the day of the occasion, and until when its messages are worth sending."""

    local: datetime
    occasion_on: date
    expires_at: datetime


class Turn(NamedTuple):
    """A program's turn on one day of its occasion: the stores where it has come, by key, and 0 for clients without a home."""

    occasion_on: date
    moments: dict[int, Moment]


def plan(program: Program, *, now: datetime) -> int:
    """Queue a message to each client whose occasion it is, wherever the sending hour has come. Returns messages queued.

    Twice a day, by two workers at once or after a restored backup it still makes one message a client and year
    (``<program>:<year>:<client>``). A card completed at noon gets its message from the next run. One indexed query for
    each day that it is somewhere, whatever the number of time zones.
    """
    stores = {store.pk: store for store in Store.objects.all()}
    return sum(_plan_turn(program, turn, stores) for turn in turns(program, stores, now))


def turns(program: Program, stores: dict[int, Store], now: datetime) -> list[Turn]:
    """The days of the occasion that it is now somewhere in the chain, each with the stores where it is."""
    zones = {0: settings.CHAIN_TIME_ZONE} | {pk: str(store.time_zone) for pk, store in stores.items()}
    by_zone = {zone: moment_in(ZoneInfo(zone), program, now) for zone in set(zones.values())}
    days: dict[date, dict[int, Moment]] = {}
    for home, zone in zones.items():
        if moment := by_zone[zone]:
            days.setdefault(moment.occasion_on, {})[home] = moment
    return [Turn(day, moments) for day, moments in sorted(days.items())]


def moment_in(zone: ZoneInfo, program: Program, now: datetime) -> Moment | None:
    """The program's turn in a zone at ``now``; None before its hour and in the quiet hours."""
    local = now.astimezone(zone)
    if not program.hour <= local.hour < settings.QUIET_FROM:
        return None
    quiet_from = datetime.combine(local.date(), time(settings.QUIET_FROM), tzinfo=zone)
    return Moment(local, local.date() + timedelta(days=program.days_before), quiet_from)


def held_out(program: Program, year: int, client: int) -> bool:
    """Whether a client gets nothing this year: the same answer whoever asks, whenever."""
    digest = hashlib.sha256(f"{program.key}:{year}:{client}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64 < program.holdout / 100


def _plan_turn(program: Program, turn: Turn, stores: dict[int, Store]) -> int:
    queued = 0
    for template in program.templates:
        # Not a NOT EXISTS: of a new day the database knows nothing yet, and compares each with each.
        planned = set(Message.objects.filter(source=program.key, occasion_on=turn.occasion_on).values_list("client", flat=True))
        rows = _celebrating(program, template, turn).values_list(*FACTS).iterator(chunk_size=BATCH)
        fresh = (Row(*facts) for facts in rows if facts[0] not in planned)
        writer = _Writer(program, template, turn, stores)
        while batch := list(islice(fresh, BATCH)):
            queued += messaging_services.queue_alike(writer.pattern, list(writer.drafts(batch)))
    return queued


def _celebrating(program: Program, template: Template, turn: Turn) -> ClientQuerySet:
    home = Q(home_store__in=[pk for pk in turn.moments if pk])
    if 0 in turn.moments:
        home |= Q(home_store=None)
    clients = Client.objects.complete().filter(home, selectors.whose_day(program, turn.occasion_on)).order_by()
    return clients.agreed_to(template.purpose) if template.purpose else clients


class _Writer:
    """Writes the messages of one turn by one template; what is the same for all of a store is worked out once."""

    def __init__(self, program: Program, template: Template, turn: Turn, stores: dict[int, Store]) -> None:
        self.program, self.template, self.turn, self.stores = program, template, turn, stores
        self.by_sms = template.channel == Channel.SMS
        self.pattern = Message(
            source=program.key,
            occasion_on=turn.occasion_on,
            counted_from=turn.occasion_on - timedelta(days=program.days_before),
            template_id=template.pk,
            channel=template.channel,
            lane=Lane.BULK if template.purpose else Lane.URGENT,
            purpose=template.purpose,
        )

    def drafts(self, rows: Iterable[Row]) -> Iterator[Draft]:
        for row in rows:
            recipient = row.phone if self.by_sms else row.email
            if recipient and (not self.by_sms or phones.is_mobile(recipient)):
                yield self._draft(row, recipient)

    def _draft(self, row: Row, recipient: str) -> Draft:
        subject, text = self._words(row)
        segments = texts.length(text).segments if self.by_sms else 1
        state, reason = self._fate(row.client, segments)
        moment, year = self.turn.moments[row.home or 0], self.turn.occasion_on.year
        return Draft(
            row.client, row.home, f"{self.program.key}:{year}:{row.client}", recipient, row.language, subject, text, segments,
            state, reason, moment.local, moment.expires_at, uuid4(),
        )  # fmt: skip

    def _words(self, row: Row) -> tuple[str, str]:
        to = Addressee(row.first_name, row.middle_name, row.language, self.stores.get(row.home or 0))
        called = self.program.occasion.called(to.language) if self.program.occasion else ""
        values = address.values_for(to, occasion=called, day=self.turn.occasion_on)
        subject, text = self.template.wording(to.language)
        return (" ".join(texts.fill(subject, values).split())[:200] if subject else ""), texts.fill(text, values)

    def _fate(self, client: int, segments: int) -> tuple[str, str]:
        """Whether the message waits to go, and why not where it does not."""
        if self.program.holdout and held_out(self.program, self.turn.occasion_on.year, client):
            return MessageState.SUPPRESSED, Reason.HOLDOUT
        if self.by_sms and segments > texts.MAX_SEGMENTS:
            return MessageState.SUPPRESSED, Reason.LENGTH
        return MessageState.PENDING, ""
