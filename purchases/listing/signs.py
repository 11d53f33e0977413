"""Signs that a row of a list is a return, or that a sale was returned: a minus in any writing, words, flags, days."""

import re
from datetime import date
from typing import NamedTuple

from clients.writing import dates
from imports.specs import filled
from imports.vocabulary import KNOWN
from stores.texts import writing

MINUS = "-‐‑‒–—−﹣－"
_CURRENCY = rf"(?:₽|руб\w*\.?|р\.?|rub\w*\.?|{writing.FOREIGN})"
# «1500,-» and «500.–» are prices.
_A_PRICE = re.compile(rf"^[^{MINUS}(]*\d\s*[.,]\s*[{MINUS}]+\s*{_CURRENCY}?$", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"^({_CURRENCY})?\s*[{MINUS}]?\s*\(([^()]*\d[^()]*)\)\s*{_CURRENCY}?$", re.IGNORECASE)
_BEFORE = re.compile(rf"^(?:{_CURRENCY}\s*)?(?:[{MINUS}]+|минус\b|minus\b)\s*(?=[\d.,(₽р]|{writing.FOREIGN})", re.IGNORECASE)
_BEHIND = re.compile(rf"(?<=[\d.₽$€£¥а-яa-z])\s*[{MINUS}]+\s*{_CURRENCY}?$", re.IGNORECASE)

_WORD = (
    r"(?<!\w)(?:возвра[тщ](?!\w*ся\b)\w*|возвр?(?!\w)|сторн\w*|вернул(?!с)\w*|вернут(?!ься)\w*|аннулир\w*|отмен[аеё]н?\w*|return(?:s|ed)?\b|refund(?:s|ed)?\b"
    r"|storno\w*|reversal\b|void(?:ed)?\b|charge ?back\w*|payback\b|cancell?(?:ed|ation)\b)"
)
BACK = re.compile(_WORD, re.IGNORECASE)
_DENIED = re.compile(
    rf"(?<!\w)(?:не|без|нет|ни|кроме|no|not|non|never|without)(?!\w)[\s-]+(?:\w+\s+){{0,2}}?{_WORD}"
    rf"|{_WORD}\s*[:=—–-]?\s*(?:нет|не\b|невозмож\w*|запрещ\w*|отказан\w*|no\b|not\b|false|0\b)",
    re.IGNORECASE,
)
_SALE = re.compile(
    r"(?<!\w)(?:приход\w*|продаж\w*|продан\w*|реализ\w*|покупк\w*|куплен\w*|чек\w*|розни\w*|оплат\w*|оплачен\w*|отгруз\w*|накладн\w*"
    r"|sales?\b|sell\b|sold\b|purchase\w*|receipt\w*|order\w*|paid\b|payment\w*|invoice\w*)",
    re.IGNORECASE,
)
# Sales backwards, put right, changed for something else, on approval, money that buys nothing: a person says what they are.
_UNSURE = re.compile(
    r"(?<!\w)(?:обратн\w*|корр\w*|обмен\w*|замен\w*|част\w*|ожида\w*|ждет|ждёт|провер\w*|черновик\w*|пробн\w*|тест\w*|к\s+оплат\w*|денег|деньг\w*|денежн\w*"
    r"|reverse\w*|correct\w*|exchange\w*|swap\w*|partial\w*|pending|await\w*|draft\w*|test|hold|to be)(?!\w)",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"(?<!\w)(?:аннулир\w*|отмен[аеё]н?\w*|удал[её]н\w*|сторнир\w*|сторно|void(?:ed)?|cancell?(?:ed|ation)|deleted)(?!\w)",
    re.IGNORECASE,
)
_DONE = re.compile(
    rf"{_SALE.pattern}|(?<!\w)(?:закрыт\w*|заверш[её]н\w*|выполнен\w*|исполнен\w*|пробит\w*|провед[её]н\w*|доставлен\w*|выдан\w*|получен\w*"
    r"|успе(?:х|шн)\w*|действ\w*|completed?|closed|done|delivered|shipped|fulfilled|success\w*|settled|captured|active|approved"
    r"|finished|posted|ok)(?!\w)",
    re.IGNORECASE,
)
_YES = frozenset(["да", "д", "yes", "y", "true", "истина", "+", "1", "x", "х", "v", "✓", "✔", "☑", "*", "полный", "full"])
_NO = frozenset(
    ["нет", "н", "no", "n", "false", "ложь", "0", "не", "paid", "pending", "authorized", "оплачен", "продажа", "приход"]
)
_STANDS = frozenset(["active", "valid", "completed", "действует", "действителен", "активен", "проведен", "проведён"])
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


SALE, GIVEN_BACK, NEITHER, VOID = "sale", "back", "neither", "void"


def operation(text: str) -> str:
    """What a column of operations says: ``sale``, ``back``, ``neither`` where a person said so, or nothing that is known."""
    if text in (SALE, GIVEN_BACK, NEITHER):
        return text
    said = text.replace("_", " ")
    if says_back(said):
        return GIVEN_BACK
    return SALE if _SALE.search(said) and not _denies_sale(said) and not _UNSURE.search(said) else ""


_OPERATION = re.compile(
    r"(?:продаж\w*|реализаци\w*|розничн\w+ продаж\w*|возврат\w*(?: \w+){0,3}|обмен|предоплата|аванс|зал[оё]г|скупка|выкуп"
    r"|списание|перемещение|оприходование|инвентаризаци\w+|приход\w*|расход\w*|внесение(?: \w+)?|изъятие(?: \w+)?"
    r"|выплата|коррекци\w+"
    r"|чек(?: \w+)?|sales?|refund|return|exchange|deposit|payout|write-?off|correction)",
    re.IGNORECASE,
)


def operation_alone(text: str) -> str:
    """A cell of another column that says what was done, and nothing of a piece; else nothing."""
    said = " ".join(text.split()).strip(" .!")
    return said if _OPERATION.fullmatch(said) else ""


def state(text: str) -> str:
    """What a column of states says of its receipt: ``sale``, ``back``, ``void``, or nothing that is known.

    What was cancelled never was a sale, whatever else was sold of that article; what came back in parts is asked.
    """
    if text in (SALE, GIVEN_BACK, VOID, NEITHER):
        return text
    said = re.sub(r"[_-]+", " ", text.lower()).removeprefix("wc ").strip(" .!")
    if _DENIED.search(said):
        return ""
    if _VOID.search(said):
        return VOID
    if said in _YES:
        return SALE
    if says_back(said):
        return "" if re.search(r"част|partial", said) else GIVEN_BACK
    return SALE if _DONE.search(said) and not _denies_sale(said) and not _UNSURE.search(said) else ""


def _denies_sale(text: str) -> bool:
    return re.search(r"(?<!\w)(?:не|нет|без|ни|not|no|non|un(?=paid|fulfilled))(?:\b|(?<=un))", text, re.IGNORECASE) is not None


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


def is_void(text: str) -> bool:
    """Whether a column of void receipts says that this one is: by a word, or by why."""
    said = filled(text).lower().strip(" .!")
    return bool(said) and said not in _NO and said not in _STANDS and not _NOUGHT.fullmatch(said) and not _DENIED.search(said)
