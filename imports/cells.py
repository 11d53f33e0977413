"""Text in a cell: kept from being taken for a formula on its way out, and as it was on its way back. Public."""

import re
from collections.abc import Mapping, Sequence

# What was escaped once and is text of its own is escaped again, so that the way back knows how much was added.
# A spreadsheet looks past blanks and marks that nobody sees, and some take the wide signs of the East for their own.
FORMULA = re.compile(r"'*(?:[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r])")
# Characters that XML, and so a workbook, cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_NUMBER = 9  # digits
# What begins a cell that a merged one above covers (readers of tables write it): no cell of a list can begin so.
MERGED = "\x1f"
# How a row begins that only adds up others.
TOTAL = re.compile(r"\s*(?:итог(?:о|и|ов\w\w)?|всего|сумма|total|sub-?total|grand total)\b", re.IGNORECASE)


# What stands at the foot of every page of a report.
PAGE = re.compile(r"\s*(?:страница|стр\.?|лист|page)\s*№?\s*\d+(\s*(?:из|of|/)\s*\d+)?\s*", re.IGNORECASE)


def escape(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula, and a workbook from refusing it: it is cleaned, then looked at."""
    text = UNWRITABLE.sub("", cell)
    return f"'{text}" if FORMULA.match(text) else text


def unescape(cell: str) -> str:
    """A cell as it was before ``escape``: nothing is taken away but the one sign that it put before."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def own_number(text: str) -> int | None:
    """A number of Carat's own, as a spreadsheet may have left it."""
    digits = text.removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else None


def is_total(cells: Sequence[str]) -> bool:
    """Whether the first thing that a row says is that it adds up others."""
    for cell in cells:  # asked of every row of every list
        if cell and not cell.isspace():
            return TOTAL.match(cell) is not None
    return False


def is_foot(cells: Sequence[str]) -> bool:
    """Whether a row is the foot of a page of a report, and nothing of the list."""
    said = [cell for cell in cells if cell and not cell.isspace()]
    found = PAGE.fullmatch(said[0]) if said else None
    return found is not None and (len(said) == 1 or found[1] is not None)


def is_no_total(cells: Sequence[str], values: Mapping[str, str]) -> bool:
    """Whether a row is one: not where nothing stands in it, nor where it only adds up others."""
    return any(cell.strip() for cell in cells) and not is_total(cells) and not is_foot(cells)
