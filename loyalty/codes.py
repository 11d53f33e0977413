"""Codes of coupons and certificates, and the one by which a client brings friends: made, written and read.

A friend's code is not stored: five letters are the number of the card, mixed so that neighbours look unlike, and two seal it by
a secret of the base, so that a slip of the finger is hardly ever somebody's. It opens nothing: it only says who sent a friend.

No 0, O, 1, I and L: nobody can take one of them for another.
"""

import hmac
import secrets
from typing import Final

from clients.searching.layouts import other_layout

ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
FRIEND, RIGHT, CERTIFICATE = 7, 8, 12  # so long is a code of each
NUMBER, SEAL = 5, 2
ROOM: Final[int] = len(ALPHABET) ** NUMBER
# A number without a divisor in common with the room, and its inverse.
STEP: Final = 17_320_509
BACK: Final[int] = pow(STEP, -1, ROOM)
# Cyrillic letters that look like ours.
ALIKE = str.maketrans("АВЕКМНРСТУХ", "ABEKMHPCTYX")


def make(length: int) -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(ALPHABET) for _place in range(length))


def shown(key: str) -> str:
    """As it is printed: in fours."""
    return "-".join(key[place : place + 4] for place in range(0, len(key), 4))


def readings(text: str) -> list[str]:
    """What codes a text may be: as it stands, in letters that look alike, or typed by a scanner in another layout."""
    bare = "".join(letter for letter in text if not letter.isspace() and letter not in "-–—_").upper()
    told = [bare, bare.translate(ALIKE), other_layout(bare).upper()]
    return [one for one in dict.fromkeys(told) if len(one) in (FRIEND, RIGHT, CERTIFICATE) and set(one) <= set(ALPHABET)]


def of_friend(client: int, seal: bytes) -> str:
    """The code by which a card's client brings friends. Raises ValueError beyond 28 million cards."""
    if not 0 < client < ROOM:
        raise ValueError(client)
    return _letters(client * STEP % ROOM, NUMBER) + _sealed(client, seal)


def friend_of(text: str, seal: bytes) -> int | None:
    """The card whose friends' code a text is; None where it is nobody's."""
    for key in readings(text):
        if len(key) == FRIEND:
            client = _number(key[:NUMBER]) * BACK % ROOM
            if client and _sealed(client, seal) == key[NUMBER:]:
                return client
    return None


def _sealed(client: int, seal: bytes) -> str:
    digest = hmac.digest(seal, str(client).encode(), "sha256")
    return _letters(int.from_bytes(digest[:4], "big") % len(ALPHABET) ** SEAL, SEAL)


def _letters(number: int, length: int) -> str:
    told = ""
    for _place in range(length):
        number, at = divmod(number, len(ALPHABET))
        told = ALPHABET[at] + told
    return told


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number
