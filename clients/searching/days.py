"""A birth date typed into the search box, alone or beside a surname."""

import re
from datetime import date
from typing import NamedTuple

from clients.writing import dates

# Digits and signs alone may be a phone as well, but for a day whose year is whole and whose signs are those of days.
_DAY = re.compile(
    r"(?<![\d.])(\d{1,2}\s*[./\-]\s*\d{1,2}\s*[./\-]\s*(?:19|20)\d{2}|(?:19|20)\d{2}[.\-/]\d{1,2}[.\-/]\d{1,2}"
    r"|\d{1,2}[\s./\-]*[^\W\d_]{3,9}\.?[\s,./\-]*(?:19|20)\d{2}|[A-Za-z]{3,9}\.?\s+\d{1,2},?\s+(?:19|20)\d{2})"
    r"(?:\s*(?:г\.?\s*р\.?|г\.?|года|год)(?![^\W\d_]))?(?!\d)",
    re.IGNORECASE,
)
# Where digits are nothing better: «14 03 88», «14.03.88», «14031988».
_SHORT = re.compile(r"\d{1,2}([.\-/\s])\d{1,2}\1\d{2}(?:\d{2})?|\d{4}(?:19|20)\d{2}|(?:19|20)\d{6}")


class Born(NamedTuple):
    """A birth date, and what is left of the text without it."""

    day: date
    beside: str = ""


def birth_date(text: str, today: date) -> Born | None:
    """The birth date that a text surely has: its year is whole, or its month is a word.

    >>> birth_date("Борисова 14 марта 1988", date(2026, 1, 1))
    Born(day=datetime.date(1988, 3, 14), beside='Борисова')
    """
    found = _DAY.search(text)
    day = _born(found[1], today) if found else None
    if found is None or day is None:
        return None
    beside = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,;()")
    return None if re.search(r"\d", beside) else Born(day, beside)


def short_birth_date(text: str, today: date) -> Born | None:
    """The birth date that digits are where they are nothing else."""
    day = _born(text.strip(), today) if _SHORT.fullmatch(text.strip()) else None
    return Born(day) if day else None


def _born(text: str, today: date) -> date | None:
    day = dates.parse(text, today, of_birth=True)
    return day if day and not dates.birth_date_problem(day, today) else None
