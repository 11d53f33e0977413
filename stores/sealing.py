"""Secrets of others as the base keeps them, sealed by the server's key: a copy of the base signs nothing and opens nothing."""

import base64
import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.encoding import force_bytes

if TYPE_CHECKING:
    from cryptography.fernet import Fernet, MultiFernet


class SealError(Exception):
    """The server's key is another than the one that sealed: a new secret is wanted."""


def sealed(secret: str, use: str) -> str:
    """``use`` says what for: what was sealed for one thing does not open as another."""
    return _keys(use).encrypt(secret.encode()).decode()


def opened(kept: str, use: str) -> str:
    """Raises SealError."""
    from cryptography.fernet import InvalidToken

    try:
        return _keys(use).decrypt(kept.encode()).decode()
    except InvalidToken:
        raise SealError from None


def _keys(use: str) -> "MultiFernet":
    """Made of the server's keys: the present one seals, former ones still open."""
    from cryptography.fernet import MultiFernet  # 6 MB that a chain without sealed secrets never needs

    return MultiFernet([_key(given, use) for given in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(given: str | bytes, use: str) -> "Fernet":
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(use.encode() + force_bytes(given)).digest()))
