"""One row of a clients' list, understood: facts where they can be told, the text as written where not."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clients.writing import dates, emails, names, phones
from clients.writing.names import BadNameError, PersonName, person_key

LOOKALIKES = str.maketrans(names.LOOKALIKES)


@dataclass
class Person:
    """What a row says about somebody. ``as_written`` keeps by field what could not be understood."""

    name: PersonName
    birth_date: date | None = None
    phone: str | None = None
    email: str | None = None
    code: str = ""
    store: str = ""
    registered_on: date | None = None
    note: str = ""
    as_written: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    key: str = ""

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
    person = Person(name=person_name(values))
    _read_birth_date(person, values.get("birth_date", ""), today)
    phone, other = values.get("phone", ""), values.get("phone2", "")
    _read_phones(person, f"{phone} , {other}" if phone and other else phone or other)
    _read_email(person, values.get("email", ""))
    person.code = code_key(values.get("code", ""))
    person.store = values.get("store", "")
    if values.get("registered_on"):
        person.registered_on = dates.parse(values["registered_on"], today)
    if values.get("note"):
        person.note = "\n".join(filter(None, (values["note"], person.note)))
    person.key = person_key(person.name, person.birth_date)
    if not person.phone and not person.key:
        person.fingerprint = fingerprint(person.name, values)
    return person


def person_name(values: Mapping[str, str]) -> PersonName:
    """The name in a row, from one column or several. Raises BadNameError if there is none.

    A patronymic that is no name is left out rather than losing the person.
    """
    if not (values.get("last_name") or values.get("first_name") or values.get("name_first") or values.get("middle_name")):
        return names.split_full_name(values.get("full_name", ""))
    last, first = names.check(values.get("last_name", "")), names.check(values.get("first_name", ""))
    try:
        middle = names.check(values.get("middle_name", ""))
    except BadNameError:
        middle = ""
    if last and first:
        return PersonName(last, first, middle)
    if not last and values.get("name_first"):
        return names.split_full_name(values["name_first"], first_name_first=True)
    return names.split_full_name(" ".join(filter(None, (last, values.get("full_name", ""), first, middle))))


def _read_birth_date(person: Person, text: str, today: date) -> None:
    born = dates.parse(text, today, of_birth=True) if text else None
    if born and not dates.birth_date_problem(born, today):
        person.birth_date = born
    elif text:
        person.as_written["birth_date"] = text[:100]


def _read_phones(person: Person, text: str) -> None:
    found = phones.find_all(text) if text else []
    if found:
        person.phone = found[0]
        if len(found) > 1:
            person.note = ", ".join(phones.national(phone) for phone in found[1:])
    elif text:
        person.as_written["phone"] = text[:100]


def _read_email(person: Person, text: str) -> None:
    found = emails.find_all(text) if text else []
    if found:
        person.email = found[0]
        if len(found) > 1:
            person.note = "\n".join(filter(None, (person.note, ", ".join(found[1:]))))
    elif text:
        person.as_written["email"] = text[:254]


def code_key(text: str) -> str:
    """A source's own code of a client as a key: case, spaces and look-alike letters aside."""
    joined = "".join(text.split()).upper()
    if joined.endswith("0"):
        joined = re.sub(r"^(\d+)[.,]0+$", r"\1", joined)
    return joined.translate(LOOKALIKES)[:64] if joined.strip("0") else ""


def fingerprint(name: PersonName, values: Mapping[str, str]) -> str:
    """What a row without phone, birth date or code is known by when it comes again: its words, tidied."""
    said = [names.full_key(name)]
    said += [" ".join(values.get(column, "").lower().split()) for column in ("birth_date", "phone", "phone2", "email")]
    return hashlib.blake2b("|".join(said).encode(), digest_size=16).hexdigest()


REQUIRED = ("last_name", "first_name", "birth_date", "phone", "email")
