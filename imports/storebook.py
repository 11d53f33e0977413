"""Stores as lists name them. Public to the handlers of lists."""

import re

from imports.specs import ListContext
from stores import services as stores_services
from stores.models import Store

BETWEEN = re.compile(r"[\s\u00ad\u200b-\u200f\ufeff\-‐‑‒–—−_\"'`«»„“”‘’‹›]+")


class StoreBook:
    """Stores by their name or code; a base without stores takes all those of the list before its first row.

    A preview only plans them: such a store has no primary key yet.
    """

    def __init__(self, context: ListContext) -> None:
        self.stores = list(Store.objects.all())
        if context.takes_stores and context.new_stores:
            self._take(context)
        self.names = self._known()

    def _take(self, context: ListContext) -> None:
        known = self._known()
        called: dict[str, str] = {}
        for name in context.new_stores:
            called.setdefault(_key(name), name)
        new = [name for key, name in called.items() if key and key not in known]
        if context.write:
            self.stores += stores_services.take_stores(new)
        else:
            self.stores += [Store(name=name, code=stores_services.store_code(name)) for name in new]

    def _known(self) -> dict[str, Store]:
        """Stores by what is the same in every writing of their names; two of one writing are told apart by nobody."""
        known: dict[str, Store] = {}
        twice: set[str] = set()
        for store in self.stores:
            for key in {_key(store.code), _key(store.name)}:
                if known.setdefault(key, store) is not store:
                    twice.add(key)
        return {key: store for key, store in known.items() if key not in twice}

    def find(self, name: str) -> Store | None:
        """The store of a row; a chain of one store needs no name."""
        if name:
            return self.names.get(_key(name))
        return self.stores[0] if len(self.stores) == 1 else None

    def named(self, name: str) -> Store | None:
        """The store of that name alone."""
        return self.names.get(_key(name)) if name else None


def _key(name: str) -> str:
    """A name without what people write in different ways: hyphens, dashes, quotes, spaces, case."""
    return BETWEEN.sub("", name.casefold().replace("ё", "е"))


def store_key(store: Store | None) -> int | str:
    """What a store is told by, saved or only planned."""
    return (store.pk or store.name) if store else ""
