"""Days as people write them in lists, and what a birth date may be."""

import re
from datetime import date, timedelta

OLDEST = 110
ADULT = 14
EXCEL_EPOCH = date(1899, 12, 30)
# Below them a number is a year, or a part of a day that nobody finished.
SERIALS = range(2_101, 80_000)
PLACEHOLDERS = frozenset({date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1901, 1, 1), date(1911, 11, 11)})
MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10,
    "ноя": 11, "дек": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12, "січ": 1, "лют": 2, "бер": 3, "кві": 4, "тра": 5, "чер": 6, "лип": 7, "сер": 8,
    "вер": 9, "жов": 10, "лис": 11, "гру": 12, "mär": 3, "mai": 5, "okt": 10, "dez": 12,
}  # fmt: skip
USUAL = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
DAY_FIRST = re.compile(r"^(\d{1,2})\s*[.,/\-\s]\s*(\d{1,2})\s*[.,/\-\s]\s*(\d{4}|\d{2})$")
YEAR_FIRST = re.compile(r"^(\d{4})[.\-/](\d{1,2})[.\-/](\d{1,2})$")
COMPACT = re.compile(r"^(\d{2})(\d{2})((?:19|20)\d{2}|\d{2})$")
COMPACT_ISO = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})$")
IN_WORDS = re.compile(r"^(\d{1,2})[\s./\-]*([^\W\d_]{1,9})\.?[\s,./\-]*(\d{4}|\d{2})$")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
YEAR_BEFORE_WORDS = re.compile(r"^(\d{4})[\s./\-]+([^\W\d_]{3,9})\.?[\s./\-]+(\d{1,2})$")
WORDS_FIRST = re.compile(r"^([^\W\d_]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$")
A_WORD = re.compile(r"[^\W\d_]|[«\"“„]")
TIME = re.compile(
    r"(?:t|,?\s+(?:в\s+)?)\d{1,2}:\d{2}(:\d{2})?([.,]\d+)?(\s*[ap]m)?(\s*(?:z|utc|gmt|мск|msk)?(?:[+-]\d{1,2}(?::?\d{2})?)?)$"
)
TAIL = re.compile(r"[;,!]*\s*((?:г(?:ода?)?\.?\s*)?рожд\w*\.?|г\.?\s*р\.?|г\.?|года|год|y\.?)?[;,!]*$", re.IGNORECASE)
# What is said around a day and is none of it: quotes, the day of the week, «14-го», «14th of March», «р. 14.03».
AROUND = re.compile(
    r"[«»\"“”„]|^(?:(?:понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|пн|вт|ср|чт|пт|сб|вс"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+|(?:д\.?\s*р|род|рожд|р)[^\W\d_]*[.:\s]+)"
    r"|(?<=\d)(?:st|nd|rd|th|-?го|-?ое)\b|\bof\s"
)
SERIAL = re.compile(r"^(\d{1,5})(?:[.,](\d+))?$")
# The last half second of a day: a spreadsheet's midnight that lost a bit on its way.
NEARLY_MIDNIGHT = re.compile(r"23:59:59[.,][5-9]")
NEARLY_A_DAY = 1 - 0.5 / 86_400
YEARLESS = re.compile(r"^-{0,2}(\d{1,2})-(\d{1,2})$")
YEARLESS_DAY_FIRST = re.compile(r"^(\d{1,2})[./](\d{1,2})\.?$")
YEARLESS_IN_WORDS = re.compile(r"^(\d{1,2})\s*([^\W\d_]{3,9})\.?$")
# No list of a chain's own clients is older; the first day of computers stands for none.
FIRST_REGISTERED = date(1970, 1, 1)


def parse(text: str, today: date, *, of_birth: bool = False) -> date | None:
    """A day in any usual writing, or ``None`` if there is none such. Two-digit years are past ones.

    Takes dd.mm.yyyy, d.m.yy, ISO, slashes, months in words and spreadsheets' serial numbers. ``of_birth`` chooses
    the century for an adult; without it a short year is the latest that is not after ``today``.
    """
    if found := USUAL.fullmatch(text):
        return _day(found[3], found[2], found[1], today, 0)
    if found := ISO.fullmatch(text):
        return _day(found[1], found[2], found[3], today, 0)
    day = _parsed(_cleaned(text), today, of_birth=of_birth)
    return day + timedelta(days=1) if day and NEARLY_MIDNIGHT.search(text) else day


def _parsed(cleaned: str, today: date, *, of_birth: bool) -> date | None:
    youngest = ADULT if of_birth else 0
    if found := DAY_FIRST.match(cleaned) or COMPACT.match(cleaned):
        return _day(found[3], found[2], found[1], today, youngest)
    if found := YEAR_FIRST.match(cleaned) or COMPACT_ISO.match(cleaned):
        return _day(found[1], found[2], found[3], today, youngest)
    if found := IN_WORDS.match(cleaned):
        return _day(found[3], str(_month(found[2])), found[1], today, youngest)
    if found := YEAR_BEFORE_WORDS.match(cleaned):
        return _day(found[1], str(_month(found[2])), found[3], today, youngest)
    if found := WORDS_FIRST.match(cleaned):
        return _day(found[3], str(_month(found[1])), found[2], today, youngest)
    if (found := SERIAL.match(cleaned)) and int(found[1]) in SERIALS:
        return EXCEL_EPOCH + timedelta(days=int(found[1]) + (float(f"0.{found[2] or 0}") >= NEARLY_A_DAY))
    return None


def is_day(text: str) -> bool:
    """Whether a cell may stand in a column of days."""
    return parse(text.split("T")[0], date.max) is not None


def without_year(text: str) -> int | None:
    """A day of the year whose year nobody said (``--07-05``, ``05.07``, ``5 июля``) as month × 100 + day."""
    cleaned = text.strip().lower()
    if found := YEARLESS.match(cleaned):
        month, day = int(found[1]), int(found[2])
    elif found := YEARLESS_DAY_FIRST.match(cleaned):
        day, month = int(found[1]), int(found[2])
    elif found := YEARLESS_IN_WORDS.match(cleaned):
        day, month = int(found[1]), _month(found[2])
    else:
        return None
    return month * 100 + day if _or_none(2000, month, day) else None


def registration(text: str, today: date, born: date | None) -> date | None:
    """The day on which somebody became a client, ``None`` where nobody can have on that day."""
    day = parse(text, today)
    return day if day and max(FIRST_REGISTERED, born or FIRST_REGISTERED) < day <= today else None


def _cleaned(text: str) -> str:
    """Without time, brackets, «г.р.», what stands around and doubled signs; letters О among digits are zeros."""
    bare = re.sub(r"\([^)]*\)", " ", text.lower()).strip(" '\"")
    bare = AROUND.sub("", bare).strip() if A_WORD.search(bare) else bare
    bare = TIME.sub("", TAIL.sub("", bare).strip())
    bare = re.sub(r"(?<=[\d.])[оo](?=[\d.])", "0", bare)
    return re.sub(r"([.,/\-])\1+", r"\1", bare)


def _month(word: str) -> int:
    return ROMAN.index(word) + 1 if word in ROMAN else MONTHS.get(word[:3], 0)


def _day(year: str, month: str, day: str, today: date, youngest: int) -> date | None:
    try:
        if len(year) == 4:
            return date(int(year), int(month), int(day))
        return _of_short_year(int(year), int(month), int(day), today, youngest)
    except ValueError:
        return None


def _of_short_year(year: int, month: int, day: int, today: date, youngest: int) -> date:
    """The century rule: nobody is born in the future or is over 110; of what remains the latest, for a
    birth date the latest that makes an adult."""
    possible = [
        born
        for century in (2000, 1900)
        if (born := _or_none(century + year, month, day)) and born <= today and age(born, today) <= OLDEST
    ]
    if not possible:
        raise ValueError
    return next((born for born in possible if age(born, today) >= youngest), possible[0])


def _or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def age(born: date, today: date) -> int:
    """Full years on ``today``."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def birth_date_problem(born: date, today: date) -> str:
    """Why a day cannot be a birth date: ``future``, ``placeholder``, ``too_old``; empty when it can."""
    if born > today:
        return "future"
    if born in PLACEHOLDERS or born <= date(1900, 1, 1):
        return "placeholder"
    return "too_old" if age(born, today) > OLDEST else ""


def swapped(day: date) -> date | None:
    """Day and month exchanged, where that is another day."""
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None
