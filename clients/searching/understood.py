"""What a text in the search box says of somebody who is not there yet: the fields of the form of registration, or nothing."""

import re

from django.utils import timezone

from clients.searching import days, layouts
from clients.writing import emails, full_names, names, phones, short_names
from clients.writing.names import BadNameError, PersonName
from stores.texts.visible import visible

_PHONE_BEGUN = re.compile(r"(?:\+|[789])[\d\s()-]{2,}")


def fields(text: str) -> dict[str, str]:
    """The fields of a card that a text fills, by name; none where it is neither a name, nor a contact, nor a birth date.

    >>> fields(";erjdf")
    {'last_name': 'Жукова'}
    """
    text = visible(text).strip()
    if phone := phones.normalise(text):
        return {"phone": phones.national(phone)}
    if _PHONE_BEGUN.fullmatch(text):
        return {"phone": text}
    for written in (text, layouts.other_layout(text)):
        if "@" in written:
            return {"email": email} if (email := emails.normalise(written)) else {}
    if born := days.birth_date(text, timezone.localdate()):
        return {**_name(born.beside), "birth_date": f"{born.day:%d.%m.%Y}"}
    return _name(text)


def offer(text: str) -> str:
    """How the registration of somebody who was not found is offered: by what was understood; empty for nonsense."""
    return " ".join(fields(text).values())


def _name(text: str) -> dict[str, str]:
    meant = layouts.meant(text)
    try:
        name = full_names.split_full_name(names.tidy(meant.lower() if meant.isupper() else meant)) if meant else PersonName()
    except BadNameError:
        return {}
    if short_names.is_known(name.last) and not name.first and name.last.lower() not in full_names.SURNAMES_TOO:
        name = PersonName(first=name.last)
    said = {"last_name": name.last, "first_name": name.first, "middle_name": name.middle}
    return {field: word for field, word in said.items() if word}
