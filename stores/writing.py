"""Sums and sizes as people write them."""

import re
from decimal import Decimal

MONEY_NOISE = re.compile(r"[\s'’=]|руб\w*\.?|₽|р\.?$|rub\w*\.?", re.IGNORECASE)


def size(text: str) -> Decimal | None:
    """A ring size in mm of inner diameter, or None where there is none."""
    found = re.search(r"\d{1,2}(?:[.,]\d{1,2})?", text)
    return Decimal(found.group().replace(",", ".")) if found else None
