"""One row of a clients' list, understood: facts where they can be told, the text as written where not."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import get_default_timezone

from clients.writing import addresses, beside_names, dates, emails, full_names, moments, names, phones
from clients.writing.full_names import split_full_name
from clients.writing.names import BadNameError, PersonName, person_key
from imports.cells import own_number
from imports.day_order import UNCLEAR

# Columns of a list beside the first phone and the first e-mail.
PHONES = ("phone2", "phone3", "phone4", "phone5", "phone6", "phone7", "phone8")
EMAILS = ("email2", "email3", "email4")
LOOKALIKES = str.maketrans(names.LOOKALIKES)


@dataclass
class Person:
    """What a row says about somebody. ``as_written`` keeps by field what could not be understood.

    ``birthday`` is month × 100 + day where nobody said the year; ``beside`` are further phones and e-mails.
    ``own`` is the number of a card, where the row came out of Carat; ``heard_from`` an answer as it was written.
    """

    name: PersonName
    birth_date: date | None = None
    phone: str | None = None
    email: str | None = None
    code: str = ""
    store: str = ""
    registered_on: date | None = None
    birthday: int | None = None
    beside: list[str] = field(default_factory=list)
    note: str = ""
    as_written: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    key: str = ""
    own: int | None = None
    heard_from: str = ""
    postal_address: str = ""

    @property
    def missing(self) -> list[str]:
        facts = {
            "last_name": self.name.last,
            "first_name": "" if names.is_initial(self.name.first) else self.name.first,
            "birth_date": self.birth_date,
            "phone": self.phone,
            "email": self.email,
        }
        return [name for name in REQUIRED if not facts[name]]


def understand(values: Mapping[str, str], today: date) -> Person:
    """Read the recognised columns of a row. Raises BadNameError if nobody is named in it."""
    values = beside_names.parted(values)
    person = Person(name=person_name(values))
    _read_birth_date(person, values.get("birth_date") or _born_in_parts(values), today)
    _read_phones(person, _cells(phones.with_area(values.get("area_code", ""), values.get("phone", "")), values, PHONES))
    _read_emails(person, _cells(values.get("email", ""), values, EMAILS))
    person.code = code_key(values.get("code", ""))
    person.own = own_number(values.get("own", ""))
    person.store = values.get("store", "")
    _read_registration(person, values.get("registered_on", ""), today)
    person.heard_from = values.get("heard_from", "")
    person.postal_address = addresses.normalise(values.get("postal_address", ""))
    person.note = values.get("note", "")
    person.key = person_key(person.name, person.birth_date)
    if not person.phone and not person.key:
        person.fingerprint = fingerprint(person.name, values)
    return person


def person_name(values: Mapping[str, str]) -> PersonName:
    """The name in a row, from one column or several. Raises BadNameError if there is none.

    What stands in a column of its own is that name and never becomes another; only a whole name fills what they lack.
    A patronymic that is no name is left out rather than losing the person.
    """
    if not (values.get("last_name") or values.get("first_name") or values.get("name_first") or values.get("middle_name")):
        return split_full_name(values.get("full_name", ""))
    last, first = names.check(values.get("last_name", "")), names.check(values.get("first_name", ""))
    try:
        middle = names.check(values.get("middle_name", ""))
    except BadNameError:
        middle = ""
    if last and first:
        name = PersonName(last, first, middle)
        return names.meant(_given_told_apart(name) if not middle and " " in first else name)
    if not (last or first or values.get("name_first")) and values.get("full_name"):
        whole = split_full_name(values["full_name"])
        return whole._replace(middle=whole.middle or middle)
    if not last and values.get("name_first"):
        return split_full_name(values["name_first"], first_name_first=True)
    if last and not first and _is_whole(last, alone="first_name" not in values):
        return split_full_name(" ".join(filter(None, (last, values.get("full_name", ""), middle))))
    if first and not last and "last_name" not in values and not values.get("full_name") and len(first.split()) > 1:
        return split_full_name(" ".join(filter(None, (first, middle))))
    return names.meant(_filled_up(PersonName(last, first, middle), values.get("full_name", "")))


def _is_whole(last: str, *, alone: bool) -> bool:
    """Whether a surname's column holds whole names: it stands ``alone``, or the words say so."""
    words = last.split()
    return len(words) > 1 and (alone or bool(names.PATRONYMIC.search(words[-1])) or names.is_initial(words[-1]))


def _filled_up(name: PersonName, full: str) -> PersonName:
    """What the columns of a name lack, from a column of whole names; «имя отчество» beside a surname is one too."""
    if not full:
        return _given_told_apart(name)
    said = names.check(full)
    if name.last and not name.first:
        rest = _without(said, name.last)
        given = full_names.given_names(rest)
        return PersonName(name.last, given.first, name.middle or given.middle)
    rest = _without(_without(said, name.first), name.middle)
    if rest == said and name.first and names.key(name.first) not in names.key(said):
        return name
    surname = " ".join(word for word in rest.split() if not names.PATRONYMIC.search(word) and not names.is_initial(word))
    return name._replace(last=surname)


def _given_told_apart(name: PersonName) -> PersonName:
    """A first name with a patronymic in the same cell, told apart."""
    given = full_names.given_names(name.first)
    return name._replace(first=given.first, middle=given.middle) if given.middle and not name.middle else name


def _without(text: str, words: str) -> str:
    """A name without the words of another."""
    gone = {names.key(word) for word in words.split()}
    return " ".join(word for word in text.split() if names.key(word) not in gone)


def _read_birth_date(person: Person, text: str, today: date) -> None:
    born = (moments.midnight(text, get_default_timezone()) or dates.parse(text, today, of_birth=True)) if text else None
    if born and not dates.birth_date_problem(born, today):
        person.birth_date = born
    elif text:
        person.as_written["birth_date"] = text.removeprefix(UNCLEAR)[:100]
        person.birthday = dates.without_year(text)


def _born_in_parts(values: Mapping[str, str]) -> str:
    """A birth date whose day, month and year stand in columns of their own; without a year a birthday, alone a year as it is."""
    day, month, year = (values.get(f"birth_{part}", "").removesuffix(".0") for part in ("day", "month", "year"))
    if day and month:
        return f"{day} {month} {year}" if year and not month.isdigit() else ".".join(filter(None, (day, month, year)))
    return year


def _read_registration(person: Person, text: str, today: date) -> None:
    if text and not (day := dates.registration(text, today, person.birth_date)):
        person.as_written["registered_on"] = text.removeprefix(UNCLEAR)[:100]
    elif text:
        person.registered_on = day


def _read_phones(person: Person, cells: Sequence[str]) -> None:
    """The first mobile of all cells is the phone, wherever it stands; the other numbers are beside it."""
    said = dict.fromkeys(phone for cell in cells for phone in phones.find_all(cell))
    found = sorted(said, key=lambda phone: not phones.is_mobile(phone)) if len(said) > 1 else list(said)
    if found:
        person.phone = found[0]
        person.beside += found[1:]
    elif cells:
        person.as_written["phone"] = ", ".join(cells)[:100]


def _read_emails(person: Person, cells: Sequence[str]) -> None:
    found = list(dict.fromkeys(email for cell in cells for email in emails.find_all(cell)))
    if found:
        person.email = found[0]
        person.beside += found[1:]
    elif cells:
        person.as_written["email"] = ", ".join(cells)[:254]


def _cells(first: str, values: Mapping[str, str], columns: Sequence[str]) -> list[str]:
    """What stands in the first of some columns and in the others."""
    further = [cell for column in columns if (cell := values.get(column))]
    return [first, *further] if first else further


# A number of which a spreadsheet kept the first digits: «2,00123E+12» may be a thousand clients.
ROUNDED = re.compile(r"\d(?:[.,]\d+)?[EЕ]\+\d+$")


def code_key(text: str) -> str:
    """A source's own code of a client as a key: case, spaces and look-alike letters aside. "" for one that lost its digits."""
    joined = "".join(text.split()).upper().lstrip("'")
    if ROUNDED.match(joined):
        return ""
    if joined.endswith("0"):
        joined = re.sub(r"^(\d+)[.,]0+$", r"\1", joined)
    return joined.translate(LOOKALIKES)[:64] if joined.strip("0") else ""


def fingerprint(name: PersonName, values: Mapping[str, str]) -> str:
    """What a row without phone, birth date or code is known by when it comes again: its words, tidied."""
    said = [names.full_key(name)]
    said += [" ".join(values.get(column, "").lower().split()) for column in ("birth_date", "phone", *PHONES, "email", *EMAILS)]
    return hashlib.blake2b("|".join(said).encode(), digest_size=16).hexdigest()


REQUIRED = ("last_name", "first_name", "birth_date", "phone", "email")
