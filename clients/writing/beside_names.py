"""What people write into the cell of a name besides the name: a number before it, a phone, a day of birth."""

import re
from collections.abc import Mapping

from clients.writing import phones

COLUMNS = ("full_name", "last_name", "name_first")
A_DIGIT = re.compile(r"\d")
# «1. Котова Вера», «№ 12 Котова Вера»: which one of the list it is.
NUMBERED = re.compile(r"^\s*(?:№\s*)?\d{1,6}\s*[.):]?\s+(?=[^\W\d_])")
A_DAY = re.compile(
    r"[,;]?\s*(?:д\.?\s*р\.?|род\w*\.?|г\.?\s*р\.?)?\s*\b(\d{1,2}[./-]\d{1,2}[./-]\d{4})\b\s*(?:г\.?\s*р\.?|г\.)?", re.IGNORECASE
)
A_PHONE = re.compile(r"[,;]?\s*(?:(?:тел|моб|сот|т)[^\W\d_]*[.:]?\s*)?(\+?\d[\d\s().\-–‑]{8,}\d)", re.IGNORECASE)


def parted(values: Mapping[str, str]) -> Mapping[str, str]:
    """The values of a row with what stands beside its name put where it belongs, if nothing stands there.

    Where digits are left that nobody understands, everything stays as it is. Without a digit it is the same mapping.
    """
    column = next((name for name in COLUMNS if (cell := values.get(name)) and A_DIGIT.search(cell)), "")
    if not column:
        return values
    cell, said = NUMBERED.sub("", values[column]), dict[str, str]()
    if found := A_DAY.search(cell):
        said["birth_date"] = found[1]
        cell = f"{cell[: found.start()]} {cell[found.end() :]}"
    if (found := A_PHONE.search(cell)) and phones.find_all(found[1]):
        said["phone"] = found[1]
        cell = f"{cell[: found.start()]} {cell[found.end() :]}"
    if A_DIGIT.search(cell):
        return values
    beside = {name: text for name, text in said.items() if not values.get(name)}
    if "phone" in said and "phone" not in beside and not values.get("phone8"):
        beside["phone8"] = said["phone"]
    return {**values, **beside, column: " ".join(cell.split()).strip(" ,;")}
