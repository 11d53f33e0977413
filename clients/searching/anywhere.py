"""What one remembers of a client: a first name, the middle of a surname or of an e-mail, words of a note.

As conditions on the columns of a card, each on an index of trigrams (PostgreSQL).
"""

import re
from typing import NamedTuple

from django.db import connection

from clients.searching import beginnings

# Trigrams are of three letters: what is shorter stands everywhere.
SHORTEST = 3
# Expressions, so that no search by a beginning takes these indexes for its own.
NAME, EMAIL, NOTE = "(c.name_key || '')", "(c.email || '')", "(c.note || ' ' || c.likes)"
# Most cards have none, and capitals are slow to be compared.
WRITTEN = "c.note || c.likes <> ''"
_LATIN = re.compile(r"[\w.+@-]+", re.ASCII)


class Condition(NamedTuple):
    """SQL of a card ``c``, and its values."""

    sql: str
    values: list[str]


def condition(text: str) -> Condition | None:
    """Cards in which the text stands: in the name, in the e-mail where its letters are Latin, all its words in the note.

    None where it is too short to mean somebody.
    """
    said = beginnings.words(text)
    words = [beginnings.plain(word) for word in re.findall(r"[\w.@-]+", text) if len(beginnings.plain(word)) >= SHORTEST]
    if not said or not words or max(map(len, said)) < SHORTEST:
        return None
    parts = [Condition(f"{NAME} LIKE %s", [f"%{' '.join(said)}%"]), _all_in_note(words)]
    if _LATIN.fullmatch(text):
        parts.append(Condition(f"{EMAIL} LIKE %s", [f"%{beginnings.plain(text.lower())}%"]))
    return Condition(" OR ".join(part.sql for part in parts), [value for part in parts for value in part.values])


def _all_in_note(words: list[str]) -> Condition:
    """SQLite knows no capital of «я»: there a word is looked for as it may be written."""
    if connection.vendor == "postgresql":
        return Condition(" AND ".join([WRITTEN, *[f"{NOTE} ILIKE %s"] * len(words)]), [f"%{word}%" for word in words])
    one = f"({NOTE} LIKE %s OR {NOTE} LIKE %s OR {NOTE} LIKE %s)"
    values = [f"%{written}%" for word in words for written in (word.lower(), word.capitalize(), word.upper())]
    return Condition(" AND ".join([one] * len(words)), values)


def excerpt(text: str, note: str, *, around: int = 30) -> str:
    """The words of a note about the one that was looked for; empty where it does not stand there."""
    word = next((word for word in re.findall(r"[\w.@-]+", text) if len(word) >= SHORTEST), "")
    at = note.lower().find(word.lower()) if word else -1
    if at < 0:
        return ""
    begins, ends = max(at - around, 0), at + len(word) + around
    shown = " ".join(note[begins:ends].split())
    return f"{'…' if begins else ''}{shown}{'…' if ends < len(note) else ''}"
