"""One name in many spellings: alphabets, gendered endings, slips of the hand."""

import re
from functools import lru_cache
from operator import ne

from clients.writing import names
from clients.writing.names import PersonName

CYRILLIC = dict(zip("абвгдезийклмнопрстуфцыэ", "abvgdeziiklmnoprstufcie", strict=True)) | {
    "ж": "zh", "х": "h", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "iu", "я": "ia",
    "і": "i", "ї": "i", "є": "e", "ґ": "g",
}  # fmt: skip
# GOST 7.79, ISO 9, the passports' of 1997 to today, BGN and what people write: folded to one.
LATIN = (
    ("shch", "sh"), ("sch", "sh"), ("kh", "h"), ("tch", "ch"), ("ts", "c"), ("tz", "c"), ("yo", "e"), ("jo", "e"), ("ye", "e"),
    ("je", "e"), ("yu", "iu"), ("ju", "iu"), ("ya", "ia"), ("ja", "ia"), ("x", "ks"), ("w", "v"), ("j", "i"), ("y", "i"),
    ("ck", "k"), ("ph", "f"), ("'", ""),
)  # fmt: skip
# What sounds alike or is lost in some system; both alphabets go through it.
SAME = (("ks", "x"), ("ie", "e"), ("io", "e"), ("ii", "i"))
GENDERED = (
    (re.compile(r"(ов|ев|ин|ын)а$"), r"\1"),
    (re.compile(r"(ск|цк)(?:ая|ий|ой)$"), r"\1"),
    (re.compile(r"(?<=...)(?:ая|ый|ой)$"), ""),
)
LATIN_GENDERED = (
    (re.compile(r"(ov|ev|in)a$"), r"\1"),
    (re.compile(r"(sk|ck)(?:aia|aa|i|oi|ai|a)$"), r"\1"),
    (re.compile(r"(?<=...)(?:aia|ai|oi)$"), ""),
)


@lru_cache(1 << 15)
def fold(text: str) -> str:
    """A name in plain Latin letters, the same for every usual way to transliterate."""
    key = names.key(text)
    if is_latin(key):
        for written, plain in LATIN:
            key = key.replace(written, plain)
    else:
        key = "".join(CYRILLIC.get(letter, letter) for letter in key)
    for written, plain in SAME:
        key = key.replace(written, plain)
    return re.sub(r"(.)\1", r"\1", key)


def is_latin(key: str) -> bool:
    return bool(names.LATIN.search(key)) and not names.CYRILLIC.search(key)


@lru_cache(1 << 15)
def stem(key: str) -> str:
    """A surname's key without the ending that tells a man from a woman: кузнецова → кузнецов."""
    return " ".join(_stripped(part, GENDERED) for part in key.split())


@lru_cache(1 << 15)
def stem_fold(text: str) -> str:
    """The stem in plain Latin letters: ``Kuznetsova`` and ``Кузнецов`` are one."""
    return " ".join(_stripped(part, LATIN_GENDERED) for part in fold(stem(names.key(text))).split())


def _stripped(part: str, endings: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for ending, rest in endings:
        bare, times = ending.subn(rest, part)
        if times:
            return bare
    return part


def is_man(name: PersonName) -> bool:
    """By the patronymic, else by the surname; a man seldom changes his surname."""
    if name.middle:
        return names.key(name.middle).endswith("ич")
    return names.key(name.last).endswith(("ов", "ев", "ин", "ский"))


def slips(one: str, other: str) -> int:
    """Typing errors between two words, up to three; neighbours exchanged are one."""
    return 1 if one_off(one, other) else names.edit_distance(one, other, 2)


def one_slip(one: str, other: str) -> bool:
    """One typing error between two keys, in either alphabet."""
    return slips(one, other) == 1 or slips(fold(one), fold(other)) == 1


def one_off(one: str, other: str) -> bool:
    """One sign differs, or two neighbours are exchanged; of the same length."""
    if len(one) != len(other):
        return False
    at = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(at) == 1:
        return True
    return len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]


def one_digit(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(map(ne, one, other)) == 1
