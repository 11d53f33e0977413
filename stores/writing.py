"""Money, sizes, numbers and days as people write them: on pages, in messages and on paper alike; and read back. Public.

What is written follows the language that is spoken now; for somebody who speaks another one, ``translation.override``
stands around the call.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils import formats, timezone, translation

NBSP = "\xa0"
NONE = "—"
# What a figure of Python's becomes: groups of three apart, a true minus, and in Russian a decimal comma.
_SIGNS = {",": NBSP, "-": "−"}
MONEY_NOISE = re.compile(r"[\s'’=]|руб\w*\.?|₽|р\.?$|rub\w*\.?", re.IGNORECASE)
TOO_MUCH = Decimal(10) ** 10
_IN_RUSSIAN, _IN_OTHERS = str.maketrans({**_SIGNS, ".": ","}), str.maketrans(_SIGNS)


def _written(figure: str) -> str:
    return figure.translate(_IN_RUSSIAN if translation.get_language() == "ru" else _IN_OTHERS)


def money(value: Any) -> str:
    """``4 812 300 ₽``, ``1 200,50 ₽``: kopecks only where there are any; a dash for none."""
    if value is None or value == "":
        return NONE
    amount = round(Decimal(str(value)), 2)
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{number(amount, places)}{NBSP}₽"


def roubles(value: Any) -> str:
    """A sum without kopecks; a dash for none."""
    return money(None if value in (None, "") else round(Decimal(str(value))))


def count(value: Any) -> str:
    """A whole number in groups of three; a dash for none."""
    return NONE if value is None else _written(f"{int(value):,}")


def number(value: Any, places: int = 1) -> str:
    """A figure with so many decimals; a dash for none."""
    # Nought is added, because what was rounded to it would keep its minus.
    return NONE if value is None else _written(f"{round(Decimal(value), places) + 0:,.{places}f}")


def shortest(value: Any) -> str:
    """A size or a weight with the decimals that it has: ``17,5``; a dash for none."""
    return NONE if value is None else _written(f"{Decimal(str(value)).normalize():f}")


def percent(value: Any, places: int = 1) -> str:
    """``61,4 %``; a dash for an undefined one."""
    return NONE if value is None else f"{number(value, places)}{NBSP}%"


def points(share: float | None) -> str:
    """A share as percentage points with one decimal: ``4,2``; a dash for none."""
    return NONE if share is None else number(share * 100)


def signed_money(value: Any) -> str:
    """A change without kopecks: ``+12 000 ₽``, ``−3 000 ₽``."""
    amount = round(Decimal(str(value)))
    return f"{'+' if amount > 0 else ''}{money(amount)}"


def signed_percent(value: Any) -> str:
    """A change in whole per cent: ``+12 %``; a dash for none."""
    if value is None:
        return NONE
    amount = round(Decimal(str(value)))
    return f"{'+' if amount > 0 else ''}{percent(amount, 0)}"


def typed(value: Any, *, thousands: bool = False) -> Any:
    """A kept number as people type it, whatever they speak: ``71 000``, ``17,5``; anything else as it is."""
    if not isinstance(value, Decimal):
        return value
    kopecks = thousands and value != value.to_integral_value()
    whole, _point, rest = (f"{value:,.2f}" if kopecks else f"{value.normalize():,f}").partition(".")
    whole = whole.replace(",", NBSP if thousands else "")
    return f"{whole},{rest}" if rest else whole


@lru_cache(maxsize=64)  # a day's messages are written by the thousand, and all speak of a few days
def day_in_words(value: date, language: str) -> str:
    """``23 ноября``, ``23 November``: as it stands in a sentence of a language."""
    with translation.override(language):
        return formats.date_format(value, "j E")


def day(value: date | None) -> str:
    """``23 ноября``, with the year unless it is this one, unbroken; a dash for none."""
    if not value:
        return NONE
    pattern = "j E" if value.year == timezone.localdate().year else "j E Y"
    return formats.date_format(value, pattern).replace(" ", NBSP)


def short_day(value: date | None) -> str:
    """``23.11.2026``, as lists and fields have it; empty for none."""
    return f"{value:%d.%m.%Y}" if value else ""


def month(value: date) -> str:
    """``Ноябрь 2026``."""
    return formats.date_format(value, "F Y").capitalize()


class NotMoneyError(ValueError):
    """What was written is no sum of zero or more."""


def read_money(text: str) -> Decimal:
    """``115 900,00 руб.`` → 115900.00. Raises NotMoneyError.

    With both signs the last is the decimal one; a sign before exactly three digits parts thousands.
    """
    plain = MONEY_NOISE.sub("", text)
    signs = [sign for sign in plain if sign in ".,"]
    if len(set(signs)) == 2:
        plain = plain.replace("," if signs[-1] == "." else ".", "")
    elif len(signs) > 1 or re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        plain = plain.replace(".", "").replace(",", "")
    try:
        value = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        raise NotMoneyError(text) from None
    if not value.is_finite() or not 0 <= value < TOO_MUCH:
        raise NotMoneyError(text)
    return value.quantize(Decimal("0.01"))


def read_size(text: str) -> Decimal | None:
    """A ring size in mm of inner diameter, or None where there is none."""
    found = re.search(r"\d{1,2}(?:[.,]\d{1,2})?", text)
    return Decimal(found.group().replace(",", ".")) if found else None
