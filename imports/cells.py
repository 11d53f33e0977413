"""Text in a cell: kept from being taken for a formula on its way out, and as it was on its way back. Public."""

import re

# What was escaped once and is text of its own is escaped again, so that the way back knows how much was added.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # characters that XML, and so a workbook, cannot hold
LONGEST_NUMBER = 9  # digits


def escape(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula, and a workbook from refusing it."""
    text = UNWRITABLE.sub("", cell)
    return f"'{text}" if FORMULA.match(text) else text


def unescape(cell: str) -> str:
    """A cell as it was before ``escape``: nothing is taken away but the one sign that it put before."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def own_number(text: str) -> int | None:
    """A number of Carat's own, as a spreadsheet may have left it."""
    digits = text.removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER else None
