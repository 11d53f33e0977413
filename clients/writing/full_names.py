"""A whole name in one cell, parted: surname, first name, patronymic, in whatever order and with whatever between them."""

import re
from collections.abc import Sequence

from clients.writing import names, short_names, western_names
from clients.writing.names import (
    MAX_LENGTH,
    NOT_PEOPLE,
    PATRONYMIC,
    TIDY,
    BadNameError,
    PersonName,
    is_initial,
    is_letter,
    syllables,
)
from stores.texts.visible import visible

# «Мамед оглы»: the word before it is part of the patronymic.
AFTER_A_FATHER = frozenset(["оглы", "кызы", "улы", "угли", "заде", "ogly", "kyzy"])
SURNAME = re.compile(r"(ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|ская|цкий|цкая|енко)$")
# First names that end as surnames do, and those that are surnames as well: not turned round by them.
NO_SURNAMES = frozenset(
    ["эвелина", "сабина", "ангелина", "альбина", "павлина", "фаина", "мальвина", "василина", "акулина", "катарина", "констанция"]
)
# What can be nothing but a surname, so that even an unknown name before it is one.
SURELY_A_SURNAME = re.compile(r"(ов|ев|ёв|ова|ева|ёва|ский|ская|цкий|цкая|енко)$")
SURNAMES_TOO = frozenset(["ян", "лев", "марк", "роман", "герман", "роза", "марта", "аида", "захар", "яков"])
NOBLE = frozenset(["фон", "дер", "де", "von", "der", "de"])
# Halves with a slash between them, or with a hyphen or dash that has a space beside it.
JOINT = re.compile(r"([^\W\d_]+)(?:\s*([/\\\\])\s*|\s+[-‐‑–—−]\s*|[-‐‑–—−]\s+)(?=([^\W\d_]+))")


# «Лагина Вера и Пётр»; a capital letter may be an initial.
TWO_PEOPLE = re.compile(r"[^\W\d_]\s+(?:и|and|&|\+)\s+[^\W\d_]{2,}")
# «Котова Вера, Лисов Пётр»: two words on either side of a comma.
TWO_NAMES = re.compile(r"\s*[^\W\d_]{2,}\s+[^\W\d_]{2,}\s*[,;]\s*[^\W\d_]{2,}\s+[^\W\d_]{2,}")
# What Western names end with and no name is.
JUNIOR = re.compile(r"[,\s]+(?:jr|sr|ii|iii|esq)\.?$", re.IGNORECASE)


def split_full_name(text: str, *, first_name_first: bool = False) -> PersonName:
    """``Оглы Рашид Мамед оглы`` → surname, first name, patronymic. Raises BadNameError.

    Initials are parted (``ИВАНОВ И.И.``); ``Вера Ильинична Абрамова`` is turned round by its patronymic,
    ``И.И. Иванов`` by its initials, ``Анна Лунина`` by a first name before what can only be a surname. Words that are no
    patronymic belong to the first name (``О Ден Сик``). A first name and a patronymic alone have no surname.
    """
    if TWO_PEOPLE.search(text) or ("," in text and TWO_NAMES.match(text)):
        raise BadNameError(text)
    words = text.split()
    if not all(TIDY.fullmatch(word) and word.lower() not in NOT_PEOPLE for word in words) or len(text) > MAX_LENGTH:
        words = _parted(text)
    if not words:
        raise BadNameError(text)
    if text.isascii() and western_names.is_known(words[0]) and (turned := _western(words)):
        return names.meant(turned)
    if begins := _particles(words):
        words = [" ".join(words[: begins + 1]), *words[begins + 1 :]]
    if _is_given(words):
        return PersonName("", *words)
    if len(words) == 3 and PATRONYMIC.search(words[1]) and not short_names.is_known(words[0]) and short_names.is_known(words[2]):
        return names.meant(PersonName(words[0], words[2], words[1]))
    if _is_turned(words) or (first_name_first and len(words) > 1):
        words = [words[-1], *words[:-1]]
    return names.meant(_told_apart(words))


def given_names(text: str) -> PersonName:
    """First name and patronymic of a text that has no surname in it."""
    return _told_apart(["", *text.split()])


def _is_given(words: Sequence[str]) -> bool:
    """Whether a first name stands there without a surname: alone, or with a patronymic."""
    first, *rest = words
    if len(rest) > 1 or not short_names.is_known(first):
        return False
    return PATRONYMIC.search(rest[0]) is not None if rest else first.lower() not in SURNAMES_TOO


def _particles(words: Sequence[str]) -> int:
    """How many words at the head belong to the surname behind them: «Ван Дер Билт Анна», «фон Бюлов Ганс». One «Ван» is a
    Chinese surname."""
    if words[0].lower() not in names.PARTICLES:
        return 0
    count = next((at for at, word in enumerate(words) if word.lower() not in names.PARTICLES), 0)
    return count if len(words) > count + 1 and (count > 1 or words[0].lower() in NOBLE) else 0


def _told_apart(words: Sequence[str]) -> PersonName:
    """A surname and what follows it: the patronymic begins at the first word that looks like one, or is an initial."""
    surname, *given = words
    begins = len(given)
    for at, word in enumerate(given[1:], start=1):
        if is_initial(word) or is_letter(word) or PATRONYMIC.search(word):
            begins = max(1, at - 1) if word.lower() in AFTER_A_FATHER else at
            break
    return PersonName(surname, " ".join(given[:begins]), " ".join(given[begins:]))


def _western(words: Sequence[str]) -> PersonName | None:
    """``John Smith``, ``John Q. Public``, ``Anna Maria Smith``, ``Simon van Dyck``: a known first name first, and none behind
    it that could be the first name instead. None where it may be the other way round."""
    first, *rest = words
    given = [word for word in rest[:-1] if western_names.is_known(word) or is_initial(word) or is_letter(word)]
    surname = rest[len(given) :]
    if not rest or given != rest[: len(given)] or PATRONYMIC.search(rest[-1]) or western_names.is_known(surname[-1]):
        return None
    if len(surname) > 1 and surname[0].lower() not in names.PARTICLES:
        return None
    middle = [word for word in given if is_initial(word) or is_letter(word)]
    return PersonName(" ".join(surname), " ".join([first, *(word for word in given if word not in middle)]), " ".join(middle))


def _is_turned(words: Sequence[str]) -> bool:
    if len(words) == 3:
        return bool(PATRONYMIC.search(words[1]) and not PATRONYMIC.search(words[2]))
    if len(words) != 2 or words[0].lower() in SURNAMES_TOO or words[1].lower() in NO_SURNAMES:
        return False
    first, last = words
    if short_names.is_known(last):
        return False
    if short_names.is_known(first):
        return bool(SURNAME.search(last.lower()))
    return bool(SURELY_A_SURNAME.search(last.lower()) and not SURNAME.search(first.lower()) and len(first) > 2)


def _parted(text: str) -> list[str]:
    """The words of a name, initials last."""
    joined = JOINT.sub(_joint, visible(re.sub(r"\s*,\s*", " ", JUNIOR.sub("", text) if text.isascii() else text)))
    words = _part_initials(names.check(joined)).split()
    leading = 0
    while leading < len(words) and (is_initial(words[leading]) or _is_leading_initial(words[leading:])):
        leading += 1
    if leading == len(words):
        return words
    return words[leading:] + [word if is_initial(word) else f"{word}." for word in words[:leading]]


def _joint(found: re.Match[str]) -> str:
    """The halves of a double name joined; words that only stand beside each other, parted.

    Raises BadNameError for two people in one cell.
    """
    left, slash, right = found.groups()
    if short_names.is_known(left) == short_names.is_known(right) and not PATRONYMIC.search(right):
        return f"{left}-"
    if slash and short_names.is_known(left) and not PATRONYMIC.search(right):
        raise BadNameError(found.string)
    return f"{left} "


def _is_leading_initial(words: Sequence[str]) -> bool:
    """A letter without a full stop at the head: a surname (``Ю Наталья``, ``Э Мин``) or an initial (``А Иванова``)."""
    letter, *rest = words
    if not is_letter(letter) or not rest:
        return False
    named = short_names.is_known(rest[0]) or all(syllables(word) == 1 for word in rest[:2])
    return not (syllables(letter) and named and not is_letter(rest[0]))


def _part_initials(text: str) -> str:
    return re.sub(r"\b([^\W\d_])\.\s*", lambda found: f"{found.group(1).upper()}. ", text).strip()
