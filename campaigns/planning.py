"""Whose occasion it is where they live, and the message about it, once a year; or, for some, none, to compare with."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns import selectors
from campaigns.models import Program
from clients import phones
from clients.models import Client
from messaging import address, texts
from messaging import services as messaging_services
from messaging.address import Addressee
from messaging.models import Channel, Lane, Message, MessageState, Reason, Template
from stores.models import Store

BATCH = 1_000
FACTS = ("pk", "first_name", "middle_name", "language", "home_store_id", "phone", "email")


class Moment(NamedTuple):
    """A program's turn in a time zone: the day of the occasion, and until when its messages are worth sending."""

    zone: ZoneInfo
    local: datetime
    occasion_on: date
    expires_at: datetime


def plan(program: Program, *, now: datetime) -> int:
    """Queue a message to each client whose occasion it is, wherever the sending hour has come. Returns messages queued.

    Twice a day, by two workers at once or after a restored backup it still makes one message a client and year
    (``<program>:<year>:<client>``). A card completed at noon gets its message from the next run.
    """
    stores = {store.pk: store for store in Store.objects.all()}
    moments = (moment_in(zone, program, now) for zone in zones_of(stores))
    return sum(_plan_moment(program, moment, stores) for moment in moments if moment)


def zones_of(stores: dict[int, Store]) -> list[ZoneInfo]:
    """Time zones of the stores, and the chain's own for clients without a home."""
    names = {str(store.time_zone) for store in stores.values()} | {settings.CHAIN_TIME_ZONE}
    return [ZoneInfo(name) for name in sorted(names)]


def moment_in(zone: ZoneInfo, program: Program, now: datetime) -> Moment | None:
    """The program's turn in a zone at ``now``; None before its hour and in the quiet hours."""
    local = now.astimezone(zone)
    if not program.hour <= local.hour < settings.QUIET_FROM:
        return None
    quiet_from = datetime.combine(local.date(), time(settings.QUIET_FROM), tzinfo=zone)
    return Moment(zone, local, local.date() + timedelta(days=program.days_before), quiet_from)


def held_out(program: Program, year: int, client: int) -> bool:
    """Whether a client gets nothing this year: the same answer whoever asks, whenever."""
    digest = hashlib.sha256(f"{program.key}:{year}:{client}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64 < program.holdout / 100


def _plan_moment(program: Program, moment: Moment, stores: dict[int, Store]) -> int:
    homes = [pk for pk, store in stores.items() if str(store.time_zone) == str(moment.zone)]
    queued = 0
    for template in program.templates:
        rows = iter(_celebrating(program, template, moment, homes).values(*FACTS).iterator(chunk_size=BATCH))
        while batch := list(islice(rows, BATCH)):
            queued += messaging_services.queue(list(_messages(program, template, moment, batch, stores)))
    return queued


def _celebrating(program: Program, template: Template, moment: Moment, homes: list[int]) -> "QuerySet[Client]":
    home = Q(home_store__in=homes)
    if str(moment.zone) == settings.CHAIN_TIME_ZONE:
        home |= Q(home_store=None)
    planned = Message.objects.filter(source=program.key, occasion_on=moment.occasion_on, client=OuterRef("pk"))
    clients = (
        Client.objects.complete()
        .filter(home, selectors.whose_day(program, moment.occasion_on))
        .filter(~Exists(planned))
        .order_by()
    )
    return clients.agreed_to(template.purpose) if template.purpose else clients


def _messages(
    program: Program, template: Template, moment: Moment, rows: list[dict[str, Any]], stores: dict[int, Store]
) -> Iterator[Message]:
    year = moment.occasion_on.year
    for row in rows:
        recipient = row["phone"] if template.channel == Channel.SMS else row["email"]
        if not recipient or (template.channel == Channel.SMS and not phones.is_mobile(recipient)):
            continue
        to = Addressee(row["first_name"], row["middle_name"], row["language"], stores.get(row["home_store_id"]))
        message = _message(program, template, moment, to, recipient)
        message.client_id, message.occasion_key = row["pk"], f"{program.key}:{year}:{row['pk']}"
        if program.holdout and held_out(program, year, row["pk"]):
            message.state, message.reason = MessageState.SUPPRESSED, Reason.HOLDOUT
        yield message


def _message(program: Program, template: Template, moment: Moment, to: Addressee, recipient: str) -> Message:
    called = program.occasion.called(to.language) if program.occasion else ""
    values = address.values_for(to, occasion=called, day=moment.occasion_on)
    subject, text = (texts.fill(wording, values) for wording in template.wording(to.language))
    return Message(
        store=to.store,
        source=program.key,
        occasion_on=moment.occasion_on,
        counted_from=moment.local.date(),
        template=template,
        channel=template.channel,
        lane=Lane.BULK if template.purpose else Lane.URGENT,
        purpose=template.purpose,
        language=to.language,
        recipient=recipient,
        subject=" ".join(subject.split())[:200],
        text=text,
        segments=texts.length(text).segments if template.channel == Channel.SMS else 1,
        send_after=moment.local,
        expires_at=moment.expires_at,
    )
