"""A name as it is begun in the search box, as patterns of search keys: ``Борисова А.Ю.``, ``Вера Абрамова``, ``иванов ив``."""

import re
from collections.abc import Sequence

from clients.writing import names

# «Борисова АЮ»: initials without their full stops, behind a word that is no capitals.
_GLUED = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁ] )([A-ZА-ЯЁ])([A-ZА-ЯЁ])\s*$")
_PATTERN_SIGNS = re.compile(r"[%_\\]")


def plain(text: str) -> str:
    """A text without what LIKE reads as a pattern."""
    return _PATTERN_SIGNS.sub("", text)


def words(text: str) -> list[str]:
    """The words of a name as search keys, initials parted.

    >>> words("Борисова А.Ю."), words("ЁЛКИНА-Белая")
    (['борисова', 'а', 'ю'], ['елкина', 'белая'])
    """
    return plain(names.key(_GLUED.sub(r"\1 \2", text).replace(".", ". "))).split()


def patterns(said: Sequence[str]) -> list[str]:
    """What search keys of such a name look like: the surname stands first or last, every other word may be begun alone.

    >>> patterns(["борисова", "а", "ю"])
    ['борисова а ю%', 'борисова а% ю%', 'ю борисова% а%']
    """
    if not said:
        return []
    turned = [said[-1], *said[:-1]]
    return list(dict.fromkeys([f"{' '.join(said)}%", begun(said), begun(turned)]))


def begun(said: Sequence[str]) -> str:
    """The first word whole where others follow, each of those by its beginning."""
    surname, *given = said
    return " ".join([surname, *(f"{word}%" for word in given)]) if given else f"{surname}%"
