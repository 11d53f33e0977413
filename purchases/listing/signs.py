"""Signs that a row of a list is a return, or that a sale was returned: a minus in any writing, words, flags, days."""

import re
from datetime import date
from typing import NamedTuple

from clients.writing import dates
from imports.specs import filled
from imports.vocabulary import KNOWN

MINUS = "-‐‑‒–—−﹣－"
_CURRENCY = r"(?:₽|руб\w*\.?|р\.?|rub\w*\.?)"
# «1500,-» and «500.–» are prices.
_A_PRICE = re.compile(rf"^[^{MINUS}(]*\d\s*[.,]\s*[{MINUS}]+\s*{_CURRENCY}?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"^({_CURRENCY})?\s*[{MINUS}]?\s*\(([^()]*\d[^()]*)\)\s*{_CURRENCY}?$", re.IGNORECASE)
_BEFORE = re.compile(rf"^(?:{_CURRENCY}\s*)?(?:[{MINUS}]+|минус\b|minus\b)\s*(?=[\d.,(₽р])", re.IGNORECASE)
_BEHIND = re.compile(rf"(?<=[\d.₽а-яa-z])\s*[{MINUS}]+\s*{_CURRENCY}?$", re.IGNORECASE)

_WORD = (
    r"(?<!\w)(?:возвра[тщ](?!\w*ся\b)\w*|сторн\w*|вернул(?!с)\w*|вернут\w*|аннулир\w*|отмен[аеё]н?\w*|return(?:s|ed)?\b|refund(?:s|ed)?\b"
    r"|storno\w*|reversal\b|void(?:ed)?\b|chargeback\w*|cancell?(?:ed|ation)\b)"
)
BACK = re.compile(_WORD, re.IGNORECASE)
_DENIED = re.compile(
    rf"(?<!\w)(?:не|без|нет|ни|кроме|no|not|non|never|without)(?!\w)[\s-]+(?:\w+\s+){{0,2}}?{_WORD}"
    rf"|{_WORD}\s*[:=—–-]?\s*(?:нет|не\b|невозмож\w*|запрещ\w*|no\b|not\b|false|0\b)",
    re.IGNORECASE,
)
_SALE = re.compile(
    r"(?<!\w)(?:приход\w*|продаж\w*|продан\w*|реализ\w*|покупк\w*|куплен\w*|чек\w*|розни\w*|оплат\w*|оплачен\w*|отгруз\w*|накладн\w*"
    r"|sales?\b|sold\b|purchase\w*|receipt\w*|order\w*|paid\b|payment\w*|invoice\w*)",
    re.IGNORECASE,
)
_YES = frozenset(["да", "д", "yes", "y", "true", "истина", "+", "1", "x", "х", "v", "✓", "✔", "☑", "*", "полный", "full"])
_NO = frozenset(
    ["нет", "н", "no", "n", "false", "ложь", "0", "не", "paid", "pending", "authorized", "оплачен", "продажа", "приход"]
)
_NOUGHT = re.compile(rf"0+(?:[.,]0+)?\s*{_CURRENCY}?", re.IGNORECASE)
_A_DAY = re.compile(
    r"(?<![\d.])(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}\s+[^\W\d_]{3,9}\.?\s+\d{4})(?![\d.]\d)"
)


class Parted(NamedTuple):
    """A figure without its sign; ``back`` where it had a minus or brackets."""

    back: bool
    figure: str


def parted(text: str) -> Parted:
    """``−500``, ``500-``, ``(500)``, ``- 500 ₽`` → 500 that went back; ``1500,-`` is a price."""
    bare = " ".join(text.split()).lstrip("'")
    if found := _IN_BRACKETS.match(bare):
        return Parted(True, _BEFORE.sub("", found[2]).strip())
    if _BEFORE.match(bare):
        return Parted(True, _BEFORE.sub("", bare).strip())
    if not _A_PRICE.match(bare) and _BEHIND.search(bare):
        return Parted(True, _BEHIND.sub("", bare).strip())
    return Parted(False, bare)


def says_back(text: str) -> bool:
    """Whether words call something a return: «Возврат прихода», «refund»; not where they deny it."""
    return bool(BACK.search(text)) and not _DENIED.search(text)


SALE, GIVEN_BACK, NEITHER = "sale", "back", "neither"


def operation(text: str) -> str:
    """What a column of operations says: ``sale``, ``back``, ``neither`` where a person said so, or nothing that is known."""
    if text in (SALE, GIVEN_BACK, NEITHER):
        return text
    if says_back(text):
        return GIVEN_BACK
    return SALE if _SALE.search(text) and not _denies_sale(text) else ""


def _denies_sale(text: str) -> bool:
    return re.match(r"\s*(?:не|not|no)\b", text, re.IGNORECASE) is not None


class Returned(NamedTuple):
    """What a cell says of a return: ``said`` is yes, no, or unclear; ``day`` where one stands there."""

    said: str
    day: date | None = None


YES, NO, UNCLEAR = "yes", "no", "unclear"


def returned(text: str, today: date) -> Returned:
    """A column of returns understood. A sum in it is no answer, nor is what nobody knows."""
    said = filled(text).lower().strip(" .!")
    if not said or said in _NO or _NOUGHT.fullmatch(said) or _DENIED.search(said):
        return Returned(NO)
    if said in _YES or (BACK.search(said) and not re.search(r"\d|част|partial", said)):
        return Returned(YES)
    if (found := _A_DAY.search(text)) and (day := dates.parse(found.group(), today)):
        return Returned(YES, day)
    return Returned(UNCLEAR)


def read_return(text: str) -> str:
    """What the words of a column of returns mean: yes, no, or "" where nobody knows. A day, and a sum, are no words."""
    if any(letter.isdigit() for letter in text):
        return KNOWN
    said = returned(text, date.max).said
    return "" if said == UNCLEAR else said
