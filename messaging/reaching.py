"""By what clients can be reached with advertising today, and what forbids it: the outbox's rules, asked beforehand. Public."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value

from clients import proving
from clients.models import LIVE, CardState, Client, ClientQuerySet, Consent, Purpose
from clients.writing import addresses, phones
from messaging.gateways import registry
from messaging.models import PAPER, PUSH, Channel, Chat, Errand, Pause, Reason, StopEntry
from messaging.outbox import rules
from stores import rules as chain_rules
from stores.chain_day import day_of

# What a card says by itself, by the fields of ``Reach``.
PLAIN: dict[str, Any] = {
    "client": "pk", "state": "state", "first_name": "first_name", "middle_name": "middle_name", "language": "language",
    "home": "home_store_id", "phone": "phone", "address": "email",
}  # fmt: skip

# Of who could get a letter on paper, and need not: it is for those whom neither an SMS nor an e-mail may reach.
NEARER = "nearer"
WRITTEN = (Channel.SMS, Channel.EMAIL)
PURPOSES = {
    "calls": Purpose.CALLS, "sms": Purpose.ADVERTISING_SMS, "letters": Purpose.ADVERTISING_EMAIL, "data": Purpose.PERSONAL_DATA,
    "chats": Purpose.ADVERTISING_MESSENGER, "post": Purpose.ADVERTISING_POST, "push": Purpose.ADVERTISING_PUSH,
}  # fmt: skip
# Cards with what forbids to contact them; the newest word of each on each purpose, how often each was contacted; all together.
# Joined, not IN: each client is asked once, and the base guesses too few for what it would have to make distinct.
TABLE = """asked AS MATERIALIZED ({clients}),
words AS (SELECT client_id, purpose, id * 2 + CASE WHEN given THEN 1 ELSE 0 END AS word
  FROM asked JOIN clients_consent ON client_id = client),
said AS (SELECT client_id, {said} FROM words GROUP BY client_id),
contacts(client_id, late) AS ({contacts}),
often AS (SELECT client_id, SUM(late) AS week, COUNT(*) AS month FROM asked JOIN contacts ON client_id = client
  GROUP BY client_id),
facts AS (SELECT asked.*, {names}, COALESCE(week, 0) AS week, COALESCE(month, 0) AS month FROM asked
  LEFT JOIN said ON said.client_id = asked.client LEFT JOIN often ON often.client_id = asked.client)"""


class Reach(NamedTuple):
    """A client as rules see them. ``calls``, ``sms``, ``email``, ``chats``, ``post``, ``push``: agreed to; ``week``, ``month``:
    contacts in each. ``postal``: there is an address that a letter finds, and none came back from it.

    ``has_chat``: they opened one, to which a message goes instead of the phone or the address that it is written for; and so does
    ``has_push``, a browser that takes notifications.
    """

    client: int
    state: str
    first_name: str
    middle_name: str
    language: str
    home: int | None
    phone: str | None
    address: str | None
    calls: bool | None
    sms: bool | None
    email: bool | None
    data: bool | None
    chats: bool | None
    post: bool | None
    push: bool | None
    postal: bool
    has_chat: bool
    has_push: bool
    phone_stopped: bool
    address_stopped: bool
    paused: bool
    called_now: bool
    week: int
    month: int

    @property
    def may_be_rung(self) -> bool:
        """About what they left or bought: a phone is enough."""
        return bool(self.phone) and not self.phone_stopped and self.data is not False

    def hinders(self, channel: str) -> str:
        """Why no advertising goes by a channel (``call`` is one); empty where it does."""
        if channel == PAPER:
            return self._hinders_paper()
        by_email, agreed = channel == Channel.EMAIL, {"call": self.calls, "sms": self.sms, "email": self.email}[channel]
        contact = self.address if by_email else self.phone
        if not contact or (channel == Channel.SMS and not phones.is_mobile(contact)):
            return Reason.CONTACT
        if self.address_stopped if by_email else self.phone_stopped:
            return Reason.STOP
        by_chat = channel != "call" and ((self.has_chat and self.chats) or (self.has_push and self.push))
        if not (agreed or by_chat) or self.data is False:
            return Reason.CONSENT
        return "" if channel == "call" or self.state == CardState.COMPLETE else Reason.CARD

    def _hinders_paper(self) -> str:
        """A card that lacks a phone or an e-mail is whom paper is for."""
        if not self.postal:
            return Reason.CONTACT
        if not self.post or self.data is False:
            return Reason.CONSENT
        return NEARER if any(not self.hinders(channel) for channel in WRITTEN) else ""

    @property
    def hindered(self) -> str:
        """Why no advertising goes at all today: the card, a hold or the cap."""
        if self.state not in LIVE:
            return Reason.CARD
        if self.paused:
            return Reason.PAUSE
        chain = chain_rules.current()
        return Reason.CAP if self.week >= chain.cap_week or self.month >= chain.cap_month else ""


def reach_of(clients: Collection[int], now: datetime) -> dict[int, Reach]:
    """Of each of the clients. One query."""
    rows = _rows_at(now, _messengers()).filter(pk__any=set(clients))
    return {row[0]: Reach(*row) for row in rows.iterator(chunk_size=5_000)}


@lru_cache(maxsize=1)
def _rows_at(now: datetime, messengers: tuple[str, ...]) -> "QuerySet[Client, tuple[Any, ...]]":
    """The question of a moment, worded once: a night asks it of each of its batches, and the wording takes longer than most."""
    words = {name.replace("letters", "email"): _said(purpose) for name, purpose in PURPOSES.items()}
    facts = PLAIN | words | _holds(now, messengers) | rules.contacts(now, of="pk")
    return Client.objects.order_by().values_list(*(facts[name] for name in Reach._fields))


def table(clients: ClientQuerySet, now: datetime, **more: Any) -> tuple[str, list[Any]]:
    """The same of all whom a query finds: tables that end with ``facts``, to stand in a WITH, and their parameters.

    A row has the fields of ``Reach`` that rules ask for (``letters`` for ``email``), ``mobile``, and ``more``, columns of the
    asker's own. ``hinders_in_sql`` and ``hindered_in_sql`` say of it what ``Reach`` does.
    """
    mobile = ExpressionWrapper(Q(phone__startswith=phones.MOBILES) | Q(phone__in=_odd_mobiles(clients)), BooleanField())
    columns = (
        {"client": F("pk"), "home": F("home_store_id"), "address": F("email"), "mobile": mobile}
        | _holds(now, _messengers())
        | more
    )
    asked = clients.order_by().annotate(**columns).values("state", "phone", *columns).query
    text, params = asked.sql_with_params()
    said = ", ".join(f"MAX(word) FILTER (WHERE purpose = '{purpose}') %% 2 = 1 AS {name}" for name, purpose in PURPOSES.items())
    contacts, more_params = rules.contacted(now)
    tables = TABLE.format(clients=text, said=said, names=", ".join(PURPOSES), contacts=contacts)
    return tables, [*params, *more_params]


def _odd_mobiles(clients: ClientQuerySet) -> list[str]:
    """Phones that only the library can tell from landlines: they are few. One query."""
    plain = Q()
    for beginning in (phones.MOBILES, *phones.LANDLINES):
        plain |= Q(phone__startswith=beginning)
    odd = clients.exclude(plain).filter(phone__isnull=False).order_by().values_list("phone", flat=True).distinct()
    return [phone for phone in odd if phone and phones.is_mobile(phone)]


def hinders_in_sql(channel: str) -> str:
    """``Reach.hinders`` of a row of ``table``."""
    if channel == PAPER:
        written = " OR ".join(f"({hinders_in_sql(way)}) = ''" for way in WRITTEN)
        return (
            f"CASE WHEN NOT postal THEN '{Reason.CONTACT}'"
            f" WHEN NOT COALESCE(post, FALSE) OR NOT COALESCE(data, TRUE) THEN '{Reason.CONSENT}'"
            f" WHEN {written} THEN '{NEARER}' ELSE '' END"
        )
    contact = "address" if channel == Channel.EMAIL else "phone"
    unreachable = f"COALESCE({contact}, '') = ''" + (" OR NOT mobile" if channel == Channel.SMS else "")
    agreed = {"call": "calls", Channel.EMAIL: "letters"}.get(channel, channel)
    by_chat = (
        "" if channel == "call" else " AND NOT (has_chat AND COALESCE(chats, FALSE)) AND NOT (has_push AND COALESCE(push, FALSE))"
    )
    unfinished = "" if channel == "call" else f" WHEN state <> '{CardState.COMPLETE}' THEN '{Reason.CARD}'"
    return (
        f"CASE WHEN {unreachable} THEN '{Reason.CONTACT}' WHEN {contact}_stopped THEN '{Reason.STOP}'"
        f" WHEN NOT COALESCE({agreed}, FALSE){by_chat} OR NOT COALESCE(data, TRUE) THEN '{Reason.CONSENT}'"
        f"{unfinished} ELSE '' END"
    )


def hindered_in_sql() -> str:
    """``Reach.hindered`` of a row of ``table``."""
    live, chain = ", ".join(f"'{state}'" for state in LIVE), chain_rules.current()
    return (
        f"CASE WHEN state NOT IN ({live}) THEN '{Reason.CARD}' WHEN paused THEN '{Reason.PAUSE}'"
        f" WHEN week >= {chain.cap_week:d} OR month >= {chain.cap_month:d} THEN '{Reason.CAP}' ELSE '' END"
    )


def _messengers() -> tuple[str, ...]:
    return tuple(kind.name for kind in registry.messengers())


def _holds(now: datetime, messengers: tuple[str, ...]) -> dict[str, Any]:
    """What forbids to contact a client, by the fields of ``Reach``."""
    live = Chat.objects.live().filter(client=OuterRef("pk"))
    bots = [name for name in messengers if name != PUSH]
    called = Errand.objects.filter(client=OuterRef("pk"), outcome=Errand.Outcome.OPEN, is_service=False)
    doubted = Q(proving.doubted("postal_address", of="pk", value="postal_address"))
    whole = Q(postal_address__gt="") & Q(postal_address__regex=addresses.WHOLE)
    postal = ExpressionWrapper(whole & ~doubted, BooleanField())
    return {
        "postal": postal,
        "phone_stopped": Exists(StopEntry.objects.filter(recipient=OuterRef("phone"))),
        "address_stopped": Exists(StopEntry.objects.filter(recipient=OuterRef("email"))),
        "paused": Exists(Pause.objects.live(day_of(now)).filter(client=OuterRef("pk"))), "called_now": Exists(called),
        "has_chat": Exists(live.filter(messenger__in=bots)) if bots else Value(False, BooleanField()),
        "has_push": Exists(live.filter(messenger=PUSH)) if PUSH in messengers else Value(False, BooleanField()),
    }  # fmt: skip


def _said(purpose: str) -> Subquery:
    """The newest word on a purpose; null where nobody asked."""
    newest = Consent.objects.filter(client=OuterRef("pk"), purpose=purpose).order_by("-pk")
    return Subquery(newest.values("given")[:1])
