"""A chunk of a clients' list against the base: which cards it meets, and its writes, all in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import IntegrityError
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from clients import names
from clients.matching import ROW_SOURCE, Card, Known
from clients.models import CardState, Client, ClientKey, ContactConflict, FactSource
from clients.reading import Person
from imports.specs import ListContext
from stores.models import Employee, Store

BATCH = 500
PLANNED = -1
HISTORY_FIELDS = ["last_name", "first_name", "middle_name", "birth_date", "phone", "email", "home_store",
                  "registered_on", "note", "state", "as_written"]  # fmt: skip
KEY_FIELDS = ["name_key", "person_key", "phone_reversed", "birthday"]


class KnownCards(Known):
    """Known cards that load themselves from the base. Four queries a chunk."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self._by_pk: dict[int, Card] = {}

    def load(self, people: Sequence[Person]) -> None:
        self._load_keys(self.source, {p.code for p in people if p.code}, self.codes)
        self._load_keys(ROW_SOURCE, {p.fingerprint for p in people if not p.phone and not p.key}, self.fingerprints)
        live = Client.objects.live()
        for client in live.filter(phone__in={p.phone for p in people if p.phone}):
            self.add(self._card(client))
        for client in live.filter(person_key__in={p.key for p in people if p.key}).order_by("pk"):
            self.add(self._card(client))

    def _load_keys(self, source: str, keys: Iterable[str], into: dict[str, Card]) -> None:
        found = ClientKey.objects.filter(source=source, key__in=set(keys)).select_related("client")
        for key in found:
            if key.key not in into:
                into[key.key] = self._card(key.client)
                self.add(into[key.key])

    def _card(self, client: Client) -> Card:
        if client.pk not in self._by_pk:
            self._by_pk[client.pk] = Card(
                pk=client.pk, name=client.name, birth_date=client.birth_date, phone=client.phone, email=client.email,
                home_store=client.home_store_id, registered_on=client.registered_on, note=client.note,
            )  # fmt: skip
        return self._by_pk[client.pk]

    def remember(self, card: Card, person: Person) -> None:
        """The row belongs to the card: later rows find it by the same code, facts or words."""
        self.add(card)
        if person.code:
            self.codes.setdefault(person.code, card)
        if not person.phone and not person.key:
            self.fingerprints.setdefault(person.fingerprint, card)


class CardWriter:
    """Collects what a chunk makes of cards and writes it at once."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.created: list[tuple[Card, Person, Store | None, int]] = []
        self.filled: dict[Card, dict[str, Any]] = {}
        self.rows: dict[Card, int] = {}
        self.keys: dict[tuple[str, str], Card] = {}
        self.conflicts: list[tuple[Card, str, str, int]] = []

    def create(self, person: Person, store: Store | None, row: int) -> Card:
        card = Card(
            pk=None, name=person.name, birth_date=person.birth_date, phone=person.phone, email=person.email,
            home_store=_store_key(store), registered_on=person.registered_on, note=person.note,
        )  # fmt: skip
        self.created.append((card, person, store, row))
        return card

    def fill(self, card: Card, person: Person, store: Store | None, row: int) -> list[str]:
        """Fill what the card lacks with what the row has; names of the fields filled. Nothing is overwritten."""
        facts: dict[str, Any] = {
            field: value
            for field, value in (
                ("birth_date", person.birth_date),
                ("phone", person.phone),
                ("email", person.email),
                ("home_store", _store_key(store)),
                ("registered_on", person.registered_on),
            )
            if value and not getattr(card, field)
        }
        facts |= _names_to_fill(card, person)
        if person.note and person.note not in card.note:
            facts["note"] = "\n".join(filter(None, (card.note, person.note)))
        for field, value in facts.items():
            if field in ("first_name", "middle_name"):
                card.name = card.name._replace(**{field.removesuffix("_name"): value})
            else:
                setattr(card, field, value)
        if facts:
            self.filled.setdefault(card, {}).update(facts)
            self.rows[card] = row
        return list(facts)

    def key(self, card: Card, source: str, key: str) -> None:
        if key:
            self.keys.setdefault((source, key), card)

    def conflict(self, card: Card, field: str, offered: str, row: int) -> None:
        self.conflicts.append((card, field, offered, row))

    def write(self) -> list[int]:
        """Write it all, inside the caller's transaction. Returns the cards made, filled or newly keyed.

        Raises IntegrityError if somebody changed one of the cards meanwhile: the chunk is decided afresh.
        """
        self._write_created()
        self._write_filled()
        ClientKey.objects.bulk_create(
            [ClientKey(source=source, key=key, client_id=card.saved) for (source, key), card in self.keys.items()],
            ignore_conflicts=True,
        )
        ContactConflict.objects.bulk_create(
            [
                ContactConflict(client_id=card.saved, field=field, offered=offered, origin=self._origin(row), at=self.context.now)
                for card, field, offered, row in self.conflicts
            ],
            ignore_conflicts=True,
        )
        touched = {card.pk for card, *_rest in self.created} | {c.pk for c in self.filled} | {c.pk for c in self.keys.values()}
        return [pk for pk in touched if pk]

    def _write_created(self) -> None:
        clients = [self._new_client(card, person, store) for card, person, store, _row in self.created]
        made = bulk_create_with_history(
            clients, Client, batch_size=BATCH, default_user=self._user(), default_change_reason=self._origin(0)
        )
        for (card, *_rest), client in zip(self.created, made, strict=True):
            card.pk = client.pk
        self._write_sources((card, person_fields(person), row) for card, person, _store, row in self.created)

    def _new_client(self, card: Card, person: Person, store: Store | None) -> Client:
        # What later rows of this chunk filled is on the card already.
        facts = replace(card)
        missing = replace(person, name=card.name, birth_date=card.birth_date, phone=card.phone, email=card.email).missing
        self.filled.pop(card, None)
        return Client(
            state=CardState.INCOMPLETE if missing else CardState.COMPLETE,
            last_name=facts.name.last, first_name=facts.name.first, middle_name=facts.name.middle,
            birth_date=facts.birth_date, phone=facts.phone, email=facts.email,
            home_store_id=facts.home_store or (store.pk if store else None), registered_on=facts.registered_on, note=facts.note,
            as_written={field: text for field, text in person.as_written.items() if field in missing},
        ).prepare()  # fmt: skip

    def _write_filled(self) -> None:
        clients = list(Client.objects.select_for_update().filter(pk__in=[card.pk for card in self.filled]))
        facts = {card.pk: facts for card, facts in self.filled.items()}
        for client in clients:
            self._fill_client(client, facts[client.pk])
        if clients:
            bulk_update_with_history(
                clients, Client, [*HISTORY_FIELDS, *KEY_FIELDS], batch_size=BATCH,
                default_user=self._user(), default_change_reason=self._origin(0),
            )  # fmt: skip
        self._write_sources((card, sorted(fields), self.rows[card]) for card, fields in self.filled.items())

    def _fill_client(self, client: Client, facts: dict[str, Any]) -> None:
        for field, value in facts.items():
            attribute = "home_store_id" if field == "home_store" else field
            held = getattr(client, attribute)
            if held and field != "note" and not names.is_initial(str(held)):
                raise IntegrityError(f"card {client.pk} got another {field} meanwhile")
            setattr(client, attribute, value)
            client.as_written.pop(field, None)
        if client.state == CardState.INCOMPLETE and not client.missing:
            client.state = CardState.COMPLETE
        client.prepare()

    def _write_sources(self, acts: Iterable[tuple[Card, list[str], int]]) -> None:
        FactSource.objects.bulk_create(
            FactSource(
                client_id=card.saved,
                fields=",".join(fields),
                origin=self._origin(row),
                by_id=self.context.actor_id,
                at=self.context.now,
            )
            for card, fields, row in acts
        )

    def _origin(self, row: int) -> str:
        return f"list {self.context.import_id} row {row}" if row else f"list {self.context.import_id}"

    def _user(self) -> Employee | None:
        return Employee.objects.filter(pk=self.context.actor_id).first() if self.context.actor_id else None


def _store_key(store: Store | None) -> int | None:
    """The primary key of a store; a store that a preview only plans counts as one."""
    return (store.pk or PLANNED) if store else None


def _names_to_fill(card: Card, person: Person) -> dict[str, str]:
    """A first name or patronymic where the card has none or only its initial."""
    if names.key(card.name.last) != names.key(person.name.last):
        return {}
    both = (
        ("first_name", card.name.first, person.name.first),
        ("middle_name", card.name.middle, person.name.middle),
    )
    return {
        field: given
        for field, held, given in both
        if given and not names.is_initial(given) and (not held or names.is_initial(held))
    }


def person_fields(person: Person) -> list[str]:
    """Names of the facts that a row brought."""
    facts = {
        "last_name": person.name.last, "first_name": person.name.first, "middle_name": person.name.middle,
        "birth_date": person.birth_date, "phone": person.phone, "email": person.email,
    }  # fmt: skip
    return [field for field, value in facts.items() if value]
