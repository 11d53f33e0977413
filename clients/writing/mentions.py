"""Is a text about this person? Their contacts in any writing, or their name with their birth date. A pure function. Public."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

PHONE_END = 10  # digits behind 8, +7 or nothing
DAYS = ("%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")
WORD = re.compile(r"\w+")


class Somebody(NamedTuple):
    """Whom texts are looked through for."""

    last_name: str
    first_name: str
    birth_date: date | None
    contacts: Collection[str]

    def is_in(self, cells: Iterable[str]) -> bool:
        """Whether one of the cells holds a contact, or all of them together the name and the birth date."""
        texts = [_tidy(str(cell)) for cell in cells]
        if any(self._is_reached_by(text) for text in texts):
            return True
        together = " ".join(texts)
        return self.is_named_in(together) and self.birth_date is not None and any(day in together for day in self._days)

    def is_named_in(self, text: str) -> bool:
        """Whether surname and first name stand in a text as words."""
        words = set(WORD.findall(_tidy(text)))
        return bool(self.last_name and self.first_name) and {_tidy(self.last_name), _tidy(self.first_name)} <= words

    def _is_reached_by(self, text: str) -> bool:
        digits = re.sub(r"\D", "", text)
        return any(
            contact[-PHONE_END:] in digits if contact.startswith("+") else contact.lower() in text for contact in self.contacts
        )

    @property
    def _days(self) -> list[str]:
        return [self.birth_date.strftime(writing) for writing in DAYS] if self.birth_date else []


def _tidy(text: str) -> str:
    return text.lower().replace("ё", "е")
