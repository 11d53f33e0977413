"""Whose occasion it is where they live, and the message about it, once a year; or, for some, none, to compare with."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from campaigns import quiet, selectors, touching
from campaigns.models import PURPOSES, Program, WhyOut
from campaigns.touching import Chosen
from clients.models import Client, ClientQuerySet
from clients.writing import phones
from imports.bulk import batched
from messaging import address, texts
from messaging import services as messaging_services
from messaging.address import Addressee
from messaging.models import Channel, Lane, Message, MessageState, Reason, Template
from messaging.services import Draft
from stores import quiet_hours, rules
from stores.models import Store

BATCH = 1_000
FACTS = ("pk", "first_name", "middle_name", "language", "home_store_id", "phone", "email")


class Fate(NamedTuple):
    """The state of a message when it is queued, and why it does not go."""

    state: str
    reason: str = ""


WAITS = Fate(MessageState.PENDING)
# Of what a restored base has forgotten: a person decides.
MAY_HAVE_GONE = Fate(MessageState.UNKNOWN, Reason.RESTORED)


class PlannedRow(NamedTuple):
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
    greets_without_email: bool = False


def plan(program: Program, *, now: datetime) -> int:
    """Queue a message to each client whose occasion it is, wherever the sending hour has come. Returns messages queued.

    Twice a day, by two workers at once or after a restored backup it still makes one message a client and year
    (``<program>:<year>:<client>``). A card completed at noon gets its message from the next run. One indexed query for
    each day that it is somewhere, whatever the number of time zones.
    """
    stores = {store.pk: store for store in Store.objects.all()}
    due = turns(program, stores, now)
    greets = bool(due) and rules.current().greets_without_email
    return sum(_plan_turn(program, turn._replace(greets_without_email=greets), stores) for turn in due)


def plan_restored(program: Program, *, since: datetime, until: datetime) -> int:
    """Write down as in doubt what the runs between two moments would have queued: whether it went, the base has forgotten.

    Returns messages written down. No later run plans them, as their occasions are there.
    """
    stores = {store.pk: store for store in Store.objects.all()}
    greets = rules.current().greets_without_email
    lost = (turn._replace(greets_without_email=greets) for turn in turns_between(program, stores, since, until))
    return sum(_plan_turn(program, turn, stores, MAY_HAVE_GONE) for turn in lost)


def turns_between(program: Program, stores: dict[int, Store], since: datetime, until: datetime) -> list[Turn]:
    """The turns that came somewhere in the chain between two moments, one for each day."""
    days: dict[date, dict[int, Moment]] = {}
    for moment in _hours(since, until):
        for turn in turns(program, stores, moment):
            days[turn.occasion_on] = turn.moments | days.get(turn.occasion_on, {})
    return [Turn(day, moments) for day, moments in sorted(days.items())]


def _hours(since: datetime, until: datetime) -> Iterator[datetime]:
    """Every hour from one moment to the other, and that one: no sending hour lies between two of them unseen."""
    while since < until:
        yield since
        since += timedelta(hours=1)
    yield until


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
    local, evening = now.astimezone(zone), quiet_hours.evening(now, zone)
    if local.hour < program.hour or local >= evening:
        return None
    return Moment(local, local.date() + timedelta(days=program.days_before), evening)


def _plan_turn(program: Program, turn: Turn, stores: dict[int, Store], usual: Fate = WAITS) -> int:
    # Not a NOT EXISTS: of a new day the database knows nothing yet, and compares each with each.
    known = Message.objects.filter(source=program.key, occasion_on=turn.occasion_on).values_list("client", "reason")
    reasons = dict(known.iterator())
    planned = {client for client, reason in reasons.items() if reason != Reason.ROAD}
    queued, lost, alone = 0, _Lost(program, turn), _Alone(program, turn)
    for template in program.templates:
        writer = _Writer(program, template, turn, stores, usual)
        for batch in _batches(_celebrating(program, template.purpose, turn), without=planned):
            reached = alone.leave([row for row in batch if writer.recipient(row)])
            lost.note(template.purpose, [row for row in batch if not writer.recipient(row)])
            lost.find_again([row.client for row in reached if row.client in reasons])
            queued += messaging_services.queue_alike(writer.pattern, [writer.draft(row) for row in reached])
            planned.update(row.client for row in reached)
    for purpose in program.silent_purposes:
        for batch in _batches(_celebrating(program, purpose, turn), without=planned):
            lost.note(purpose, batch)
    lost.write_down(without=planned | reasons.keys())
    return queued


class _Alone:
    """Who is to get no advertising gets no greeting either: a touch says so, and the year's round makes it once."""

    def __init__(self, program: Program, turn: Turn) -> None:
        self.program, self.turn = program, turn
        self.counted_from = turn.occasion_on - timedelta(days=program.days_before)
        self.quiet = quiet.current(self.counted_from)

    def leave(self, rows: list[PlannedRow]) -> list[PlannedRow]:
        """The others."""
        left = [row for row in rows if quiet.is_quiet(self.quiet, row.client)]
        if left:
            year = str(self.turn.occasion_on.year)
            chosen = [Chosen(row.client, year, self.counted_from, row.home, reason=WhyOut.QUIET) for row in left]
            touching.write(self.program.key, chosen, phase=year, holdout=self.program.holdout)
        return [row for row in rows if not quiet.is_quiet(self.quiet, row.client)]


def _celebrating(program: Program, purpose: str, turn: Turn) -> list[ClientQuerySet]:
    """Complete cards, and apart from them, as each has its index, those that the chain greets without an e-mail."""
    home = Q(home_store__in=[pk for pk in turn.moments if pk])
    if 0 in turn.moments:
        home |= Q(home_store=None)
    cards = [Client.objects.complete(), Client.objects.without_email()][: 2 if turn.greets_without_email else 1]
    day = selectors.whose_day(program, turn.occasion_on)
    return [some.filter(home, day).order_by().agreed_to(purpose) for some in cards]


def _batches(clients: Iterable[ClientQuerySet], *, without: Collection[int]) -> Iterator[list[PlannedRow]]:
    facts = chain.from_iterable(some.values_list(*FACTS).iterator(chunk_size=BATCH) for some in clients)
    rows = (PlannedRow(*fact) for fact in facts if fact[0] not in without)
    return batched(rows, BATCH)


def _pattern(program: Program, turn: Turn, channel: str, purpose: str) -> Message:
    return Message(
        source=program.key, occasion_on=turn.occasion_on, channel=channel, purpose=purpose, lane=Lane.BULK,
        counted_from=turn.occasion_on - timedelta(days=program.days_before),
    )  # fmt: skip


def _key(program: Program, turn: Turn, client: int) -> str:
    return f"{program.key}:{turn.occasion_on.year}:{client}"


class _Lost:
    """Clients who agreed and whom the program cannot reach: a landline, or no text for what they agreed to.

    Each gets a message that never goes, so that somebody sees it; one who can be reached after all is written to.
    """

    def __init__(self, program: Program, turn: Turn) -> None:
        self.program, self.turn = program, turn
        self.rows: dict[str, list[PlannedRow]] = {}

    def note(self, purpose: str, rows: Iterable[PlannedRow]) -> None:
        self.rows.setdefault(purpose, []).extend(rows)

    def find_again(self, clients: Collection[int]) -> None:
        """Make room for the messages of those who could not be reached when the program ran before.

        Should the worker die before they are written, the next run writes them.
        """
        if clients:
            never = Message.objects.filter(source=self.program.key, occasion_on=self.turn.occasion_on, reason=Reason.ROAD)
            never.filter(client__in=clients).delete()

    def write_down(self, *, without: Collection[int]) -> None:
        for channel, purpose in PURPOSES.items():
            drafts = [self._draft(row, channel) for row in self.rows.get(purpose, []) if row.client not in without]
            messaging_services.queue_alike(_pattern(self.program, self.turn, channel, purpose), drafts)

    def _draft(self, row: PlannedRow, channel: str) -> Draft:
        recipient, moment = (row.phone if channel == Channel.SMS else row.email) or "", self.turn.moments[row.home or 0]
        return Draft(
            row.client, row.home, _key(self.program, self.turn, row.client), recipient, row.language, "", "", 1,
            MessageState.SUPPRESSED, Reason.ROAD, moment.local, moment.expires_at, uuid4(),
        )  # fmt: skip


class _Writer:
    """Writes the messages of one turn by one template; what is the same for all of a store is worked out once."""

    def __init__(self, program: Program, template: Template, turn: Turn, stores: dict[int, Store], usual: Fate) -> None:
        self.program, self.template, self.turn, self.stores, self.usual = program, template, turn, stores, usual
        self.by_sms = template.channel == Channel.SMS
        self.pattern = _pattern(program, turn, template.channel, template.purpose)
        self.pattern.template_id = template.pk

    def recipient(self, row: PlannedRow) -> str:
        """Where the text can go; empty where it cannot."""
        recipient = (row.phone if self.by_sms else row.email) or ""
        return recipient if not self.by_sms or phones.is_mobile(recipient) else ""

    def draft(self, row: PlannedRow) -> Draft:
        subject, text = self._words(row)
        segments = texts.length(text).segments if self.by_sms else 1
        state, reason = self._fate(row.client, segments)
        moment = self.turn.moments[row.home or 0]
        return Draft(
            row.client, row.home, _key(self.program, self.turn, row.client), self.recipient(row), row.language, subject, text,
            segments, state, reason, moment.local, moment.expires_at, uuid4(),
        )  # fmt: skip

    def _words(self, row: PlannedRow) -> tuple[str, str]:
        to = Addressee(row.first_name, row.middle_name, row.language, self.stores.get(row.home or 0))
        called = self.program.occasion.called(to.language) if self.program.occasion else ""
        values = address.values_for(to, occasion=called, day=self.turn.occasion_on)
        subject, text = self.template.wording(to.language)
        return (" ".join(texts.fill(subject, values).split())[:200] if subject else ""), texts.fill(text, values)

    def _fate(self, client: int, segments: int) -> Fate:
        """Whether the message waits to go, as usual, and why not where it does not."""
        if self.program.holdout and selectors.held_out(self.program, self.turn.occasion_on.year, client):
            return Fate(MessageState.SUPPRESSED, Reason.HOLDOUT)
        if self.by_sms and segments > texts.MAX_SEGMENTS:
            return Fate(MessageState.SUPPRESSED, Reason.LENGTH)
        return self.usual
