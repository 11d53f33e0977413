"""The cards that a chunk of a list can meet, loaded with a constant number of queries."""

from collections.abc import Iterable, Sequence
from typing import Any

from clients.listing.planned import PlannedCards
from clients.models import Client, ClientKey, ContactBeside
from clients.sameness import resembling
from clients.sameness.matching import ROW_SOURCE, Card, Known, Match, Rule
from clients.sameness.resembling import Lookalikes, Resemblance
from clients.writing import names
from clients.writing.names import PersonName
from clients.writing.person import Person

FACTS = ("pk", "last_name", "first_name", "middle_name", "birth_date", "phone", "email", "home_store_id", "registered_on",
         "note", "heard_from_id", "postal_address", "reached_through_id")  # fmt: skip


class KnownCards(Known):
    """Cards of the base and, in a preview, those that it would have made so far. Eight queries a chunk."""

    def __init__(self, source: str, plan: PlannedCards | None) -> None:
        super().__init__()
        self.source = source
        self.plan = plan
        self.lookalikes = Lookalikes()
        self.held: set[tuple[str, str]] = set()
        self._changed: dict[Card, set[str]] = {}

    def load(self, people: Sequence[Person], decided: Iterable[int] = ()) -> None:
        """Make known every card that one of these people may be matched with."""
        planned = self._planned(people) if self.plan else []
        codes, prints = {p.code for p in people if p.code}, {p.fingerprint for p in people if p.fingerprint}
        keys = list(self._keys(self.source, codes)) + list(self._keys(ROW_SOURCE, prints))
        self.held = {(source, key) for source, key, _client in keys}
        numbers = {person.own for person in people if person.own}
        self._fetch("pk", {*decided, *numbers, *(client for _source, _key, client in keys)})
        for source, key, client in keys:
            if client in self.by_pk:
                (self.codes if source == self.source else self.fingerprints).setdefault(key, self.by_pk[client])
        said = {phone for p in people for phone in (p.phone, *p.beside) if phone and "@" not in phone}
        self._fetch("phone", said - self.phones.keys())
        self._fetch("pk", self._having_beside(said) if said else set())
        unmet = [p for p in people if p.code not in self.codes and p.phone not in self.phones]
        self._fetch("person_key", {p.key for p in unmet if p.key})
        self._fetch("reached_through__id", self._contradicted(people))
        if self.plan:
            self._overlay(planned, self.plan)

    def _having_beside(self, phones: set[str]) -> set[int]:
        """Cards that have one of the phones beside their main one. One query."""
        return set(ContactBeside.objects.kept().filter(value__any=phones).values_list("client", flat=True))

    def _fetch(self, field: str, values: set[Any]) -> None:
        """Cards by one of their keys. One query."""
        if values:
            found = Client.objects.live().filter(**{f"{field}__any": values}).order_by("pk")
            if field == "person_key":  # said aloud, or the partial index is not used
                found = found.exclude(person_key="")
            self._add_all([facts for facts in found.values_list(*FACTS) if facts[0] not in self.by_pk])

    def _contradicted(self, people: Sequence[Person]) -> set[int]:
        """Holders of a phone that comes with another name: somebody may be reached through them."""
        holders = ((person, self.phones.get(person.phone)) for person in people if person.phone)
        return {card.pk for person, card in holders if card and card.pk and not names.compatible(card.name, person.name)}

    def _add_all(self, found: Sequence[tuple[Any, ...]]) -> None:
        """Cards from their ``FACTS``; for those behind another's phone that phone is asked for."""
        holders = Client.objects.filter(pk__in={facts[-1] for facts in found if facts[-1]})
        phones = dict(holders.values_list("pk", "phone")) if any(facts[-1] for facts in found) else {}
        beside: dict[int, set[str]] = {}
        pks = [facts[0] for facts in found]
        kept = ContactBeside.objects.kept().filter(client__id__any=pks)
        for pk, contact in kept.values_list("client", "value") if pks else ():
            beside.setdefault(pk, set()).add(contact)
        for pk, last, first, middle, born, phone, email, store, registered, note, heard, address, holder in found:
            behind = phones.get(holder) or ""
            further = frozenset(beside.get(pk, ()))
            card = Card(pk, PersonName(last, first, middle), born, phone, email, store, registered, note, behind, beside=further)
            card.heard_from, card.postal_address = heard, address
            self.add(card)

    def _keys(self, source: str, keys: set[str]) -> Iterable[tuple[str, str, int]]:
        if not keys:
            return ()
        return ClientKey.objects.filter(source=source, key__any=keys).values_list("source", "key", "client")

    def _planned(self, people: Sequence[Person]) -> list[tuple[Card, list[str]]]:
        """Planned cards come first: what the base says of the same card is older."""
        wanted = {word for person in people for word in _words(person)}
        found = list(self.plan.find(wanted)) if self.plan else []
        for card, words in found:
            self._take(card, words)
        return found

    def _take(self, card: Card, words: Iterable[str]) -> None:
        for word in words:
            kind, _colon, key = word.partition(":")
            if kind == "code":
                self.codes.setdefault(key, card)
            elif kind == "print":
                self.fingerprints.setdefault(key, card)
        self.add(card)
        self.lookalikes.add(card)

    def _overlay(self, planned: Sequence[tuple[Card, list[str]]], plan: PlannedCards) -> None:
        """Cards of the base that the preview would have filled are taken as it would have left them."""
        fresh = [f"pk:{pk}" for pk in self.by_pk.keys() - {card.pk for card, _words in planned}]
        for card, _found in plan.find(fresh):
            former = self.by_pk[card.saved]
            self._forget(former)
            for name in (
                "name",
                "birth_date",
                "phone",
                "email",
                "home_store",
                "registered_on",
                "note",
                "behind",
                "plan",
                "beside",
                "heard_from",
                "postal_address",
            ):
                setattr(former, name, getattr(card, name))
            self.add(former)

    def _forget(self, card: Card) -> None:
        """A card that the list would have changed is no more found by what it was."""
        if card.phone and self.phones.get(card.phone) is card:
            del self.phones[card.phone]
        if card in self.persons.get(card.key, ()):
            self.persons[card.key].remove(card)

    def load_lookalikes(self, people: Sequence[Person]) -> None:
        """Make known the cards that may resemble people whom no rule matched. One query."""
        for word, pk, last, first, middle, born, phone, _key in resembling.candidates(people) if people else ():
            self.lookalikes.put(word, self.by_pk.get(pk) or Card(pk, PersonName(last, first, middle), born, phone, None))

    def resemblance(self, person: Person) -> Resemblance | None:
        return self.lookalikes.find(person)

    def as_match(self, card: Card, person: Person) -> Match:
        """A card that somebody meant, with all its facts."""
        if card.pk and card.pk not in self.by_pk:
            self._add_all(list(Client.objects.live().filter(pk=card.pk).values_list(*FACTS)))
        return self.match(person, decided=card.pk) or Match(card, Rule.DECIDED)

    def remember(self, card: Card, person: Person) -> None:
        """The row belongs to the card: later rows find it by the same code, facts or words."""
        self.add(card)
        if person.code:
            self.codes.setdefault(person.code, card)
        if person.fingerprint:
            self.fingerprints.setdefault(person.fingerprint, card)
        if self.plan:
            self._changed.setdefault(card, set()).update(_words(person))

    def keep_plan(self) -> None:
        """What this chunk would have made of cards, for the chunks after it."""
        if self.plan:
            self.plan.keep((card, words | _words_of(card)) for card, words in self._changed.items())
            self._changed.clear()


def _words(person: Person) -> set[str]:
    """What the cards of a person are asked for by."""
    said = {"code": person.code, "phone": person.phone, "behind": person.phone, "person": person.key, "print": person.fingerprint}
    also = {f"phone:{contact}" for contact in person.beside} | ({f"beside:{person.phone}"} if person.phone else set())
    return {f"{kind}:{key}" for kind, key in said.items() if key} | also | set(resembling.sought(person))


def _words_of(card: Card) -> set[str]:
    """What a card is found by."""
    said = {"phone": card.phone, "behind": card.behind, "person": card.key, "pk": card.pk}
    also = {f"beside:{contact}" for contact in card.beside}
    return {f"{kind}:{key}" for kind, key in said.items() if key} | also | set(resembling.words(card.name, card.birth_date))
