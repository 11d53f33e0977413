"""Is this person already on a card? The rules, in their order, and what only resembles.

A number of Carat's own, where name and contacts agree, speaks before all.
1. The list's own code. 2. The same phone and a compatible name; a phone that either has only beside its main one speaks
where surname and first name are there to agree, and never stands against a main one. 3. The same surname, first name and
birth date with a patronymic that does not contradict. 4. For a row with none of these: its fingerprint.
What resembles (a typing error in the surname with the same birth date, day and month swapped,
one digit off) is proposed to a person, never taken.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from clients.models import Client
from clients.sameness import likeness
from clients.sameness.likeness import Facts, Likeness
from clients.writing import dates, names, short_names, spelling
from clients.writing.names import PersonName, person_key
from clients.writing.person import Person

ROW_SOURCE = "row"


class Rule(StrEnum):
    """Which rule spoke for a match."""

    DECIDED = "decided"
    OWN = "own"
    CODE = "code"
    PHONE = "phone"
    PERSON = "person"
    FINGERPRINT = "fingerprint"


@dataclass(eq=False, slots=True)
class Card:
    """The facts of a card that matching needs; ``pk`` is None while a list only plans to make it.

    ``behind``: the phone of another card through which this person is reached; ``row`` the row of the list that made it;
    ``beside`` further phones and e-mails.
    """

    pk: int | None
    name: PersonName
    birth_date: date | None
    phone: str | None
    email: str | None
    home_store: int | None = None
    registered_on: date | None = None
    note: str = ""
    behind: str = ""
    plan: int | None = None
    row: int | None = None
    beside: frozenset[str] = frozenset()
    heard_from: int | None = None
    postal_address: str = ""

    @property
    def key(self) -> str:
        return person_key(self.name, self.birth_date)

    @property
    def saved(self) -> int:
        """The primary key of a card that is in the base by now."""
        if self.pk is None:
            raise ValueError("this card is only planned")
        return self.pk


class Match(NamedTuple):
    """A card that a row belongs to by ``rule``, or that stands against it because of the first of ``conflicts``."""

    card: Card
    rule: Rule
    conflicts: tuple[str, ...] = ()


def _age(card: Card) -> tuple[float, int]:
    """The oldest card first, saved or planned by a row: a preview meets the same one as the pass that writes."""
    return card.pk or math.inf, card.row or 0


class Known:
    """Cards by each key that a row can be matched by: those of the base and those that earlier rows made."""

    def __init__(self) -> None:
        self.codes: dict[str, Card] = {}
        self.phones: dict[str, Card] = {}
        self.behind: dict[str, list[Card]] = {}
        self.beside: dict[str, list[Card]] = {}
        self.persons: dict[str, list[Card]] = {}
        self.fingerprints: dict[str, Card] = {}
        self.by_pk: dict[int, Card] = {}

    def add(self, card: Card) -> None:
        """Make a card findable by the facts that it now has; call again after it was filled."""
        if card.pk:
            self.by_pk[card.pk] = card
        if card.phone:
            self.phones.setdefault(card.phone, card)
        if card.behind and card not in (others := self.behind.setdefault(card.behind, [])):
            others.append(card)
        for contact in card.beside:
            if card not in (those := self.beside.setdefault(contact, [])):
                those.append(card)
        if (key := card.key) and card not in (same := self.persons.setdefault(key, [])):
            same.append(card)

    def match(self, person: Person, *, decided: int | None = None) -> Match | None:
        """The card of a person by the rules, the first that speaks; conflicts where facts disagree.

        ``decided`` is the card that somebody chose for this row.
        """
        if decided and (card := self.by_pk.get(decided)):
            return Match(card, Rule.DECIDED, self._conflicts(person, card))
        if card := self._by_own_number(person):
            return Match(card, Rule.OWN)
        if person.code and (card := self.codes.get(person.code)):
            return Match(card, Rule.CODE, self._conflicts(person, card))
        by_phone = self.phones.get(person.phone) if person.phone else None
        if by_phone:
            return self._match_phone(person, by_phone)
        if card := self._by_phone_beside(person):
            return Match(card, Rule.PHONE, self._conflicts(person, card))
        if person.key and (card := self._same_person(person)):
            return Match(card, Rule.PERSON, self._conflicts(person, card))
        if not person.phone and not person.key and (card := self.fingerprints.get(person.fingerprint)):
            return Match(card, Rule.FINGERPRINT)
        return None

    def _by_own_number(self, person: Person) -> Card | None:
        """The card whose number a row of Carat's own export gives: it confirms what nothing contradicts, and no more, for
        another base has other people under the same numbers."""
        card = self.by_pk.get(person.own) if person.own else None
        same = card and names.full_key(card.name) == names.full_key(person.name)
        return card if card and same and not self._conflicts(person, card) else None

    def _match_phone(self, person: Person, holder: Card) -> Match:
        """The holder of the phone, or somebody who is reached through it."""
        if names.compatible(holder.name, person.name):
            return Match(holder, Rule.PHONE, self._conflicts(person, holder))
        for card in sorted(self.behind.get(holder.phone or "", ()), key=_age):
            if names.compatible(card.name, person.name):
                return Match(card, Rule.PHONE, self._conflicts(person, card))
        return Match(holder, Rule.PHONE, ("phone",))

    def _by_phone_beside(self, person: Person) -> Card | None:
        """Whose further phone the row's is, or who has a further one of the row as their own: of the same whole name."""
        if not (person.phone and person.name.last and person.name.first) or names.is_initial(person.name.first):
            return None
        met = [*self.beside.get(person.phone, ()), *(self.phones[c] for c in person.beside if c in self.phones)]
        same = [card for card in met if card.name.last and card.name.first and names.compatible(card.name, person.name)]
        return min((card for card in same if not names.is_initial(card.name.first)), key=_age, default=None)

    def _same_person(self, person: Person) -> Card | None:
        cards = sorted((c for c in self.persons.get(person.key, ()) if names.compatible(c.name, person.name)), key=_age)
        return next((c for c in cards if c.phone == person.phone), cards[0] if cards else None)

    def _conflicts(self, person: Person, card: Card) -> tuple[str, ...]:
        """Why a person must decide before this row touches the card, the gravest first; empty when nothing disagrees."""
        found = []
        if not names.compatible(card.name, person.name):
            found.append("name")
        if card.birth_date and person.birth_date and card.birth_date != person.birth_date:
            found.append("birth_date")
        if person.phone and person.phone != card.behind:
            if card.phone and card.phone != person.phone and not _either_beside(person.phone, card.phone, person, card):
                found.append("identity")
            if (holder := self.phones.get(person.phone)) and holder is not card:
                found.append("phone")
        differs = card.email and person.email and card.email != person.email
        if differs and not _either_beside(person.email or "", card.email or "", person, card):
            found.append("email")
        return tuple(found)


def _either_beside(rows: str, cards: str, person: Person, card: Card) -> bool:
    """Whether one of two main contacts is known to the other side as a further one."""
    return rows in card.beside or cards in person.beside


class Nearness(StrEnum):
    """How near a proposed card is, nearest first."""

    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"
    SAME_PERSON = "same_person"
    SAME_SURNAME = "same_surname"
    SIMILAR = "similar"


class Proposal(NamedTuple):
    """A card that may be the visitor's, how likely it is (0…1), and why it is shown, in words."""

    client: Client
    kind: Nearness
    score: float = 0.0
    words: tuple[str, ...] = ()


# Somebody at the counter says who they are: less speaks for a card than in a search of the whole base.
ENOUGH = 13.0
MOST, NAMESAKES = 500, 60
PROPOSED = """SELECT id, state, last_name, first_name, middle_name, birth_date, phone, email, home_store_id
FROM clients_client WHERE state IN ('complete', 'incomplete')"""


def propose(
    name: PersonName, *, birth_date: date | None = None, phone: str | None = None, email: str | None = None, limit: int = 5
) -> list[Proposal]:
    """Cards that may already be this visitor's, nearest first. At most four queries, each on an index.

    A first name that contradicts is proposed only with the same phone or e-mail.
    """
    visitor = Facts(name, birth_date, phone, email)
    found: dict[int, Client] = {}
    beside: dict[int, dict[str, str]] = {}
    for column, sql, params in _asked(visitor):
        for client in Client.objects.raw(sql, params):
            found[client.pk] = client
            if column and getattr(client, column) != getattr(visitor, column):  # then the card has it beside its own
                beside.setdefault(client.pk, {})[column] = getattr(visitor, column)
    proposals = [proposal for client in found.values() if (proposal := _proposal(client, visitor, beside.get(client.pk, {})))]
    order = list(Nearness)
    return sorted(proposals, key=lambda proposal: (order.index(proposal.kind), -proposal.score))[:limit]


def _asked(visitor: Facts) -> Iterator[tuple[str, str, list[Any]]]:
    """The queries, each with the contact that it asks for.

    Written by hand: composing them takes the ORM as long as the database takes to answer.
    """
    for column in ("phone", "email"):
        if value := getattr(visitor, column):
            yield column, f"{PROPOSED} AND id IN ({_having(column)}) LIMIT {MOST}", [value, value]
    if visitor.name.last and visitor.birth_date:
        yield "", *_around(visitor.name, visitor.birth_date)
    if visitor.name.last and visitor.name.first and (visitor.birth_date or visitor.phone):
        # A digit of the day or the phone may be wrong where the whole name is right.
        yield (
            "",
            f"{PROPOSED} AND name_key LIKE %s LIMIT {NAMESAKES}",
            [f"{names.key(visitor.name.last)} {names.key(visitor.name.first)}%"],
        )


def _having(column: str) -> str:
    """Cards by a contact, their main one or one beside it: each by its index."""
    return (
        f"SELECT id FROM clients_client WHERE {column} = %s "
        "UNION ALL SELECT client_id FROM clients_contactbeside WHERE removed_at IS NULL AND value = %s"
    )


def _around(name: PersonName, birth_date: date) -> tuple[str, list[Any]]:
    """Cards of the day, or of the day with day and month exchanged: the first name in any of its forms, or the beginning
    of the surname. Names in Latin letters are few and come all."""
    days = [day for day in (birth_date, dates.swapped(birth_date)) if day]
    condition, params = f"birth_date IN ({_marks(days)})", [*days]
    surname = names.key(name.last)
    if spelling.is_latin(surname):
        return f"{PROPOSED} AND {condition} LIMIT {MOST}", params
    firsts = sorted(short_names.variants(name.first)) if name.first else [""]
    near = f"(substr(name_key, 1, 2) = %s OR name_key < 'а' OR first_name IN ({_marks(firsts)}))"
    return f"{PROPOSED} AND {condition} AND {near} LIMIT {MOST}", [*params, surname[:2], *firsts]


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _proposal(client: Client, visitor: Facts, beside: Mapping[str, str]) -> Proposal | None:
    card = Facts(client.name, client.birth_date, beside.get("phone", client.phone), beside.get("email", client.email))
    said = likeness.compare(card, visitor)
    contact = said.says("phone_same", "email_same")
    if not contact and (said.bits < ENOUGH or said.says("first_other")):
        return None
    return Proposal(client, _nearness(said), said.score, tuple(likeness.in_words(said, card, visitor)))


def _nearness(said: Likeness) -> Nearness:
    if said.says("phone_same"):
        return Nearness.SAME_PHONE
    if said.says("email_same"):
        return Nearness.SAME_EMAIL
    if not (said.says("born_same") and said.says("surname_same", "surname_common")):
        return Nearness.SIMILAR
    if said.says("first_same", "first_initial"):
        return Nearness.SAME_PERSON
    return Nearness.SIMILAR if said.says("first_short", "first_letter", "first_latin") else Nearness.SAME_SURNAME
