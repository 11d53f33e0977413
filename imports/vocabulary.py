"""Columns that say one of a few things: how their writings are read, and what a person may say that an unknown one means.

Public: an app describes the columns of its list with it.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from imports.models import ListImport
from stores.texts.visible import visible

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
    ``ASKED`` or ``OF_FILE`` where an empty cell says too little. ``absent`` tells of the values of a row whether it needs an
    answer, too, where the list has no such column: then one is asked for, for the whole file. ``of_file`` are the words of
    that question. ``may_be_nothing``: ``NOTHING`` is a lawful answer. Where the column is not there or empty, its writing is the
    first ``sign`` that stands in the columns ``beside``.
    """

    column: str
    opened: Callable[[ListImport], Reader]
    meanings: Callable[[ListImport], Mapping[str, str | Promise]]
    reason: str = ""
    folded: Callable[[str], str] = fold
    empty: str = ""
    may_be_nothing: bool = False
    absent: Callable[[Mapping[str, str]], bool] | None = None
    of_file: str | Promise = ""
    beside: tuple[str, ...] = ()
    sign: Reader = field(default=lambda cell: "")

    def is_asked(self, columns: Collection[str]) -> bool:
        """Whether a list of these columns may have something to ask."""
        return (
            self.column in columns
            or self.empty == OF_FILE
            or self.absent is not None
            or any(name in columns for name in self.beside)
        )

    def found_beside(self, values: Mapping[str, str]) -> str:
        """What the columns beside say of a row whose own column says nothing."""
        return next((sign for name in self.beside if (cell := values.get(name)) and (sign := self.sign(cell))), "")

    def is_of_file(self, text: str, columns: Collection[str]) -> bool:
        """Whether a writing is one of the whole file, whose answer says nothing of the next."""
        return not text and (self.empty == OF_FILE or (self.absent is not None and self.column not in columns))

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
