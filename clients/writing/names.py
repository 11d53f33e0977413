"""Names of people as they are written in Russia and elsewhere: read, tidied and compared."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

LOOKALIKES = dict(zip("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук", strict=True))
CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in LOOKALIKES.items()}
CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ]")
LATIN = re.compile(r"[A-Za-z]")
INITIAL = re.compile(r"^[^\W\d_]\.?$")
INITIALS_AT_END = re.compile(r"\b[^\W\d_]\.\s*(?:[^\W\d_]\.?)?\s*$")
PATRONYMIC = re.compile(r"(вич|вна|ична|инична|ьич|кызы|оглы)$", re.IGNORECASE)
PARTICLES = frozenset(
    {
        "оглы",
        "кызы",
        "угли",
        "улы",
        "заде",
        "фон",
        "ван",
        "дер",
        "де",
        "ди",
        "эль",
        "аль",
        "ибн",
        "бей",
        "von",
        "van",
        "der",
        "de",
        "di",
        "la",
        "el",
        "al",
        "bin",
    }
)
ALLOWED = re.compile(r"^[^\W\d_]+(?:[.'’ʼ`\-‐‑– ]+[^\W\d_]+)*\.?$")
NOT_PEOPLE = frozenset(
    {
        "итого",
        "всего",
        "total",
        "sum",
        "сумма",
        "количество",
        "кол",
        "страница",
        "page",
        "none",
        "null",
        "nan",
        "нет",
        "неизвестно",
        "unknown",
        "test",
        "тест",
        "клиент",
        "фио",
        "фамилия",
        "ооо",
        "оао",
        "зао",
        "пао",
        "розничный",
        "покупатель",
        "аноним",
        "частное",
        "физлицо",
        "контрагент",
    }
)
TITLE = re.compile(r"\b(?:г-жа|г-н|госпожа|господин|гр-ка|гр-н|mr|mrs|ms|dr)\b\.?", re.IGNORECASE)
MAX_LENGTH = 80
# A word that stands as it should; most do.
TIDY = re.compile(r"[А-ЯЁ][а-яё]+")
# Names repeat: what was once tidied, keyed or checked need not be again.
REMEMBERED = 1 << 15


class PersonName(NamedTuple):
    """Surname, first name and patronymic; each may be empty."""

    last: str = ""
    first: str = ""
    middle: str = ""


class BadNameError(ValueError):
    """The text is no name of a person."""


@lru_cache(REMEMBERED)
def tidy(text: str) -> str:
    """One name as it should be written: spaces, apostrophes, look-alike letters and case put right.

    Mixed case is kept (``МакДональд``); all capitals or all small become capitalised.
    """
    if TIDY.fullmatch(text):
        return text
    visible = "".join(" " if letter == "\xa0" else letter for letter in text if unicodedata.category(letter) != "Cf")
    words = re.sub(r"[’ʼ`]", "'", re.sub(r"[‐‑–]", "-", visible)).split()
    return " ".join(_capitalised(_one_alphabet(word), index) for index, word in enumerate(words))


def _one_alphabet(word: str) -> str:
    """A word of one alphabet: Latin look-alikes become Cyrillic, or the other way where only that fits."""
    if not (CYRILLIC.search(word) and LATIN.search(word)):
        return word
    if all(letter in LOOKALIKES for letter in LATIN.findall(word)):
        return "".join(LOOKALIKES.get(letter, letter) for letter in word)
    if all(letter in CYRILLIC_TO_LATIN for letter in CYRILLIC.findall(word)):
        return "".join(CYRILLIC_TO_LATIN.get(letter, letter) for letter in word)
    return word


def looked_at(word: str) -> str:
    """A word of Latin letters alone that all look Cyrillic (``HOCOB``) as it was meant; any other as it is. By its key."""
    capitals = word.upper()
    if capitals.isascii() and all(letter in LOOKALIKES for letter in capitals):
        return key("".join(LOOKALIKES[letter] for letter in capitals))
    return word


def _capitalised(word: str, index: int) -> str:
    if word.lower() in PARTICLES and index:
        return word.lower()
    if not (word.islower() or (word.isupper() and len(word.strip(".")) > 1) or len(word) == 1):
        return word
    return "-".join(_head_up(part) for part in word.split("-"))


def _head_up(part: str) -> str:
    head, apostrophe, tail = part.partition("'")
    if apostrophe and len(head) == 1:
        return f"{head.upper()}'{tail[:1].upper()}{tail[1:].lower()}"
    return part[:1].upper() + part[1:].lower()


@lru_cache(REMEMBERED)
def check(text: str) -> str:
    """The tidied name, or an empty text for an empty one. Raises BadNameError for what is no name.

    What stands in brackets («(Ким)», «(муж)») and forms of address («г-жа») are no part of a name.
    """
    if TIDY.fullmatch(text) and text.lower() not in NOT_PEOPLE and len(text) <= MAX_LENGTH:
        return text
    bare = TITLE.sub(" ", re.sub(r"\([^)]*\)|[«»\"]", " ", text)).strip(" ,;?!-–_*")
    name = tidy(bare if INITIALS_AT_END.search(bare) else bare.strip("."))
    if not name:
        if text.strip():
            raise BadNameError(text)
        return ""
    words = set(re.findall(r"[^\W\d_]+", name.lower()))
    if not ALLOWED.match(name) or len(name) > MAX_LENGTH or words & NOT_PEOPLE:
        raise BadNameError(text)
    return name


def split_full_name(text: str, *, first_name_first: bool = False) -> PersonName:
    """``Оглы Рашид Мамед оглы`` → surname, first name, the rest. Raises BadNameError.

    Initials are parted (``ИВАНОВ И.И.``); ``Вера Ильинична Абрамова`` is turned round by its patronymic,
    ``И.И. Иванов`` by its initials.
    """
    words = text.split()
    if not all(TIDY.fullmatch(word) and word.lower() not in NOT_PEOPLE for word in words) or len(text) > MAX_LENGTH:
        words = _parted(text)
    if not words:
        raise BadNameError(text)
    turned = len(words) == 3 and PATRONYMIC.search(words[1]) and not PATRONYMIC.search(words[2])
    if turned or (first_name_first and len(words) > 1):
        words = [words[-1], *words[:-1]]
    return PersonName(words[0], " ".join(words[1:2]), " ".join(words[2:]))


def _parted(text: str) -> list[str]:
    """The words of a name, initials last."""
    words = _part_initials(check(re.sub(r"\s*,\s*", " ", text))).split()
    initials = list(takewhile(is_initial, words))
    return words[len(initials) :] + initials


def _part_initials(text: str) -> str:
    return re.sub(r"\b([^\W\d_])\.\s*", lambda found: f"{found.group(1).upper()}. ", text).strip()


@lru_cache(REMEMBERED)
def is_initial(name: str) -> bool:
    return INITIAL.match(name) is not None


@lru_cache(REMEMBERED)
def key(text: str) -> str:
    """What names are compared and searched by: lower case, ё→е, hyphens to spaces, one alphabet."""
    folded = tidy(text).lower().replace("ё", "е")
    return " ".join(re.sub(r"[\-']", " ", folded).replace(".", "").split())


def full_key(name: PersonName) -> str:
    """``surname name patronymic`` as a search key."""
    return " ".join(filter(None, (key(name.last), key(name.first), key(name.middle))))


def _agree(one: str, other: str) -> bool:
    """Whether two first names or patronymics can be one person's: equal, one missing, or an initial."""
    a, b = key(one), key(other)
    if not a or not b or a == b:
        return True
    return (len(a) == 1 or len(b) == 1) and a[0] == b[0]


def compatible(one: PersonName, other: PersonName) -> bool:
    """Same surname; first name and patronymic equal, missing on one side, or an initial of the other's.

    Surname and first name exchanged are the same person too: lists put the first name first at times.
    """
    if not _agree(one.middle, other.middle):
        return False
    if key(one.last) == key(other.last):
        return _agree(one.first, other.first)
    turned = key(one.last) == key(other.first) and key(one.first) == key(other.last)
    return turned and bool(one.first and other.first)


def edit_distance(a: str, b: str, limit: int = 2) -> int:
    """Levenshtein distance, or ``limit + 1`` as soon as it is more than ``limit``."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    previous = list(range(len(b) + 1))
    for i, left in enumerate(a, start=1):
        current = [i]
        for j, right in enumerate(b, start=1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (left != right)))
        if min(current) > limit:
            return limit + 1
        previous = current
    return min(previous[-1], limit + 1)


def person_key(name: PersonName, birth_date: date | None) -> str:
    """Surname, first name and birth date as one key, empty unless all three are known."""
    if not (birth_date and name.last and name.first) or is_initial(name.first):
        return ""
    return f"{key(name.last)}|{key(name.first)}|{birth_date.isoformat()}"
