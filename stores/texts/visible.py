"""Text as it is seen: letters composed, marks that nobody sees gone. Every entrance passes through it. Public."""

import re
import unicodedata

# Marks that part words where they stand between a small and a capital letter: nobody writes «ПетроваАнна».
PARTING = "\u200b\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c\u180e"
# Marks that never part anything: a soft hyphen and the joiners.
JOINING = "\u00ad\u2060-\u2064"
# The joiner between two pictures is seen: it makes one picture of them.
INVISIBLE = re.compile(f"[{PARTING}{JOINING}]|\u200d(?=[\\w\\s]|$)|(?<=[\\w\\s])\u200d|^\u200d")
BETWEEN_WORDS = re.compile(f"[{PARTING}]+")


def visible(text: str) -> str:
    """Letters with their marks as one (``й``, not ``и`` and a breve), and nothing that is not seen.

    An invisible space between a small and a capital letter was a space; inside a word it is nothing.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    # No mark that nobody sees is printable.
    if composed.isprintable() or not INVISIBLE.search(composed):
        return composed
    parted = BETWEEN_WORDS.sub(_space_or_nothing, composed)
    return unicodedata.normalize("NFC", INVISIBLE.sub("", parted))


def _space_or_nothing(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return " " if before.islower() and after.isupper() else ""
