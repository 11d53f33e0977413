"""One row of a purchases' or services' list, understood."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clients.writing import dates, phones
from clients.writing.names import BadNameError, PersonName, person_key
from clients.writing.person import code_key, person_name
from imports.specs import BadRowError
from stores import writing

WHO_COLUMNS = ("code", "last_name", "first_name", "middle_name", "full_name", "name_first", "birth_date", "phone")


NOBODY = re.compile(r"розничн|частное лицо|физ\w*\.? ?лицо|аноним|без карты|retail|walk-?in", re.IGNORECASE)


NO_NAME = PersonName()


@dataclass(frozen=True)
class Who:
    """How a row names its client; every part may be empty. ``said`` is whatever stands there, understood or not."""

    code: str
    phone: str
    person_key: str
    name: PersonName = NO_NAME
    said: str = ""

    def __bool__(self) -> bool:
        return bool(self.said)


def who(values: Mapping[str, str], today: date) -> Who:
    """The client that a row refers to: the list's own code, a phone, or name and birth date."""
    said = " ".join(filter(None, (values.get(column, "") for column in WHO_COLUMNS)))
    if NOBODY.search(said):
        return Who("", "", "")
    found = phones.find_all(values.get("phone", ""))
    born = dates.parse(values.get("birth_date", ""), today, of_birth=True)
    try:
        name = person_name(values)
    except BadNameError:
        name = PersonName()
    return Who(code_key(values.get("code", "")), found[0] if found else "", person_key(name, born), name, said)


def day(values: Mapping[str, str], column: str, today: date) -> date:
    """A past or present day. Raises BadRowError."""
    read = dates.parse(values.get(column, ""), today)
    if read is None or read > today or read.year < 1990:
        raise BadRowError("date")
    return read


def return_day(values: Mapping[str, str], sold_on: date, today: date) -> date | None:
    """The day of return, or None where there is none or none that can be: the sale is not lost for it."""
    read = dates.parse(values.get("returned_on", ""), today)
    return read if read and sold_on <= read <= today else None


def money(text: str) -> Decimal:
    """A sum of zero or more. Raises BadRowError."""
    try:
        return writing.read_money(text)
    except writing.NotMoneyError:
        raise BadRowError("price") from None


def discount(text: str) -> Decimal:
    """A discount in roubles; one in percent or unreadable is left out rather than losing the sale."""
    try:
        return money(text) if text else Decimal(0)
    except BadRowError:
        return Decimal(0)


def line_key(*parts: object) -> str:
    """A short stable key of what a row stands for."""
    said = "|".join("" if part is None else str(part).strip().lower() for part in parts)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
