"""What 1C calls by ids, remembered between files: properties with their values, groups, types of prices, warehouses."""

import re
from collections.abc import Iterator

from catalogue import kinds
from exchange.commerceml.reading import Good, Named
from exchange.documents.finding import folded
from exchange.models import Source, Term

RETAIL = re.compile(r"розн|retail|бирк|ценник")
LONGEST_ID, LONGEST_NAME = 80, 200


class Terms:
    """The terms of a source: those of its earlier files, and those that this one has told."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.names: dict[tuple[str, str], str] = {}
        self.values: dict[str, dict[str, str]] = {}
        self.told: set[str] = set()  # types of prices that this file names
        self.new: dict[tuple[str, str], Term] = {}
        for term in Term.objects.filter(source=source):
            self.names[term.kind, term.external_id] = term.name
            if term.values:
                self.values[term.external_id] = term.values

    def learn(self, said: Named) -> None:
        """A file tells of a term; it is kept with the next batch where it is news."""
        key = said.kind, said.id[:LONGEST_ID]
        if said.kind == "price":
            self.told.add(key[1])
        if key[1] and (self.names.get(key) != said.name or (said.values and self.values.get(key[1]) != said.values)):
            self.names[key], name = said.name, said.name[:LONGEST_NAME]
            if said.values:
                self.values[key[1]] = said.values
            self.new[key] = Term(source=self.source, kind=key[0], external_id=key[1], name=name, values=said.values)

    def keep(self) -> None:
        """Write what is new. One query."""
        new, self.new = [self.new[key] for key in sorted(self.new)], {}
        if new:
            Term.objects.bulk_create(
                new,
                update_conflicts=True,
                unique_fields=["source", "kind", "external_id"],
                update_fields=["name", "values"],
            )

    def properties_of(self, good: Good) -> Iterator[tuple[str, str]]:
        """Properties of a good in words."""
        for key, value in good.values:
            if name := self.names.get(("property", key)):
                said = self.values.get(key, {}).get(value, value)
                if said:
                    yield name, said

    def group_of(self, good: Good) -> str:
        """The group of a good that names a kind of piece; "" where none does."""
        names = (self.names.get(("group", group), "") for group in good.groups)
        return next((name for name in names if kinds.named_kind(name)), "")

    def price_names(self) -> list[str]:
        """Types of prices that a person may choose from."""
        return sorted({name or key for (kind, key), name in self.names.items() if kind == "price"})

    def tag_prices(self, found: set[str]) -> set[str] | None:
        """Ids of the prices on the tags: what a person chose, else the retail one, else the only one; None: unclear."""
        known = {key: name for (kind, key), name in self.names.items() if kind == "price"}
        types = {key: known.get(key, "") for key in self.told | found}
        if wanted := folded(self.source.price_type):
            return {key for key, name in types.items() if wanted in (folded(name), folded(key))}
        retail = {key for key, name in types.items() if RETAIL.search(name.lower())}
        if len(retail) == 1 or len(types) <= 1:
            return retail or set(types)
        return None if found else set()
