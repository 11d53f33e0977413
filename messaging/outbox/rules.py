"""Who may be written to now: consent, stop list, holds, cap and quiet hours, as one question to the database.

The rules are asked while a message is claimed, under the lock of its row and, for advertising, of its client's:
so what was withdrawn, stopped or sent a moment ago counts.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from clients import proving
from clients.models import LIVE, CardState, Client, Consent
from clients.writing import addresses, phones
from messaging import texts
from messaging.models import GONE, PAPER, Channel, Errand, Message, Pause, Reason, StopEntry, TurnedOff
from messaging.outbox import chats as open_chats
from messaging.outbox.flights import Place
from stores import quiet_hours
from stores import rules as chain_rules
from stores.chain_day import day_of
from stores.models import Store

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
# A message that a hold or the cap forbids now may be allowed later, as long as it has not expired.
ASK_AGAIN, LAST_CALL = timedelta(hours=6), timedelta(minutes=10)


@dataclass(frozen=True)
class Verdict:
    """What becomes of a due message: it goes, to ``recipient``; or waits ``until`` for a reason; or is suppressed.

    ``chats``: where it may go by a messenger; ``recipient`` is empty where it may go there alone.
    """

    message: Message
    recipient: str = ""
    reason: Reason | None = None
    until: datetime | None = None
    chats: Mapping[str, Sequence[Place]] = field(default_factory=dict)

    @property
    def goes(self) -> bool:
        return self.reason is None

    @property
    def waits(self) -> bool:
        return self.until is not None


def judge(messages: Sequence[Message], now: datetime) -> list[Verdict]:
    """A verdict for each message, in their order. One query, one for the time zones of the stores, one for chats if there are."""
    asked = _asked([message.pk for message in messages], now)
    chats = open_chats.chats_of({message.client_id for message in messages if message.client_id})
    zones = {store.pk: store.zone for store in Store.objects.all()} if asked else {}
    claimed: Counter[int] = Counter()
    verdicts = []
    for message in messages:
        facts = asked[message.pk]
        facts["chats"] = open_chats.for_message(message, chats.get(message.client_id or 0, ()))
        verdict = _judge(message, facts, zones.get(facts["home"], ZoneInfo(settings.CHAIN_TIME_ZONE)), now, claimed)
        if verdict.goes and message.purpose and message.client_id:
            claimed[message.client_id] += 1
        verdicts.append(verdict)
    return verdicts


def _asked(keys: Collection[int], now: datetime) -> dict[int, dict[str, Any]]:
    """What the rules need to know of messages, read after their rows were locked."""
    if not keys:
        return {}
    contact = Case(
        When(client=None, then=F("recipient")),
        When(channel=Channel.EMAIL, then=F("client__email")),
        When(channel=PAPER, then=F("client__postal_address")),
        default=F("client__phone"),
        output_field=CharField(),
    )
    newest = Consent.objects.filter(client=OuterRef("client"), purpose=OuterRef("purpose")).order_by("-pk")
    today = day_of(now)
    rows = (
        Message.objects.filter(pk__in=keys)
        .annotate(contact=contact)
        .values(
            "pk", "contact", home=F("client__home_store"), card=F("client__state"),
            stopped=Exists(StopEntry.objects.filter(recipient=OuterRef("contact"))),
            agreed=Subquery(newest.values("given")[:1]),
            greeted=Exists(_greeted_without_email()),
            doubted=proving.doubted("postal_address", of="client", value="contact"),
            unwanted=Exists(TurnedOff.objects.filter(client=OuterRef("client"), topic=OuterRef("letter__topic"))),
            held=Exists(Pause.objects.live(today).filter(client=OuterRef("client"))),
            **contacts(now, of="client"),
        )
    )  # fmt: skip
    return {row["pk"]: dict(row) for row in rows}


def _greeted_without_email() -> "QuerySet[Client]":
    """The message's card, where it lacks the e-mail alone and the chain greets such cards."""
    greeted = Client.objects.without_email() if chain_rules.current().greets_without_email else Client.objects.none()
    return greeted.filter(pk=OuterRef("client"))


def contacts(now: datetime, *, of: str) -> dict[str, Any]:
    """How often a client was contacted with advertising in the last ``week`` and ``month``, as expressions; ``of`` leads to the
    client's key from the rows that are asked."""
    return {name: _contacts(since, now, of) for name, since in (("week", now - WEEK), ("month", now - MONTH))}


def _contacts(since: datetime, now: datetime, of: str) -> Any:
    """Since a moment: messages and errands together."""
    return sum((_counted(rows.filter(client=OuterRef(of))) for rows in _since(since, now)), start=Value(0))


def _since(since: datetime, now: datetime) -> "tuple[QuerySet[Message], QuerySet[Errand]]":
    messages = Message.objects.filter(state__in=GONE, claimed_at__gt=since, client__isnull=False).exclude(purpose="")
    errands = Errand.objects.filter(is_service=False, due_on__range=(day_of(since), day_of(now)))
    return messages, errands.exclude(outcome=Errand.Outcome.DROPPED)


def contacted(now: datetime) -> "tuple[str, list[Any]]":
    """Every contact with advertising of the last month, of all clients: client, and whether it is of the last week; as SQL."""
    messages, errands = _since(now - MONTH, now)
    of_week = (Q(claimed_at__gt=now - WEEK), Q(due_on__gte=day_of(now - WEEK)))
    parts = []
    for rows, late in zip((messages, errands), of_week, strict=True):
        told = rows.order_by().annotate(late=Case(When(late, then=1), default=0, output_field=IntegerField()))
        parts.append(told.values_list("client", "late").query.sql_with_params())
    return " UNION ALL ".join(text for text, _params in parts), [value for _text, params in parts for value in params]


def _counted(rows: "QuerySet[Any]") -> Any:
    times = rows.order_by().values("client").annotate(times=Count("pk")).values("times")
    return Coalesce(Subquery(times), Value(0))


def _judge(message: Message, facts: dict[str, Any], zone: ZoneInfo, now: datetime, claimed: Counter[int]) -> Verdict:
    contact, chats = facts["contact"] or "", facts["chats"]
    if forbidden := _forbidden(message, facts, contact):
        return Verdict(message, reason=forbidden)
    goes = Verdict(message, "" if chats and _hinders_contact(message, facts, contact) else contact, chats=chats)
    if not message.purpose:
        return goes
    if message.channel != PAPER and quiet_hours.is_quiet(now, zone):
        return _later(message, Reason.NIGHT, quiet_hours.morning(now, zone))
    more = claimed[message.client_id or 0]
    if facts["week"] + more >= chain_rules.current().cap_week or facts["month"] + more >= chain_rules.current().cap_month:
        return _later(message, Reason.CAP, _soon(message, now))
    if facts["held"]:
        return _later(message, Reason.PAUSE, _soon(message, now))
    return goes


def _forbidden(message: Message, facts: dict[str, Any], contact: str) -> Reason | None:
    """Why the message will never go; the order is that in which a person would ask.

    A chat stands for a contact that lacks or was not agreed to, never for one on the stop list.
    """
    if message.client_id and facts["card"] not in LIVE:
        return Reason.CONTACT
    hindered = _hinders_contact(message, facts, contact)
    if hindered and (facts["stopped"] or not facts["chats"]):
        return hindered
    if message.purpose and facts["unwanted"]:
        return Reason.TOPIC
    if message.purpose and facts["card"] != CardState.COMPLETE and not _goes_to_incomplete(message, facts):
        return Reason.CARD
    if not message.text or (message.channel == Channel.SMS and message.segments > texts.MAX_SEGMENTS):
        return Reason.LENGTH
    return None


def _goes_to_incomplete(message: Message, facts: dict[str, Any]) -> bool:
    """Paper is for those of whom a phone or an e-mail may be lacking; a greeting for who lacks the e-mail alone."""
    return message.channel == PAPER or bool(message.occasion_on and facts["greeted"])


def _hinders_contact(message: Message, facts: dict[str, Any], contact: str) -> Reason | None:
    """Why the message cannot go to the phone or the address of its channel."""
    if not contact or not _fits(message, contact) or (message.channel == PAPER and facts["doubted"]):
        return Reason.CONTACT
    if facts["stopped"]:
        return Reason.STOP
    return Reason.CONSENT if message.purpose and not facts["agreed"] else None


def _fits(message: Message, contact: str) -> bool:
    if message.channel == PAPER:
        return addresses.is_whole(contact)
    return message.channel != Channel.SMS or not message.client_id or phones.is_mobile(contact)


def _soon(message: Message, now: datetime) -> datetime:
    """When to ask again: after some hours, but once more before the message expires."""
    last = message.expires_at - LAST_CALL
    return min(now + ASK_AGAIN, last) if last > now else message.expires_at


def _later(message: Message, reason: Reason, until: datetime) -> Verdict:
    """Put off, or, where that is beyond the message's time, not sent at all."""
    if until >= message.expires_at:
        return Verdict(message, reason=Reason.LATE if reason == Reason.NIGHT else reason)
    return Verdict(message, reason=reason, until=until)
