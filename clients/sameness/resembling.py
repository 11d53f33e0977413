"""People of a list who may be on a card already, though no rule says so: proposed to a person, never taken.

The same birth date and a surname that differs by a letter or two; the same name with day and month exchanged;
the same full name and a phone that differs in one digit.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from clients.sameness.matching import Card
from clients.writing import dates, names, spelling
from clients.writing.person import Person
from imports import bulk

FACTS = "c.id, c.last_name, c.first_name, c.middle_name, c.birth_date, c.phone, c.name_key"
HALF = 7
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
    if person.birth_date and (swapped := dates.swapped(person.birth_date)):
        found += words(person.name._replace(middle=""), swapped)
    return found


# The word that asks for it; then primary key, surname, first name, patronymic, birth date, phone, search key.
CandidateRow = tuple[str, int, str, str, str, date | None, str | None, str]


def candidates(people: Collection[Person]) -> Iterator[CandidateRow]:
    """Cards of the base that may resemble one of these. Three queries, each walking an index for each person alone:
    a base of a million has hundreds of every common name and dozens of every day.
    """
    days = {(day.isoformat(), person.name.first) for person in people for day in _days(person)}
    for row in _joined(days, {"day": "date", "first": "varchar"}, "c.birth_date = t.day AND c.first_name = t.first"):
        yield f"born:{row[4].isoformat()}|{names.key(row[2])}", *row
    named = {(names.full_key(p.name), p.phone) for p in people if p.phone and p.name.middle}
    # Of two phones that differ in one digit the beginnings agree, or the ends.
    begins = {(name, *_range(phone[:HALF])) for name, phone in named}
    ends = {(name, *_range(phone[HALF:][::-1])) for name, phone in named}
    kinds = {"name": "varchar", "low": "varchar", "high": "varchar"}
    for rows, column in ((begins, "phone"), (ends, "phone_reversed")):
        for row in _joined(rows, kinds, f"c.name_key = t.name AND c.{column} >= t.low AND c.{column} < t.high"):
            yield f"name:{row[6]}", *row


def _joined(rows: Collection[tuple[str, ...]], columns: Mapping[str, str], condition: str) -> list[Any]:
    """Live cards that stand with one of the rows under the condition. One query."""
    if not rows:
        return []
    table, params = bulk.table_of(sorted(rows), columns)
    live = "c.state IN ('complete', 'incomplete')"
    sql = f"SELECT {FACTS} FROM {table} JOIN clients_client c ON {condition} WHERE {live} ORDER BY c.id"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [(*row[:4], _as_day(row[4]), *row[5:]) for row in cursor.fetchall()]


def _as_day(value: date | str | None) -> date | None:
    """SQLite hands a day out as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _range(start: str) -> tuple[str, str]:
    """Texts that begin so, in byte order: from the first to the one that does not."""
    return start, start[:-1] + chr(ord(start[-1]) + 1)


def _days(person: Person) -> list[date]:
    """The birth date, and the day that it is with day and month exchanged."""
    if not person.birth_date or not person.name.first:
        return []
    swapped = dates.swapped(person.birth_date)
    return [person.birth_date, swapped] if swapped else [person.birth_date]


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
    return "digit" if card.phone and person.phone and spelling.one_digit(card.phone, person.phone) else ""


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
