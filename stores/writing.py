"""Sums and sizes as people write them. Public."""

import re
from decimal import Decimal, InvalidOperation

MONEY_NOISE = re.compile(r"[\s'’=]|руб\w*\.?|₽|р\.?$|rub\w*\.?", re.IGNORECASE)
TOO_MUCH = Decimal(10) ** 10


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
