"""Words that are written down now and read later, by somebody else: kept as what is to be said, worded for whoever reads. Public.

``from stores.texts.kept_words import words as _`` in the place of ``gettext``: the message stays whole, with what is put into it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext

# How a column tells words from a text; a text that begins so itself is kept as words of one piece.
MARK = "words:"
# A stranger's text within them is no longer.
MOST = 300
Piece = str | dict[str, Any]


class Words:
    """What is to be said: pieces of text, and messages with what is put into them; worded by ``str``."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = list(pieces)

    def __mod__(self, facts: Mapping[str, Any]) -> "Words":
        """``_("… %(name)s") % {"name": …}``: as with a text, of the last message."""
        *before, last = self.pieces
        if isinstance(last, str):
            return self
        return Words([*before, {**last, "with": {name: _kept(fact) for name, fact in facts.items()}}])

    def __add__(self, more: "Words | str") -> "Words":
        return Words([*self.pieces, *_pieces(more)])

    def __radd__(self, before: str) -> "Words":
        return Words([*_pieces(before), *self.pieces])

    def __str__(self) -> str:
        return "".join(map(_worded, self.pieces))

    def __repr__(self) -> str:
        return f"Words({self.pieces!r})"

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __contains__(self, part: str) -> bool:
        return part in str(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self.pieces == other.pieces

    def __hash__(self) -> int:
        return hash(self.as_text())

    def as_text(self) -> str:
        """As a column keeps them."""
        return MARK + json.dumps(self.pieces, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def of_text(cls, kept: str) -> "Self | str":
        """What a column kept; a text that was written down as such stays as it is."""
        if not kept.startswith(MARK):
            return kept
        try:
            pieces = json.loads(kept.removeprefix(MARK))
        except ValueError:
            return kept
        return cls(pieces) if isinstance(pieces, list) else kept


def words(message: str) -> Words:
    """A message that is worded when it is read."""
    return Words([{"say": message}])


def joined(between: str, parts: "Iterable[Words | str | Promise]") -> Words:
    """As ``str.join``."""
    pieces = list[Piece]()
    for part in parts:
        pieces += [between, *_pieces(part)] if pieces else _pieces(part)
    return Words(pieces)


def as_text(said: "Words | str") -> str:
    """For a column or a file of another kind, as JSON: what ``Words.of_text`` reads."""
    if isinstance(said, Words):
        return said.as_text()
    return Words([said]).as_text() if said.startswith(MARK) else said


def _pieces(part: "Words | str | Promise") -> list[Piece]:
    if isinstance(part, Words):
        return part.pieces
    if isinstance(part, Promise) and (message := _message_of(part)):
        return [{"say": message}]
    return [str(part)[:MOST]] if part else []


def _kept(fact: Any) -> Any:
    """Words within words; what is no number is a text, a lazy one that of a message."""
    if isinstance(fact, Words | Promise):
        return _pieces(fact)
    return fact if isinstance(fact, int) else str(fact)[:MOST]


def _message_of(lazy: Promise) -> str:
    """The msgid of a ``gettext_lazy``, "" of another promise."""
    args: tuple[Any, ...] = getattr(lazy, "_args", ())
    return args[0] if len(args) == 1 and isinstance(args[0], str) else ""


def _worded(piece: Piece) -> str:
    if isinstance(piece, str):
        return piece
    said = gettext(piece["say"])
    facts = {name: str(Words(fact)) if isinstance(fact, list) else fact for name, fact in piece.get("with", {}).items()}
    try:
        return said % facts if facts else said
    except (KeyError, ValueError, TypeError):
        return said


class SaidError(Exception):
    """An error that says in words why; nothing where nothing is to be said."""

    @property
    def words(self) -> Words | str:
        said = next(iter(self.args), "")
        return said if isinstance(said, Words) else str(said)


class WordsField(models.TextField):  # type: ignore[type-arg]
    """A column of words: a ``Words`` is worded for whoever reads; a text of a person, a gateway or an older row stays."""

    _pyi_private_set_type: Words | str  # type: ignore[assignment]
    _pyi_private_get_type: Words | str  # type: ignore[assignment]

    def from_db_value(self, value: str | None, *_args: Any) -> Words | str | None:
        return value if value is None else Words.of_text(value)

    def to_python(self, value: Any) -> Any:
        return Words.of_text(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return as_text(value) if isinstance(value, Words | str) else super().get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))
