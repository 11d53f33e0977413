"""Money, sizes, numbers and days as people write them: on pages, in messages and on paper alike; and read back. Public.

What is written follows the language that is spoken now; for somebody who speaks another one, ``translation.override``
stands around the call.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import pi
from typing import Any

from django.utils import formats, timezone, translation

from stores import rules

NBSP = "\xa0"
NONE = "—"
# What a figure of Python's becomes: groups of three apart, a true minus, and in Russian a decimal comma.
_SIGNS = {",": NBSP, "-": "−"}
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


def short_money(value: Any) -> str:
    """A round sum for an axis: ``500 ₽``, ``40 тыс. ₽``, ``1,5 млн ₽``."""
    amount = Decimal(str(value))
    if abs(amount) >= 1_000_000:
        said = translation.gettext("%(n)s million") % {"n": shortest(round(amount / 1_000_000, 2))}
    elif abs(amount) >= 1_000:
        said = translation.gettext("%(n)s thousand") % {"n": shortest(round(amount / 1_000, 1))}
    else:
        said = count(amount)
    return f"{said}{NBSP}₽".replace(" ", NBSP)


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


def signed(value: Any) -> str:
    """A change of a whole number: ``+12``, ``−3``; a dash for none."""
    return NONE if value is None else f"{'+' if value > 0 else ''}{count(value)}"


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


# Money of other countries: how it is written beside a sum.
FOREIGN = (
    r"(?:(?:us|ca|au|hk|nz|sg|r)?\$|[€£¥₸₴₺₹₾₼₩₪₫฿]|\b(?:usd|eur|gbp|kzt|byn|uah|cny|jpy|amd|azn|gel|kgs|uzs|try|aed|inr|chf|pln|cad|aud"
    r"|dollars?|euros?|долл\w*|евро|тенге|тг|грн|юан\w*)\b\.?)"
)
_CURRENCY = r"(?:₽|руб\w*\.?|р\.|rub\w*\.?|rur\.?)"
_AROUND_MONEY = re.compile(rf"^(?:{_CURRENCY}|=)\s*|\s*(?:{_CURRENCY}|р|=)+\s*$", re.IGNORECASE)
# «1500 руб. 50 коп.», «1500 р. 00 к.», and «1500-50» as it stands on old price tags.
_WITH_KOPECKS = re.compile(r"(?:\s*р(?:уб\w*)?\.?\s*(\d{1,2})\s*к(?:оп\w*)?\.?|(?<=\d{3})-(\d\d))$", re.IGNORECASE)
# What somebody adds in brackets, «(со скидкой)»; figures in brackets are more than a word.
_WORDS_BEHIND = re.compile(r"(?<=\S)\s*\([^()\d]*\)$")
_THOUSANDS = re.compile(r"(\d{1,5}(?:[.,]\d{1,2})?)\s*(?:тыс\w*\.?|т(?=[\s.]*р|\.?$)\.?|k)\s*(?:р(?:уб\w*)?\.?)?", re.IGNORECASE)
# As spreadsheets show a figure that is wider than its column: 1,5E+05.
_POWER = re.compile(r"(\d(?:[.,]\d{1,10})?)[eе]\+(\d{1,2})", re.IGNORECASE)
# «1500,-» and «500.–» are prices; so is a sum after which a sentence ends.
_NO_KOPECKS = re.compile(r"(?<=\d)\s*[.,]+\s*[-‐‑‒–—−﹣－]*$")
_APOSTROPHES = re.compile(r"(?<=\d)['’ʼ`´](?=\d)")
_PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:[.,]\d{1,2})?")
# Groups have three digits and one sign between them; kopecks follow another sign, or are two.
_IN_GROUPS = re.compile(r"[1-9]\d{0,2}(?:([ .,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2}|(?! )\1\d{2})?")
# What a spreadsheet makes of a sum that it counted itself: 115900.00000000001.
_COUNTED = re.compile(r"\d+[.,]\d{9,}")


_FOREIGN = re.compile(FOREIGN, re.IGNORECASE)


def foreign_money(text: str) -> str:
    """The sign of another country's money that stands beside a sum, "" for the chain's own."""
    found = None if text.isdecimal() else _FOREIGN.search(text)
    return found.group().strip(". ").upper() if found else ""


def without_foreign_money(text: str) -> str:
    """A sum without that sign, for those who were told what it means."""
    return text if text.isdecimal() else _FOREIGN.sub("", text)


class NotMoneyError(ValueError):
    """What was written is no sum of zero or more."""


def read_money(text: str) -> Decimal:
    """``115 900,00 руб.`` → 115900.00. Raises NotMoneyError.

    Neither a date nor a phone nor a code is a sum, and nothing above the chain's ``price_bound`` is.
    """
    value = Decimal(text.replace(",", ".")) if _PLAIN.fullmatch(text) else _figure_of(text)
    if value is None or value > rules.current().price_bound:
        raise NotMoneyError(text)
    return value.quantize(Decimal("0.01"))


def _figure_of(text: str) -> Decimal | None:
    """The figure of a sum in a less usual writing; None for what is no sum."""
    plain = _WORDS_BEHIND.sub("", " ".join(text.split()).strip("' "))
    if found := _THOUSANDS.fullmatch(plain):
        return Decimal(found[1].replace(",", ".")) * 1_000
    plain = _WITH_KOPECKS.sub(lambda kopecks: f",{kopecks[1] or kopecks[2]}", plain)
    plain = _APOSTROPHES.sub(" ", _NO_KOPECKS.sub("", _AROUND_MONEY.sub("", plain)))
    if _IN_GROUPS.fullmatch(plain):
        return Decimal(_without_groups(plain))
    if _PLAIN.fullmatch(plain) or _COUNTED.fullmatch(plain):
        return Decimal(plain.replace(",", "."))
    power = _POWER.fullmatch(plain)
    return Decimal(power[1].replace(",", ".")).scaleb(int(power[2])) if power else None


def _without_groups(figure: str) -> str:
    """``115.900,00`` → ``115900.00``: behind the last sign stand kopecks, unless three digits do."""
    *groups, last = re.split(r"[ .,]", figure)
    return "".join([*groups, last]) if len(last) == 3 else f"{''.join(groups)}.{last}"


SMALLEST_RING, LARGEST_RING = Decimal(10), Decimal(30)
EUROPEAN_RINGS = range(38, 80)
AMERICAN_RINGS = (Decimal(0), Decimal(20))
_SIZE = re.compile(
    r"(?:(?:р|р-р|разм|размер|size|№|#|ø|d|ф|диам|диаметр|diameter)\.?\s*[=:]?\s*)?(?P<before>eu|us)?\s*(?P<whole>\d{1,2})(?:[.,](?P<part>\d{1,2})|\s*(?P<share>[½¼¾])"
    r"|\s+(?P<over>[13])/(?P<under>[24]))?\s*(?P<after>eu|us|мм|mm)?\.?\s*(?:р|разм|размер)?\.?",
    re.IGNORECASE,
)
# «55 (EU)», «17,5 (EU 55)»: what stands in brackets is the scale, or the same size in another one.
_IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]*)\)")
_SHARES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def read_size(text: str) -> Decimal | None:
    """A ring size in mm of inner diameter, or None where there is none.

    ``17,5``, ``17 1/2``, ``17½``, ``№17.5 мм`` are millimetres; ``EU 54``, ``54`` (a length in mm) and ``US 7`` become
    the nearest quarter.
    """
    plain = " ".join(text.split())
    if beside := _IN_BRACKETS.fullmatch(plain):
        return _told_twice(beside[1], beside[2])
    found = _SIZE.fullmatch(plain)
    if found is None:
        return None
    size, scale = _figure(found), {(found["before"] or "").lower(), (found["after"] or "").lower()} - {""}
    if scale == {"us"}:
        within = AMERICAN_RINGS[0] <= size <= AMERICAN_RINGS[1]
        return to_quarter(size * Decimal("0.8128") + Decimal("11.63")) if within else None
    if scale == {"eu"} or (not scale and int(size) in EUROPEAN_RINGS):
        return to_quarter(size / Decimal(pi)) if int(size) in EUROPEAN_RINGS else None
    return size if len(scale) < 2 and SMALLEST_RING <= size <= LARGEST_RING else None


def _told_twice(first: str, other: str) -> Decimal | None:
    """The size of ``55 (EU)`` or ``17,5 (EU 55)``; None where the two say different sizes."""
    if not any(sign.isdigit() for sign in other):
        return read_size(f"{first} {other}")
    size, same = read_size(first), read_size(other)
    return size if size and same and abs(size - same) <= Decimal("0.25") else None


def _figure(found: re.Match[str]) -> Decimal:
    if found["share"]:
        return int(found["whole"]) + _SHARES[found["share"]]
    if found["over"]:
        return int(found["whole"]) + Decimal(found["over"]) / int(found["under"])
    return Decimal(f"{found['whole']}.{found['part'] or 0}")


def to_quarter(size: Decimal) -> Decimal:
    """A size in the steps in which rings are made."""
    return (size * 4).quantize(Decimal(1), ROUND_HALF_UP) / 4
