"""Which clients opened a chat with the chain, and for what; that it is gone, as its gateway says.

The chat is asked for while a message is claimed, as everything that the rules ask: what was disconnected a moment ago holds.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, OuterRef, Subquery, When

from clients.models import Consent, Purpose
from messaging.gateways import registry
from messaging.models import PAPER, SECRET_SOURCES, Chat, Message


class OpenChat(NamedTuple):
    """A client's chat by a messenger; ``takes_advertising``: the newest word on that."""

    messenger: str
    number: str
    takes_advertising: bool


def chats_of(clients: Collection[int]) -> dict[int, list[OpenChat]]:
    """Chats of clients. One query; none where no messenger is described."""
    known = [kind.name for kind in registry.messengers()]
    if not known or not clients:
        return {}
    newest = Consent.objects.filter(client=OuterRef("client"), purpose=Purpose.ADVERTISING_MESSENGER).order_by("-pk")
    rows = (
        Chat.objects.live().filter(client__in=clients, messenger__in=known).annotate(agreed=Subquery(newest.values("given")[:1]))
    )
    found: dict[int, list[OpenChat]] = {}
    for client, messenger, number, agreed in rows.values_list("client", "messenger", "number", "agreed"):
        found.setdefault(client, []).append(OpenChat(messenger, number, bool(agreed)))
    return found


def for_message(message: Message, chats: Iterable[OpenChat]) -> dict[str, str]:
    """By which messengers a message may go, and to which chats.

    No one-time code, for it proves a phone or an address; no newsletter, whose page a chat cannot show; nothing on paper.
    """
    if message.source in SECRET_SOURCES or message.letter_id or message.channel == PAPER:
        return {}
    return {chat.messenger: chat.number for chat in chats if chat.takes_advertising or not message.purpose}


def word_for(*, by_chat: bool) -> Case | Subquery:
    """The consent on which a message goes, as an expression for its row; none for a service message."""
    purpose = Purpose.ADVERTISING_MESSENGER if by_chat else OuterRef("purpose")
    newest = Consent.objects.filter(client=OuterRef("client"), purpose=purpose).order_by("-pk")
    word = Subquery(newest.values("pk")[:1])
    return Case(When(purpose="", then=None), default=word) if by_chat else word


def gone(ended: Collection[tuple[str, str]], now: datetime) -> None:
    """These chats (messenger and number) take nothing from us any more."""
    for messenger, number in ended:
        mine = Chat.objects.live().filter(messenger=messenger, number=number)
        mine.update(ended_at=now, why_ended=Chat.Why.BLOCKED)
