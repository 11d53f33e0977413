"""Names of people as they are written in Russia and elsewhere: read, tidied and compared."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from stores.texts.visible import visible

LOOKALIKES = dict(zip("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук", strict=True))
CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in LOOKALIKES.items()}
CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ]")
LATIN = re.compile(r"[A-Za-z]")
INITIAL = re.compile(r"^[^\W\d_]\.$")
BARE_LETTER = re.compile(r"^[^\W\d_]$")
VOWELS = frozenset("аеёиоуыэюяaeiouy")
INITIALS_AT_END = re.compile(r"\b[^\W\d_]\.\s*(?:[^\W\d_]\.?)?\s*$")
PATRONYMIC = re.compile(r"(вич|вна|ична|[иь]нишна|ишна|ьич|кызы|оглы|vich|vna|ichna|[мк]ич)$", re.IGNORECASE)
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
        "ла",
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
# Words of totals, companies and blanks; those of the second row are names of somebody's too (Larry Page, Jennifer Null).
NEVER_PEOPLE = frozenset(
    (
        "итого",
        "всего",
        "сумма",
        "количество",
        "страница",
        "нет",
        "неизвестно",
        "unknown",
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
        "салон",
        "магазин",
        "муж",
        "жена",
        "мама",
        "мать",
        "папа",
        "отец",
        "дочь",
        "сын",
        "брат",
        "сестра",
        "бабушка",
        "подруга",
        "дядя",
        "тетя",
        "тётя",
        "общество",
        "фирма",
        "компания",
        "организация",
        "customer",
        "client",
        "имени",
        "не",
        "помню",
        "знаю",
        "телефон",
        "рождения",
        "почта",
        "email",
    )
)  # fmt: skip
SELDOM_PEOPLE = frozenset(
    ["total", "sum", "кол", "page", "none", "null", "nan", "test", "имя", "дата", "гость", "гостья", "лид", "вип", "госпожа",
     "господин", "авито", "инстаграм", "ватсап", "вотсап", "вайбер", "телеграм", "телеграмм"]
)  # fmt: skip
NOT_PEOPLE = NEVER_PEOPLE | SELDOM_PEOPLE
TITLE = re.compile(
    r"\b(?:индивидуальн\w+ предпринимател\w+|г-жа|г-н|госпожа|господин|гр-ка|гр-н|ип|чп|vip|вип|mr|mrs|ms|dr"
    r"|instagram|инст(?:а|аграм)?|whats ?app|ватсап|вотсап|viber|вайбер|telegram|телеграмм?|avito|авито)\b\.?",
    re.IGNORECASE,
)
MAX_LENGTH = 80
# The joint of a double name.
HALVES = re.compile(r"(?<=[^\W\d_])\s*[-‐‑–—−/\\]\s*(?=[^\W\d_])")
PICTURES = frozenset({"So", "Cs", "Co", "Cn"})
BESIDE_PICTURES = frozenset("\ufe0e\ufe0f\u20e3\u200d\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
# A word that stands as it should; most do.
TIDY = re.compile(r"[А-ЯЁ][а-яё]+")
# A key that stuck: «вЕРА», «КоТоВа»; «МакДональд» and «deVries» are names.
TOGGLED = re.compile(r"^[а-яё][А-ЯЁ]{2,}$|^[а-яёА-ЯЁ]*[А-ЯЁ][а-яё][А-ЯЁ][а-яё][А-ЯЁ]|^[а-яё][А-ЯЁ][а-яё][А-ЯЁ]")
# Names repeat: what was once tidied, keyed or checked need not be again.
REMEMBERED = 1 << 15
# Whole names come once or twice, close together: two chunks are enough, the one that is read ahead and the one that is written.
OF_A_CHUNK = 1 << 13


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
    words = re.sub(r"[’ʼ`]", "'", re.sub(r"[‐‑–—−]", "-", visible(text))).split()
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
    if not (word.islower() or (word.isupper() and len(word.strip(".")) > 1) or len(word) == 1 or TOGGLED.search(word)):
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

    What stands in brackets («(Ким)», «(муж)»), pictures and forms of address («г-жа») are no part of a name; a hyphen or
    a slash between the halves of a double name joins them, with spaces around it or without.
    """
    if TIDY.fullmatch(text) and text.lower() not in NOT_PEOPLE and len(text) <= MAX_LENGTH:
        return text
    bare = TITLE.sub(" ", re.sub(r"\([^)]*\)|[«»\"]", " ", _without_pictures(text))).strip(" ,;?!-–—_*")
    bare = HALVES.sub("-", bare)
    name = tidy(bare if INITIALS_AT_END.search(bare) else bare.strip("."))
    if not name:
        if text.strip():
            raise BadNameError(text)
        return ""
    words = set(re.findall(r"[^\W\d_]+", name.lower()))
    if not ALLOWED.match(name) or len(name) > MAX_LENGTH or words & NEVER_PEOPLE or words <= SELDOM_PEOPLE:
        raise BadNameError(text)
    return name


def _without_pictures(text: str) -> str:
    """A text without its emoji, signs of phones and stars."""
    if text.isascii():
        return text
    return "".join(" " if _is_picture(letter) else letter for letter in visible(text))


def _is_picture(letter: str) -> bool:
    return unicodedata.category(letter) in PICTURES or letter in BESIDE_PICTURES


@lru_cache(REMEMBERED)
def is_initial(name: str) -> bool:
    """A letter with a full stop; a letter without one is a name (``Цой Э``), see ``meant``."""
    return INITIAL.match(name) is not None


def is_letter(word: str) -> bool:
    """One letter without a full stop."""
    return BARE_LETTER.match(word) is not None


@lru_cache(REMEMBERED)
def syllables(word: str) -> int:
    return sum(letter in VOWELS for letter in word.lower())


def meant(name: PersonName) -> PersonName:
    """A name whose letters say what they are: an initial has its full stop.

    A letter alone is a first name only where people have such names: a vowel beside a surname of one syllable (``Цой Э``),
    not ``Иванова А``. A surname may be any letter, a patronymic none.
    """
    first, middle = name.first, name.middle
    if is_letter(first) and not (syllables(first) and 0 < syllables(name.last) < 2 and not is_letter(middle)):
        first = f"{first}."
    return PersonName(name.last, first, f"{middle}." if is_letter(middle) else middle)


@lru_cache(REMEMBERED)
def key(text: str) -> str:
    """What names are compared and searched by: lower case, ё→е, hyphens to spaces, one alphabet."""
    folded = tidy(text).lower().replace("ё", "е")
    return " ".join(re.sub(r"[\-']", " ", folded).replace(".", "").split())


@lru_cache(OF_A_CHUNK)
def full_key(name: PersonName) -> str:
    """``surname name patronymic`` as a search key."""
    return " ".join(filter(None, (key(name.last), key(name.first), key(name.middle))))


def _agree(one: str, other: str) -> bool:
    """Whether two first names or patronymics can be one person's: equal, one missing, or an initial."""
    a, b = key(one), key(other)
    if not a or not b or a == b:
        return True
    return (len(a) == 1 or len(b) == 1) and a[0] == b[0]


def _given(name: PersonName) -> str:
    """First name and patronymic in one: where the one ends and the other begins is not always told (``Анна Мария``)."""
    return f"{key(name.first)} {key(name.middle)}".strip()


def compatible(one: PersonName, other: PersonName) -> bool:
    """Same surname; first name and patronymic equal, missing on one side, or an initial of the other's.

    Surname and first name exchanged are the same person too: lists put the first name first at times. A surname that
    nobody wrote contradicts none, where the first name is there to agree.
    """
    if key(one.last) == key(other.last) and _given(one) == _given(other):
        return True
    if not _agree(one.middle, other.middle):
        return False
    if key(one.last) == key(other.last):
        return _agree(one.first, other.first)
    if not one.last or not other.last:
        return bool(one.first and other.first) and _agree(one.first, other.first)
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


@lru_cache(OF_A_CHUNK)
def person_key(name: PersonName, birth_date: date | None) -> str:
    """Surname, first name and birth date as one key, empty unless all three are known."""
    if not (birth_date and name.last and name.first) or is_initial(name.first):
        return ""
    return f"{key(name.last)}|{key(name.first)}|{birth_date.isoformat()}"
