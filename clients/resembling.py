"""People of a list who may be on a card already, though no rule says so: proposed to a person, never taken.

The same birth date and a surname that differs by a letter or two; the same name with day and month exchanged;
the same full name and a phone that differs in one digit.
"""

from collections.abc import Collection, Iterable
from datetime import date
from operator import ne
from typing import NamedTuple

from clients import names
from clients.matching import Card
from clients.models import Client
from clients.reading import Person

# Short surnames that differ by two letters are different surnames.
LONG = 6


class Resemblance(NamedTuple):
    """A card and in what it is alike: ``surname``, ``swapped`` or ``digit``."""

    card: Card
    likeness: str


def words(name: names.PersonName, birth_date: date | None) -> list[str]:
    """What cards are asked for by, to find those that resemble."""
    found = [f"name:{names.full_key(name)}"] if name.first and name.middle else []
    if name.first and birth_date:
        found.append(f"born:{birth_date.isoformat()}|{names.key(name.first)}")
    return found


def sought(person: Person) -> list[str]:
    """The words of cards that may resemble a person."""
    found = words(person.name, person.birth_date)
    if person.birth_date and (swapped := _swapped(person.birth_date)):
        found += words(person.name._replace(middle=""), swapped)
    return found


# The word that asks for it; then primary key, surname, first name, patronymic, birth date, phone, search key.
Row = tuple[str, int, str, str, str, date | None, str | None, str]


def candidates(people: Collection[Person]) -> Iterable[Row]:
    """Cards of the base that may resemble one of these. Two queries, each on an index."""
    days = {person.birth_date for person in people if person.birth_date}
    days |= {swapped for day in days if (swapped := _swapped(day))}
    firsts = {person.name.first for person in people if person.birth_date}
    whole = {names.full_key(person.name) for person in people if person.phone and person.name.middle}
    facts = ("pk", "last_name", "first_name", "middle_name", "birth_date", "phone", "name_key")
    live = Client.objects.live().order_by("pk")
    for row in live.filter(birth_date__any=days, first_name__any=firsts).values_list(*facts):
        yield f"born:{row[4].isoformat()}|{names.key(row[2])}", *row
    for row in live.filter(name_key__any=whole).values_list(*facts):
        yield f"name:{row[6]}", *row


def alike_by_day(card: Card, person: Person) -> str:
    """How a card of the same day, or of the day with day and month exchanged, is like a person of the same first name."""
    here, there = names.key(card.name.last), names.key(person.name.last)
    if not names.compatible(card.name._replace(last=person.name.last), person.name):
        return ""
    if card.birth_date != person.birth_date:
        return "swapped" if here == there else ""
    near = 2 if len(there) >= LONG else 1
    return "surname" if here != there and names.edit_distance(here, there, near) <= near else ""


def alike_by_name(card: Card, person: Person) -> str:
    """How a card of the same full name is like a person."""
    return "digit" if card.phone and person.phone and _one_digit_off(card.phone, person.phone) else ""


def _swapped(day: date) -> date | None:
    """Day and month exchanged, where that is another day."""
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


def _one_digit_off(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(map(ne, one, other)) == 1


class Lookalikes:
    """Cards of a chunk by the words that they may be asked for by."""

    def __init__(self) -> None:
        self.by_word: dict[str, list[Card]] = {}

    def add(self, card: Card) -> None:
        for word in words(card.name, card.birth_date):
            self.put(word, card)

    def put(self, word: str, card: Card) -> None:
        self.by_word.setdefault(word, []).append(card)

    def find(self, person: Person) -> Resemblance | None:
        """The first card that resembles the person."""
        for word in sought(person):
            alike = alike_by_name if word.startswith("name:") else alike_by_day
            for card in self.by_word.get(word, ()):
                if said := alike(card, person):
                    return Resemblance(card, said)
        return None
