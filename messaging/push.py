"""Browsers in which clients take notifications: turned on by their own button, listed, turned off. Public."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction

from clients import services as clients_services
from clients.models import Client, Purpose
from messaging import halting
from messaging.gateways import registry
from messaging.linking import Question
from messaging.models import PUSH, Chat, PushDevice
from messaging.models.messengers import UNDO

# Of one client; one more takes the place of the oldest.
MOST_DEVICES = 5


class NotTakenError(Exception):
    """What the browser brought leads to no browser, or the words of the consent hold no more."""


class Offer(NamedTuple):
    """What a browser needs to ask its own service for an address, and the words of the consent to advertising there."""

    key: str
    question: Question


def is_on() -> bool:
    """Whether the chain sends notifications. No query."""
    return registry.kind(PUSH).is_described()


def offer() -> Offer | None:
    """None where the chain sends no notifications. Two queries."""
    if not is_on():
        return None
    from messaging.gateways import browsers  # cryptography, which a chain without notifications never needs

    return Offer(browsers.public_key(settings.PUSH_KEY), question())


def question() -> Question:
    """The words of the consent to advertising by notifications. Two queries."""
    text = clients_services.current_texts()[Purpose.ADVERTISING_PUSH]
    return Question(text.pk, text.text)


def new_key() -> str:
    """A key for the settings, which the chain keeps for good."""
    from messaging.gateways import browsers

    return browsers.new_key()


def devices_of(client: Client, now: datetime) -> list[Chat]:
    """Browsers that take the client's notifications, and those turned off a moment ago. One query."""
    return list(client.chats.shown(now).filter(messenger=PUSH, device__isnull=False).select_related("device").order_by("-pk"))


def turn_on(client: Client, said: str, *, title: str, agrees: int | None, now: datetime) -> Chat:
    """Notifications come to the browser that says so of itself; advertising among them where its words were agreed to.

    A browser is of whom it belongs to now: who turned them on before them gets none there. Raises NotTakenError.
    """
    from messaging.gateways import browsers

    try:
        found = browsers.read(said)
    except browsers.BadSubscriptionError as error:
        raise NotTakenError from error
    if agrees is not None and question().version != agrees:
        raise NotTakenError
    number = sha256(found.endpoint.encode()).hexdigest()
    try:
        with transaction.atomic():
            halting.lock(client)
            chat = _opened(client, number, browsers.keep(found), title, now)
            if agrees is not None:
                own = clients_services.OwnHand(now, {Purpose.ADVERTISING_PUSH: agrees})
                clients_services.record_consents(client, {Purpose.ADVERTISING_PUSH: True}, by=None, where=None, own=own)
            return chat
    except IntegrityError as taken:  # another turned them on in the same browser at this very moment
        raise NotTakenError from taken


def _opened(client: Client, number: str, sealed: str, title: str, now: datetime) -> Chat:
    live = Chat.objects.live().filter(messenger=PUSH)
    live.filter(number=number).exclude(client=client).update(ended_at=now, why_ended=Chat.Why.REPLACED)
    chat = live.filter(number=number, client=client).first()
    if chat is None:
        oldest = live.filter(client=client).order_by("-pk").values_list("pk", flat=True)[MOST_DEVICES - 1 :]
        Chat.objects.filter(pk__in=list(oldest)).update(ended_at=now, why_ended=Chat.Why.REPLACED)
        chat = Chat.objects.create(client=client, messenger=PUSH, number=number, linked_at=now)
    PushDevice.objects.update_or_create(chat=chat, defaults={"sealed": sealed, "title": title[:60]})
    return chat


def forget(now: datetime) -> int:
    """What leads to a browser that nobody can turn on again. Returns how many."""
    return PushDevice.objects.filter(chat__ended_at__lte=now - UNDO).delete()[0]
