"""Columns that say one of a few things: how their writings are read, and what a person may say that an unknown one means.

Public: an app describes the columns of its list with it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from imports.models import ListImport
from stores.visible import visible

# What a person may say of a writing where that is lawful: it means no more than an empty cell.
NOTHING = "-"
# What a reader says of a writing that it understands, though not as one of the meanings: a day, a sum.
KNOWN = "*"
# What an empty cell is, if not simply empty: a writing that somebody must explain, or one that the whole file shares.
ASKED, OF_FILE = "asked", "file"
LONGEST_KEY = 120
LONGEST_TEXT = 100

Reader = Callable[[str], str]


def fold(text: str) -> str:
    """A writing without what people write in different ways: case, ё, spaces, a stop at its end."""
    return " ".join(visible(text).casefold().replace("ё", "е").split()).strip(" .!")


@dataclass(frozen=True)
class Vocabulary:
    """The words of one column.

    ``opened`` gives a list its reader: what a writing means, ``KNOWN``, or "" where nobody knows. ``meanings`` are what a
    person may choose: what then stands in the row → its words. ``reason`` is the key of the verdict with which rows wait
    for an answer; without one they do not wait. ``folded`` makes writings one that need one answer. ``empty`` is
    ``ASKED`` or ``OF_FILE`` where an empty cell says too little. ``may_be_nothing``: ``NOTHING`` is a lawful answer.
    """

    column: str
    opened: Callable[[ListImport], Reader]
    meanings: Callable[[ListImport], Mapping[str, str | Promise]]
    reason: str = ""
    folded: Callable[[str], str] = fold
    empty: str = ""
    may_be_nothing: bool = False

    def key(self, text: str) -> str:
        """What an answer about this writing is kept under; what is too long keeps its beginning and a digest."""
        key = self.folded(text)
        if len(key) <= LONGEST_KEY:
            return key
        digest = hashlib.blake2b(key.encode(errors="replace"), digest_size=16).hexdigest()
        return f"{key[: LONGEST_KEY - len(digest)]}{digest}"

    def answers(self, list_import: ListImport) -> dict[str, str | Promise]:
        """All that is a lawful answer in this list, ``NOTHING`` without words."""
        return {**self.meanings(list_import), **({NOTHING: ""} if self.may_be_nothing else {})}


def unknown(reason: str, text: str) -> str:
    """The reason of a row that waits until somebody says what ``text`` means."""
    return f"{reason}: {text[:LONGEST_TEXT]}" if text else reason
