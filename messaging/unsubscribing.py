"""Addresses that letters carry, for readers who do not sign in: they hold for good, as letters are opened years later. Public."""

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse

from clients.models import Purpose

SALT, COPY_SALT = "messaging.unsubscribe", "messaging.letter"
# Whose a letter is that somebody of the chain sent to themselves.
NOBODY = 0


class BadAddressError(ValueError):
    """The address was not made by us."""


class Stops(NamedTuple):
    """Whose an address is, and what it stops in one click: a topic of letters, or, where that is 0, the whole purpose."""

    client: int
    purpose: str
    topic: int = 0


class CopyOf(NamedTuple):
    """A letter, and to whom it went."""

    letter: int
    client: int


def unsubscribe_address(client_id: int, purpose: str, topic: int = 0) -> str:
    """Where a client stops a topic, or a purpose."""
    return f"{settings.SITE_URL}{reverse('messaging:unsubscribe', args=[_stops(client_id, purpose, topic)])}"


def topics_address(client_id: int, purpose: str, topic: int = 0) -> str:
    """Where a client chooses what letters to get; nothing is stopped by opening it."""
    return f"{settings.SITE_URL}{reverse('messaging:choose_topics', args=[_stops(client_id, purpose, topic)])}"


def copy_address(letter: int, client_id: int) -> str:
    """Where a letter is seen in a browser."""
    token = signing.dumps([letter, client_id], salt=COPY_SALT)
    return f"{settings.SITE_URL}{reverse('messaging:letter', args=[token])}"


def _stops(client_id: int, purpose: str, topic: int) -> str:
    return signing.dumps([client_id, purpose, *([topic] if topic else [])], salt=SALT)


def whose(token: str) -> Stops:
    """What an address stops, and whose it is. Raises BadAddressError."""
    try:
        client_id, purpose, *topic = signing.loads(token, salt=SALT)
        return Stops(int(client_id), str(Purpose(purpose)), *map(int, topic))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadAddressError(token[:40]) from error


def which(token: str) -> CopyOf:
    """Which letter an address shows. Raises BadAddressError."""
    try:
        return CopyOf(*map(int, signing.loads(token, salt=COPY_SALT)))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadAddressError(token[:40]) from error
