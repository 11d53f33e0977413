"""What a chunk of a clients' list makes of cards, collected and written at once."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import IntegrityError
from simple_history.utils import bulk_update_with_history

from clients.models import (
    CardState,
    Client,
    ClientKey,
    ContactBeside,
    ContactConflict,
    FactSource,
    Occasion,
    OccasionKind,
    Surname,
)
from clients.sameness.matching import Card
from clients.writing import names
from clients.writing.names import person_key
from clients.writing.person import REQUIRED, Person
from imports import bulk
from imports.specs import ListContext
from imports.vocabulary import fold
from stores.models import Employee, Store
from stores.texts.visible import visible

BATCH = 500
PLANNED = -1
# The facts of a card that a list may bring, by the names of its columns.
FACTS = ("birth_date", "phone", "email", "store", "registered_on", "heard_from", "postal_address")
NAMES = ("last_name", "first_name", "middle_name")
ATTRIBUTES = {"store": "home_store"}
# The same of the card in the base.
COLUMN_OF = {"store": "home_store_id", "heard_from": "heard_from_id"}
CLIENT = ("id", "state", *NAMES, "birth_date", "phone", "email", "registered_on", "ring_size", "metal", "likes", "note",
          "as_written", "created_at", "home_store_id", "registered_by_id", "reached_through_id", "merged_into_id",
          "heard_from_id", "postal_address")  # fmt: skip
KEYS = ("name_key", "person_key", "phone_reversed", "birthday")
HISTORY = (*CLIENT, "history_date", "history_change_reason", "history_type", "history_user_id")
UPDATED = [*NAMES, "birth_date", "phone", "email", "no_email", "no_email_at", "no_email_by", "home_store", "registered_on",
           "heard_from", "postal_address", "note", "state", "as_written", "reached_through", *KEYS]  # fmt: skip


class Creation(NamedTuple):
    """A card to be made from a row; ``holder`` is the card whose phone reaches this person."""

    card: Card
    person: Person
    row: int
    holder: Card | None


class CardWriter:
    """Collects what a chunk makes of cards and writes it at once."""

    def __init__(
        self, context: ListContext, held: Collection[tuple[str, str]] = (), heard: Mapping[str, int] | None = None
    ) -> None:
        self.context = context
        self.heard = heard or {}
        self.held = held
        self.created: list[Creation] = []
        self.filled: dict[Card, dict[str, tuple[Any, Any]]] = {}
        self.rows: dict[Card, int] = {}
        self.keys: dict[tuple[str, str], Card] = {}
        self.beside: list[tuple[Card, str]] = []
        self.conflicts: list[tuple[Card, str, str, int]] = []
        self.settled: list[tuple[Card, str, str, bool]] = []

    def create(self, person: Person, store: Store | None, row: int, holder: Card | None = None) -> Card:
        """Plan a card for the person; behind the phone of ``holder`` where they have none of their own."""
        card = Card(
            pk=None, name=person.name, birth_date=person.birth_date, phone=None if holder else person.phone, email=person.email,
            home_store=_store_key(store), registered_on=person.registered_on, note=person.note,
            behind=(holder.phone or "") if holder else "", row=row, beside=frozenset(person.beside),
            heard_from=self._answer(person), postal_address=person.postal_address,
        )  # fmt: skip
        self.beside += [(card, contact) for contact in person.beside]
        self.created.append(Creation(card, person, row, holder))
        return card

    def fill(
        self, card: Card, person: Person, store: Store | None, row: int, *, over: Collection[str] = (), taken: bool = False
    ) -> dict[str, tuple[Any, Any]]:
        """Fill what the card lacks with what the row has; column → (there was, there is now).

        What the card has stays, but for the columns ``over``. ``taken``: the row's phone is somebody else's.
        """
        facts = {}
        for field, value in _facts(person, store, self._answer(person)):
            held = getattr(card, ATTRIBUTES.get(field, field))
            known = value == held or value in card.beside
            if value and not known and (not held or field in over) and not (field == "phone" and taken):
                facts[field] = (held, value)
        facts |= _names_to_fill(card, person, over)
        if person.note and _words(person.note) not in _words(card.note):
            facts["note"] = (card.note, "\n".join(filter(None, (card.note, person.note))))
        for field, (_was, value) in facts.items():
            _put(card, field, value)
        further = self._add_beside(card, person)
        if facts:
            planned = self.filled.setdefault(card, {})
            for field, (was, value) in facts.items():
                planned[field] = (planned.get(field, (was, None))[0], value)
            self.rows[card] = row
        return facts | further

    def _answer(self, person: Person) -> int | None:
        """How the person heard of the chain, where the row names one of its answers."""
        return self.heard.get(fold(person.heard_from)) if person.heard_from else None

    def _add_beside(self, card: Card, person: Person) -> dict[str, tuple[Any, Any]]:
        """Further contacts of the row that the card has not; a main one of the row too, where the card's stands beside it."""
        mains = [
            main for main, held in ((person.phone, card.phone), (person.email, card.email)) if main and held in person.beside
        ]
        known = {card.phone, card.email, *card.beside}
        new = [contact for contact in dict.fromkeys([*mains, *person.beside]) if contact not in known]
        card.beside |= frozenset(new)
        self.beside += [(card, contact) for contact in new]
        added = {"phone2": [c for c in new if "@" not in c], "email2": [c for c in new if "@" in c]}
        return {column: ("", ", ".join(contacts)) for column, contacts in added.items() if contacts}

    def key(self, card: Card, source: str, key: str) -> None:
        """The card is known by this key from now on, unless the base has the key already."""
        if key and (source, key) not in self.held:
            self.keys.setdefault((source, key), card)

    def conflict(self, card: Card, field: str, offered: str, row: int) -> None:
        self.conflicts.append((card, field, offered, row))

    def settle(self, card: Card, field: str, offered: str, *, taken: bool) -> None:
        """A person decided about what an earlier pass of this row offered."""
        self.settled.append((card, field, offered, taken))

    def write(self) -> list[int]:
        """Write it all, inside the caller's transaction. Returns the cards made, filled or newly keyed.

        Raises IntegrityError if somebody changed one of the cards meanwhile: the chunk is decided afresh.
        """
        self._write_created()
        self._write_filled()
        self._write_beside()
        self._write_keys()
        Surname.objects.note({names.key(card.name.last) for card in (*(made.card for made in self.created), *self.filled)})
        ContactConflict.objects.bulk_create(
            [
                ContactConflict(client_id=card.saved, field=field, offered=offered, origin=self._origin(row), at=self.context.now)
                for card, field, offered, row in self.conflicts
            ],
            ignore_conflicts=True,
        )
        self._write_settled()
        touched = {made.card.pk for made in self.created} | {c.pk for c in self.filled} | {c.pk for c in self.keys.values()}
        return [pk for pk in touched if pk]

    def _write_created(self) -> None:
        if not self.created:
            return
        for made, pk in zip(self.created, bulk.next_keys(Client, len(self.created)), strict=True):
            made.card.pk = pk
            # What later rows of this chunk filled is on the card already.
            self.filled.pop(made.card, None)
        rows = [self._client_row(made) for made in self.created]
        keyed = [(*row, *_search_keys(made.card)) for row, made in zip(rows, self.created, strict=True)]
        bulk.insert(Client, (*CLIENT, *KEYS), keyed)
        trail = (self.context.now, self.context.origin, "+", self.context.actor_id)
        bulk.insert(Client.history.model, HISTORY, [(*row, *trail) for row in rows])
        self._write_birthdays()
        self._write_sources((made.card, person_fields(made.person), made.row) for made in self.created)

    def _write_birthdays(self) -> None:
        """Birthdays without a year are days to remember, not birth dates."""
        yearless = [made for made in self.created if made.person.birthday and not made.card.birth_date]
        if yearless:
            kind, now = OccasionKind.objects.birthday().pk, self.context.now
            rows = [(made.card.saved, kind, made.person.birthday, None, None, now) for made in yearless]
            bulk.insert(Occasion, ("client_id", "kind_id", "day", "year", "by_id", "at"), rows)

    def _client_row(self, made: Creation) -> tuple[Any, ...]:
        """Values in the order of ``CLIENT``; the names were tidied when they were read."""
        card, missing = made.card, _missing(made.card)
        said = made.person.as_written
        return (
            card.pk, CardState.INCOMPLETE.value if missing else CardState.COMPLETE.value, *card.name, card.birth_date, card.phone,
            card.email, card.registered_on, None, "", "", card.note, _kept_as_written(card, said, missing) if said else {},
            self.context.now, card.home_store, None, made.holder.saved if made.holder else None, None,
            card.heard_from, card.postal_address,
        )  # fmt: skip

    def _write_keys(self) -> None:
        import_id = self.context.import_id or None
        new = [(source, key, card.saved, import_id) for (source, key), card in self.keys.items()]
        bulk.insert(ClientKey, ("source", "key", "client_id", "list_import_id"), new)

    def _write_filled(self) -> None:
        if not self.filled:
            return
        clients = list(Client.objects.select_for_update().filter(pk__in=[card.pk for card in self.filled]))
        facts = {card.pk: facts for card, facts in self.filled.items()}
        for client in clients:
            _fill_client(client, facts[client.pk])
        bulk_update_with_history(
            clients, Client, UPDATED, batch_size=BATCH, default_user=self._user(), default_change_reason=self.context.origin
        )
        self._write_sources((card, sorted(fields), self.rows[card]) for card, fields in self.filled.items())

    def _write_beside(self) -> None:
        import_id, now = self.context.import_id or None, self.context.now
        columns = ("client_id", "kind", "value", "words", "is_written_to", "list_import_id", "by_id", "at")
        rows = [
            (card.saved, ContactBeside.kind_of(contact), contact, "", False, import_id, self.context.actor_id, now)
            for card, contact in self.beside
        ]
        bulk.insert(ContactBeside, columns, rows)

    def _write_settled(self) -> None:
        for card, field, offered, taken in self.settled:
            word = ContactConflict.Decision.TAKEN if taken else ContactConflict.Decision.KEPT
            ContactConflict.objects.filter(
                client=card.saved, field=field, offered=offered, decision=ContactConflict.Decision.OPEN
            ).update(decision=word, decided_by=self.context.actor_id, decided_at=self.context.now)

    def _write_sources(self, acts: Iterable[tuple[Card, list[str], int]]) -> None:
        columns = ("client_id", "fields", "origin", "by_id", "at")
        now, actor = self.context.now, self.context.actor_id
        bulk.insert(
            FactSource, columns, [(card.saved, ",".join(fields), self._origin(row), actor, now) for card, fields, row in acts]
        )

    def _origin(self, row: int) -> str:
        return f"{self.context.origin} row {row}"

    def _user(self) -> Employee | None:
        return Employee.objects.filter(pk=self.context.actor_id).first() if self.context.actor_id else None


def _fill_client(client: Client, facts: dict[str, tuple[Any, Any]]) -> None:
    for field, (was, value) in facts.items():
        attribute = COLUMN_OF.get(field, field)
        if (getattr(client, attribute) or None) != (was or None):
            raise IntegrityError(f"card {client.pk} got another {field} meanwhile")
        setattr(client, attribute, value)
        client.as_written.pop(field, None)
    if client.state == CardState.INCOMPLETE and not client.missing:
        client.state, client.reached_through = CardState.COMPLETE, None
    client.prepare()


def _words(note: str) -> str:
    """A note whatever a file does to its line breaks and invisible marks."""
    return " ".join(visible(note).split())


def _facts(person: Person, store: Store | None, heard: int | None = None) -> tuple[tuple[str, Any], ...]:
    values = (
        person.birth_date,
        person.phone,
        person.email,
        _store_key(store),
        person.registered_on,
        heard,
        person.postal_address,
    )
    return tuple(zip(FACTS, values, strict=True))


def _put(card: Card, field: str, value: Any) -> None:
    if field in NAMES:
        card.name = card.name._replace(**{field.removesuffix("_name"): value})
    else:
        setattr(card, ATTRIBUTES.get(field, field), value)


def _kept_as_written(card: Card, said: Mapping[str, str], missing: Collection[str]) -> dict[str, str]:
    """What a list said where it could not be understood, of the facts that the card has not."""
    lacking = [*missing, *(() if card.registered_on else ("registered_on",))]
    return {field: said[field] for field in lacking if field in said}


def _missing(card: Card) -> list[str]:
    first = "" if names.is_initial(card.name.first) else card.name.first
    values = (card.name.last, first, card.birth_date, card.phone, card.email)
    return [field for field, value in zip(REQUIRED, values, strict=True) if not value]


def _search_keys(card: Card) -> tuple[str, str, str, int | None]:
    """The derived columns ``KEYS``, as ``Client.prepare`` makes them."""
    born = card.birth_date
    return (
        names.full_key(card.name)[:250], person_key(card.name, born), (card.phone or "").lstrip("+")[::-1],
        born.month * 100 + born.day if born else None,
    )  # fmt: skip


def _store_key(store: Store | None) -> int | None:
    """The primary key of a store; a store that a preview only plans counts as one."""
    return (store.pk or PLANNED) if store else None


def _names_to_fill(card: Card, person: Person, over: Collection[str]) -> dict[str, tuple[Any, Any]]:
    """A name where the card has none or only its initial; every name that is taken over it."""
    if person.name == card.name:
        return {}
    facts = {}
    same = not card.name.last or names.key(card.name.last) == names.key(person.name.last)
    for field, held, given in zip(NAMES, card.name, person.name, strict=True):
        if not given or given == held or names.is_initial(given):
            continue
        if field in over or (same and (not held or names.is_initial(held))):
            facts[field] = (held, given)
    return facts


def as_json(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
    """Changes for keeping: days in ISO, a planned store as nothing."""
    return {field: [_plain(was), _plain(value)] for field, (was, value) in changes.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return None if value == PLANNED else value


def differences(card: Card, person: Person) -> dict[str, tuple[Any, Any]]:
    """Facts of the row that contradict the card's: column → (the card's, the list's)."""
    pairs = {field: (getattr(card, ATTRIBUTES.get(field, field)), value) for field, value in _facts(person, None)}
    pairs |= dict(zip(NAMES, zip(card.name, person.name, strict=True), strict=True))
    return {field: (held, value) for field, (held, value) in pairs.items() if held and value and held != value}


def person_fields(person: Person) -> list[str]:
    """Names of the facts that a row brought."""
    facts = (*person.name, person.birth_date, person.phone, person.email, person.store, person.registered_on)
    said = (*facts, person.heard_from, person.postal_address, person.note)
    return [field for field, value in zip((*NAMES, *FACTS, "note"), said, strict=True) if value]
