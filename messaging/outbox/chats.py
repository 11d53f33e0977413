"""Which clients opened a chat with the chain, and for what; that it is gone, as its gateway says.

The chat is asked for while a message is claimed, as everything that the rules ask: what was disconnected a moment ago holds.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, CharField, OuterRef, Subquery, Value, When

from clients.models import Consent
from messaging.gateways import registry
from messaging.models import PAPER, PUSH, SECRET_SOURCES, TEST, Chat, Message, PushDevice
from messaging.outbox.flights import Place


class OpenChat(NamedTuple):
    """A client's chat by a messenger; ``takes_advertising``: the newest word on that; ``to`` is what its gateway writes to."""

    messenger: str
    number: str
    takes_advertising: bool
    to: str


def chats_of(clients: Collection[int]) -> dict[int, list[OpenChat]]:
    """Chats of clients. One query; none where no messenger is described."""
    kinds = registry.messengers()
    if not kinds or not clients:
        return {}
    asked = [When(messenger=kind.name, then=Value(kind.consent)) for kind in kinds]
    newest = Consent.objects.filter(client=OuterRef("client"), purpose=OuterRef("purpose")).order_by("-pk")
    rows = (
        Chat.objects.live()
        .filter(client__in=clients, messenger__in=[kind.name for kind in kinds])
        .annotate(purpose=Case(*asked, output_field=CharField()), agreed=Subquery(newest.values("given")[:1]))
    )
    found: dict[int, list[OpenChat]] = {}
    for client, messenger, number, agreed, sealed in rows.values_list(
        "client", "messenger", "number", "agreed", "device__sealed"
    ):
        if messenger != PUSH or sealed:
            found.setdefault(client, []).append(OpenChat(messenger, number, bool(agreed), sealed or number))
    return found


def for_message(message: Message, chats: Iterable[OpenChat]) -> dict[str, list[Place]]:
    """By which messengers a message may go, and to which chats.

    No one-time code, for it proves a phone or an address; no newsletter, whose page a chat cannot show; nothing on paper.
    """
    if message.source in SECRET_SOURCES or message.letter_id or message.channel == PAPER:
        return {}
    if message.source == TEST:
        return _of_trial(message)
    found: dict[str, list[Place]] = {}
    for chat in chats:
        if chat.takes_advertising or not message.purpose:
            found.setdefault(chat.messenger, []).append(Place(chat.number, chat.to))
    return found


def _of_trial(message: Message) -> dict[str, list[Place]]:
    """A trial of notifications goes to the browser that it names. One query for such a trial."""
    if message.gateway != PUSH:
        return {}
    devices = PushDevice.objects.filter(chat__number=message.recipient, chat__ended_at=None)
    return {PUSH: [Place(message.recipient, sealed) for sealed in devices.values_list("sealed", flat=True)]}


def word_for(messenger: str) -> Case | Subquery:
    """The consent on which a message goes, by a messenger or by none, as an expression for its row; for a service one none."""
    purpose = registry.consent_of(messenger) if messenger else OuterRef("purpose")
    newest = Consent.objects.filter(client=OuterRef("client"), purpose=purpose).order_by("-pk")
    word = Subquery(newest.values("pk")[:1])
    return Case(When(purpose="", then=None), default=word) if messenger else word


def gone(ended: Collection[tuple[str, str]], now: datetime) -> None:
    """These chats (messenger and number) take nothing from us any more; what led to a browser is kept no longer."""
    for messenger, number in ended:
        mine = Chat.objects.live().filter(messenger=messenger, number=number)
        mine.update(ended_at=now, why_ended=Chat.Why.BLOCKED)
        if messenger == PUSH:
            PushDevice.objects.filter(chat__number=number).delete()
