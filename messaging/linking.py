"""Clients' chats in messengers: offered, connected by a code, agreed to, disconnected and connected again. Public."""

import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from clients import selectors as clients_selectors
from clients import services as clients_services
from clients.models import LIVE, Client, Purpose
from messaging import halting, services
from messaging.gateways import registry
from messaging.models import PUSH, Chat, ChatCode, ChatUpdate
from messaging.models.messengers import UNDO, UNDOABLE
from stores.models import Employee

LASTS = timedelta(minutes=15)
CODE = re.compile(r"[A-Za-z0-9_-]{20,64}")
# Messengers forget what nobody fetched within a day or two.
UPDATES_KEPT = timedelta(days=7)
# Of which chats a consent speaks.
WORDS = {Purpose.ADVERTISING_MESSENGER: ~Q(messenger=PUSH), Purpose.ADVERTISING_PUSH: Q(messenger=PUSH)}


class NotConnectedError(Exception):
    """The chat cannot be connected again: it is somebody else's meanwhile, or another took its place."""


class Came(StrEnum):
    """What came of a code that a chat brought."""

    CONNECTED = "connected"
    ALREADY = "already"
    ANOTHERS = "another's"
    UNKNOWN = "unknown"


class Offer(NamedTuple):
    """A code that waits for its chat: where the client opens it, until when."""

    pk: int
    title: str
    address: str
    until: datetime


class Own(NamedTuple):
    """A messenger and the client's chat there, if they have one: as a card and the client's page show it."""

    messenger: str
    title: str
    chat: Chat | None
    takes_advertising: bool


def offered() -> list[Own]:
    """Every messenger in use, for a client who has a chat in none. No query."""
    return [Own(kind.name, str(kind.title), None, False) for kind in registry.bots()]


def own_of(client: Client, now: datetime) -> list[Own]:
    """Every messenger in use, with the client's chat there. One query, two where there is a chat, none without messengers."""
    kinds = registry.bots()
    if not kinds:
        return []
    # The one that holds comes last, and stays.
    shown = client.chats.shown(now).order_by(F("ended_at").asc(nulls_last=True), "pk")
    chats = {chat.messenger: chat for chat in shown}
    agreed = bool(chats) and _newest_word(client)
    return [Own(kind.name, str(kind.title), chats.get(kind.name), agreed) for kind in kinds]


def _newest_word(client: Client, purpose: Purpose = Purpose.ADVERTISING_MESSENGER) -> bool:
    words = client.consents.filter(purpose=purpose).order_by("-pk")
    return bool(words.values_list("given", flat=True).first())


def offer(client: Client, messenger: str, *, by: Employee | None, now: datetime) -> Offer:
    """A new code for a client, to be shown to them and nobody else; only a digest of it is kept.

    Raises UnknownGatewayError where the messenger is not in use.
    """
    gateway, code = registry.messenger(messenger), secrets.token_urlsafe(24)
    row = ChatCode.objects.create(
        client=client, messenger=messenger, digest=_digest(messenger, code), by=by, created_at=now, expires_at=now + LASTS
    )
    return Offer(row.pk, str(registry.kind(messenger).title), gateway.address(code), row.expires_at)


def came_of(client: Client, pk: int) -> ChatCode | None:
    """A code that was offered, with the chat that came of it. One query."""
    return ChatCode.objects.select_related("chat").filter(pk=pk, client=client).first()


@transaction.atomic
def connect(messenger: str, code: str, number: str, *, now: datetime) -> tuple[Came, Client | None]:
    """The chat from which a code comes is its client's; a chat that they had before in the messenger is no more.

    A chat of another client stays theirs, and the code holds on. A code that its own chat brings again is no news.
    """
    row = _code(messenger, code)
    client = clients_selectors.standing_for(row.client_id) if row else None
    if row is None or client is None:
        return Came.UNKNOWN, None
    if row.used_at or row.expires_at <= now:
        brought = Chat.objects.live().filter(pk=row.chat_id or 0, number=number).exists()
        return (Came.ALREADY, client) if brought else (Came.UNKNOWN, None)
    halting.lock(client)
    held = Chat.objects.live().select_for_update().filter(messenger=messenger, number=number).first()
    if held and held.client_id != client.pk:
        return Came.ANOTHERS, None
    chat = held or _opened(client, row, number, now)
    if chat is None:
        return Came.ANOTHERS, None
    ChatCode.objects.filter(pk=row.pk).update(used_at=now, chat=chat)
    return (Came.ALREADY if held else Came.CONNECTED), client


def _opened(client: Client, row: ChatCode, number: str, now: datetime) -> Chat | None:
    """None where the chat became another's at this very moment."""
    try:
        with transaction.atomic():
            Chat.objects.live().filter(client=client, messenger=row.messenger).update(ended_at=now, why_ended=Chat.Why.REPLACED)
            return Chat.objects.create(client=client, messenger=row.messenger, number=number, linked_at=now, by=row.by)
    except IntegrityError:
        return None


def _code(messenger: str, code: str) -> ChatCode | None:
    if not CODE.fullmatch(code):
        return None
    return ChatCode.objects.select_for_update().filter(digest=_digest(messenger, code)).first()


def _digest(messenger: str, code: str) -> str:
    return salted_hmac("messaging.linking", f"{messenger}:{code}", algorithm="sha256").hexdigest()


def whose(messenger: str, number: str) -> Client | None:
    """The client of a chat. One query."""
    found = Chat.objects.live().filter(messenger=messenger, number=number, client__state__in=LIVE).select_related("client")
    chat = found.first()
    return chat.client if chat else None


def number_of(contact: str, messenger: str) -> str:
    """The chat of the client with a phone or an address; empty where there is none."""
    holder = {"client__email" if "@" in contact else "client__phone": contact}
    chats = Chat.objects.live().filter(messenger=messenger, client__state__in=LIVE, **holder)
    return chats.values_list("number", flat=True).first() or ""


class Question(NamedTuple):
    """The words of the consent to advertising by messenger, and their version."""

    version: int
    text: str


def question() -> Question:
    """What the bot asks. Two queries."""
    text = clients_services.current_texts()[Purpose.ADVERTISING_MESSENGER]
    return Question(text.pk, text.text)


@transaction.atomic
def answer(client: Client, *, agrees: bool, version: int, now: datetime) -> bool:
    """The client's own word on advertising by messenger; False where the words that they were asked hold no more."""
    if not agrees:
        services.withdraw(client, Purpose.ADVERTISING_MESSENGER, now=now)
        return True
    if question().version != version:
        return False
    halting.lock(client)
    own = clients_services.OwnHand(now, {Purpose.ADVERTISING_MESSENGER: version})
    clients_services.record_consents(client, {Purpose.ADVERTISING_MESSENGER: True}, by=None, where=None, own=own)
    return True


@transaction.atomic
def disconnect(client: Client, pk: int, why: Chat.Why, *, by: Employee | None, now: datetime) -> None:
    """Nothing goes to the chat any more; within a day ``connect_again`` undoes it."""
    Chat.objects.live().filter(pk=pk, client=client).update(ended_at=now, why_ended=why, ended_by=by)


@transaction.atomic
def connect_again(client: Client, pk: int, *, now: datetime) -> None:
    """It was a slip. Raises NotConnectedError; what is connected already stays so."""
    halting.lock(client)
    chat = Chat.objects.filter(pk=pk, client=client).first()
    if chat is None:
        raise NotConnectedError
    if chat.ended_at is None:
        return
    if chat.why_ended not in UNDOABLE or chat.ended_at <= now - UNDO:
        raise NotConnectedError
    try:
        with transaction.atomic():
            Chat.objects.filter(pk=pk).update(ended_at=None, why_ended="", ended_by=None)
    except IntegrityError as taken:
        raise NotConnectedError from taken


@transaction.atomic
def stop(messenger: str, number: str, *, now: datetime) -> Client | None:
    """Who writes "stop" wants no advertising, not another way for it: every consent to it is withdrawn, the chat is no more."""
    client = whose(messenger, number)
    if client is None:
        return None
    _ended(messenger, number, Chat.Why.STOP, now)
    for purpose in services.ADVERTISING:
        services.withdraw(client, purpose, now=now)
    return client


@transaction.atomic
def leave(messenger: str, number: str, *, now: datetime) -> None:
    """The bot was blocked: what it would have brought goes another way, and the consent to its advertising is withdrawn."""
    client = whose(messenger, number)
    _ended(messenger, number, Chat.Why.BLOCKED, now)
    if client:
        services.withdraw(client, Purpose.ADVERTISING_MESSENGER, now=now)


def _ended(messenger: str, number: str, why: Chat.Why, now: datetime) -> None:
    Chat.objects.live().filter(messenger=messenger, number=number).update(ended_at=now, why_ended=why)


def withdraw_of_gone(now: datetime) -> int:
    """Whose chat turned out to be gone while something was sent there agreed to its advertising no more. Returns how many."""
    return sum(_withdraw_of_gone(purpose, of, now) for purpose, of in WORDS.items())


def _withdraw_of_gone(purpose: Purpose, of: Q, now: datetime) -> int:
    gone = Chat.objects.filter(of, ended_at__gt=now - UNDO, why_ended=Chat.Why.BLOCKED)
    without = Client.objects.filter(pk__in=gone.values("client")).exclude(pk__in=Chat.objects.live().filter(of).values("client"))
    agreed = [client for client in without.filter(state__in=LIVE) if _newest_word(client, purpose)]
    for client in agreed:
        services.withdraw(client, purpose, now=now)
    return len(agreed)


def forget(now: datetime) -> int:
    """Codes that hold no more, and numbers of what was seen to days ago. Returns how many."""
    codes = ChatCode.objects.filter(expires_at__lte=now - UNDO).delete()[0]
    return codes + ChatUpdate.objects.filter(at__lte=now - UPDATES_KEPT).delete()[0]
