"""Stores as lists name them. Public to the handlers of lists."""

from imports.specs import ListContext
from stores import services as stores_services
from stores.models import Store


class StoreBook:
    """Stores by their name or code; a base without stores takes all those of the list before its first row.

    A preview only plans them: such a store has no primary key yet.
    """

    def __init__(self, context: ListContext) -> None:
        self.stores = list(Store.objects.all())
        if context.takes_stores and context.new_stores:
            self._take(context)
        self.names = {_key(name): store for store in self.stores for name in (store.code, store.name)}

    def _take(self, context: ListContext) -> None:
        known = {_key(name) for store in self.stores for name in (store.code, store.name)}
        new = [name for name in context.new_stores if _key(name) not in known]
        if context.write:
            self.stores += stores_services.take_stores(new)
        else:
            self.stores += [Store(name=name, code=stores_services.store_code(name)) for name in new]

    def find(self, name: str) -> Store | None:
        """The store of a row; a chain of one store needs no name."""
        if name:
            return self.names.get(_key(name))
        return self.stores[0] if len(self.stores) == 1 else None

    def named(self, name: str) -> Store | None:
        """The store of that name alone."""
        return self.names.get(_key(name)) if name else None


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def store_key(store: Store | None) -> int | str:
    """What a store is told by, saved or only planned."""
    return (store.pk or store.name) if store else ""
