"""Browsers that take notifications: what they say of themselves, what is sealed for each alone (RFC 8291), our word to their
services that it is us (RFC 8292). No network here."""

import json
import re
import time
from base64 import urlsafe_b64decode
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from py_vapid.utils import b64urlencode

from stores import places, sealing

USE = "messaging.push"
# What every service takes, less what sealing adds: a salt, a size, the length of a key and the key, a mark and a seal.
LONGEST = 4_096 - 16 - 4 - 1 - 65 - 1 - 16
LONGEST_ADDRESS = 1_000
HOUR, HOLDS = 60 * 60, 12


class BadSubscriptionError(ValueError):
    """What a browser brought leads to no browser."""


class Subscription(NamedTuple):
    """Where notifications of a browser are left, and the keys that seal them: its own, and one that only it and we know."""

    endpoint: str
    p256dh: str
    auth: str


def read(said: str) -> Subscription:
    """What a browser says of itself. Raises BadSubscriptionError."""
    try:
        told = json.loads(said)
        found = Subscription(str(told["endpoint"]), str(told["keys"]["p256dh"]), str(told["keys"]["auth"]))
        _check_address(found.endpoint)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(found.p256dh))
        has_secret = len(_bytes(found.auth)) == 16
    except (ValueError, TypeError, KeyError) as error:
        raise BadSubscriptionError(said[:80]) from error
    if not has_secret:
        raise BadSubscriptionError(said[:80])
    return found


def _check_address(endpoint: str) -> None:
    """By https, at a name of the internet; where the name leads is looked at when something goes there. Raises ValueError."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    is_number = ":" in host or re.fullmatch(r"[0-9.]+", host)
    if parts.scheme != "https" or parts.username is not None or len(endpoint) > LONGEST_ADDRESS or parts.port == 0:
        raise ValueError(endpoint)
    if not endpoint.isascii() or not (places.is_public(host) if is_number else "." in host):
        raise ValueError(endpoint)


def keep(subscription: Subscription) -> str:
    """As the base keeps it: sealed."""
    return sealing.sealed(json.dumps(subscription), USE)


def kept(text: str) -> Subscription:
    """Raises SealError where the server's key has changed."""
    return Subscription(*json.loads(sealing.opened(text, USE)))


def seal(body: bytes, to: Subscription) -> bytes:
    """What this browser alone can read."""
    own = ec.generate_private_key(ec.SECP256R1())
    return bytes(http_ece.encrypt(body, private_key=own, dh=_bytes(to.p256dh), auth_secret=_bytes(to.auth)))


def word(key: str, endpoint: str, contact: str) -> str:
    """The header by which a service knows us; ``contact`` is where it may complain."""
    parts = urlsplit(endpoint)
    return _word(key, f"{parts.scheme}://{parts.netloc}", contact, int(time.time()) // HOUR)


@lru_cache(maxsize=64)
def _word(key: str, audience: str, contact: str, hour: int) -> str:
    """The same for an hour, though it holds longer."""
    claims = {"aud": audience, "exp": (hour + HOLDS) * HOUR, "sub": contact}
    return str(_own(key).sign(claims)["Authorization"])


def public_key(key: str) -> str:
    """The half of our key that browsers are told, as they take it. Raises ValueError for what is no key."""
    return str(b64urlencode(_own(key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)))


def new_key() -> str:
    """The private half of a new key, as the settings keep it."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return str(b64urlencode(number.to_bytes(32, "big")))


def _own(key: str) -> Vapid02:
    return Vapid02.from_raw(key.encode())


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
