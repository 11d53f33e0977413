"""One row of a purchases' or services' list, understood."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from clients.writing import beside_names, dates, moments, phones
from clients.writing.names import BadNameError, PersonName, person_key
from clients.writing.person import ROUNDED, code_key, person_name
from imports.cells import TOTAL, is_foot, is_total, own_number
from imports.day_order import REASON, UNCLEAR
from imports.specs import BadRowError
from imports.vocabulary import unknown
from purchases.listing import signs
from purchases.listing.sums import UnclearRowError, money

__all__ = ["UnclearRowError", "money"]

WHO_COLUMNS = ("code", "last_name", "first_name", "middle_name", "full_name", "name_first", "birth_date", "phone")


NOBODY = re.compile(r"розничн|частное лицо|физ\w*\.? ?лицо|аноним|без карты|retail|walk-?in", re.IGNORECASE)


NO_NAME = PersonName()


@dataclass(frozen=True)
class Who:
    """How a row names its client; every part may be empty. ``said`` is whatever stands there, understood or not;
    ``own`` the number of the card, where the row came out of Carat."""

    code: str
    phone: str
    person_key: str
    name: PersonName = NO_NAME
    said: str = ""
    own: int | None = None

    def __bool__(self) -> bool:
        return bool(self.said)


def who(values: Mapping[str, str], today: date) -> Who:
    """The client that a row refers to: the list's own code, a phone, or name and birth date."""
    said = " ".join(filter(None, (values.get(column, "") for column in WHO_COLUMNS)))
    found = phones.find_all(values.get("phone", ""))
    if NOBODY.search(said):  # whoever left a phone is somebody
        return Who("", found[0], "", said=found[0]) if found else Who("", "", "")
    values = beside_names.parted(values)
    found = phones.find_all(values.get("phone", ""))
    born = dates.parse(values.get("birth_date", ""), today, of_birth=True)
    try:
        name = person_name(values)
    except BadNameError:
        name = PersonName()
    return Who(
        code_key(values.get("code", "")),
        found[0] if found else "",
        person_key(name, born),
        name,
        said,
        own_number(values.get("own", "")),
    )


def day(values: Mapping[str, str], column: str, today: date, zone: tzinfo | None = None) -> date:
    """A past or present day, in ``zone`` where the moment names its own. Raises BadRowError, and UnclearRowError where the
    whole column does not tell day from month."""
    said = values.get(column, "")
    if said.startswith(UNCLEAR):
        raise UnclearRowError(REASON)
    read = (moments.local_day(said, zone) if zone else None) or dates.parse(said, today)
    if read is None or read > today or read.year < 1990:
        raise BadRowError("date")
    return read


def number(values: Mapping[str, str], column: str) -> str:
    """The number of a receipt or a ticket as it is written. Raises UnclearRowError for one of which a spreadsheet kept the first
    digits alone."""
    said = values.get(column, "").strip()
    if ROUNDED.match("".join(said.split()).upper()):
        raise UnclearRowError("rounded")
    return said


RETURNS = ("returned_on", "returned")
# Columns in which words may call the row a return; ``besides`` are those that nobody mapped.
WORDS = ("receipt", "kind", "article", "besides", "quantity", "paid", "price", "discount")


def return_day(values: Mapping[str, str], sold_on: date, today: date) -> date | None:
    """The day of the return that a row's own columns mark, the day of the sale where none is given.

    Raises UnclearRowError for a mark that is no answer, and for a day before the sale or still to come.
    """
    if any(values.get(name, "").startswith(UNCLEAR) for name in RETURNS):
        raise UnclearRowError(REASON)
    marks = [signs.returned(values[name], today) for name in RETURNS if values.get(name)]
    on_a_day = any(mark.said == signs.YES and mark.day for mark in marks)
    if any(mark.said == signs.UNCLEAR for mark in marks) and not on_a_day:
        asked = next((values[name] for name in RETURNS if not signs.read_return(values.get(name, ""))), "")
        raise UnclearRowError(unknown("return", asked))
    if not any(mark.said == signs.YES for mark in marks):
        return None
    found = next((mark.day for mark in marks if mark.day), sold_on)
    if not sold_on <= found <= today:
        raise UnclearRowError("return")
    return found


def is_back(values: Mapping[str, str]) -> bool:
    """Whether words call the whole row a return. Raises UnclearRowError for an operation that nobody knows, BadRowError for
    one of which a person said that it is neither a sale nor a return."""
    said = values.get("operation", "")
    known = signs.operation(said) if said else ""
    if said and not known:
        raise UnclearRowError(unknown("operation", said))
    if known == signs.NEITHER:
        raise BadRowError(signs.NEITHER)
    return signs.GIVEN_BACK in (known, state(values)) or any(signs.says_back(values[name]) for name in WORDS if values.get(name))


def state(values: Mapping[str, str]) -> str:
    """What the column of states says of the row's receipt, "" where nothing stands there. Raises UnclearRowError for a state that
    nobody knows, BadRowError for one of which a person said that it is neither a sale nor a return."""
    said = values.get("state", "")
    known = signs.state(said) if said else ""
    if said and not known:
        raise UnclearRowError(unknown("state", said))
    if known == signs.NEITHER:
        raise BadRowError(signs.NEITHER)
    return known


def is_row(cells: Sequence[str], values: Mapping[str, str]) -> bool:
    """Whether a row is one: not where nothing stands in it, nor where it only adds up others."""
    days = [values.get("sold_on", ""), values.get("accepted_on", "")]
    return (
        any(cell.strip() for cell in cells)
        and not is_foot(cells)
        and not (is_total(cells) and not any(day and not TOTAL.match(day) for day in days))
    )


def line_key(*parts: object) -> str:
    """A short stable key of what a row stands for."""
    said = "|".join("" if part is None else str(part).strip().lower() for part in parts)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
