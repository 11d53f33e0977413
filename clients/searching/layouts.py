"""A text typed in the other keyboard layout: read in it, and which of the two was meant."""

import re
from itertools import pairwise

from clients.writing import full_names, names, short_names

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`/"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё."
# With Shift, where that is no capital letter.
_LATIN_SHIFTED, _CYRILLIC_SHIFTED = '{}:"<>~?@#', 'ХЪЖЭБЮЁ,"№'
_TO_CYRILLIC = dict(zip(_LATIN.upper() + _LATIN + _LATIN_SHIFTED, _CYRILLIC.upper() + _CYRILLIC + _CYRILLIC_SHIFTED, strict=True))
# A full stop and a comma stay what they are: the small keyboard has them in both layouts.
_TO_LATIN = {cyrillic: latin for latin, cyrillic in _TO_CYRILLIC.items() if cyrillic not in ".,"}
_VOWELS = names.VOWELS | frozenset("іїє")
_LETTERS = re.compile(r"[^\W\d_]+")
# No word begins so, and no name has so many consonants in a row («Мкртчян» has five).
_NO_BEGINNING = frozenset("ъьы")
_TOO_MANY = re.compile(r"[бвгджзйклмнпрстфхцчшщъьbcdfghjklmnpqrstvwxz]{6}")


def other_layout(text: str) -> str:
    """The same keys in the other layout; empty where the text has letters of both alphabets, or none.

    >>> other_layout(";erjdf"), other_layout("яргл"), other_layout("2233")
    ('жукова', 'zhuk', '')
    """
    if bool(names.CYRILLIC.search(text)) == bool(names.LATIN.search(text)):
        return ""
    table = _TO_LATIN if names.CYRILLIC.search(text) else _TO_CYRILLIC
    return "".join(table.get(letter, letter) for letter in text)


def meant(text: str) -> str:
    """The text in the layout in which it is likelier a name; empty where it is one in neither.

    >>> meant(";erjdf"), meant("Жукова"), meant("Smith"), meant("Ыьшер"), meant("---")
    ('жукова', 'Жукова', 'Smith', 'Smith', '')
    """
    readings = [reading for reading in (text, other_layout(text)) if is_like_a_name(reading)]
    return min(readings, key=lambda reading: (_clashes(reading), not _is_known(reading)), default="")


def is_like_a_name(text: str) -> bool:
    """Whether every word can be said: letters alone, with a vowel among them."""
    words = [word.lower() for word in _LETTERS.findall(text)]
    if not words or not re.fullmatch(r"[^\W\d_]+(?:[\s.'’ʼ`‐‑–—-]+[^\W\d_]+)*\.?", text.strip()):
        return False
    return all(_can_be_said(word) for word in words) and max(map(len, words)) > 1


def _can_be_said(word: str) -> bool:
    if len(word) == 1:
        return True
    return bool(_VOWELS & set(word)) and word[0] not in _NO_BEGINNING and not _TOO_MANY.search(word)


def _clashes(text: str) -> int:
    """Neighbours of one kind: vowels and consonants of a name take turns, those of a wrong layout do not."""
    kinds = [[letter in _VOWELS for letter in word.lower()] for word in _LETTERS.findall(text)]
    return sum(one == other for word in kinds for one, other in pairwise(word))


def _is_known(text: str) -> bool:
    """Whether a word is a first name that people have, or ends as surnames and patronymics do."""
    words = [word.lower() for word in _LETTERS.findall(text)]
    return any(short_names.is_known(w) or full_names.SURNAME.search(w) or names.PATRONYMIC.search(w) for w in words)
