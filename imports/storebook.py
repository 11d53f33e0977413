"""Stores as lists name them, and the words of a column of stores. Public to the handlers of lists."""

import re
from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from imports.models import ListImport
from imports.specs import ListContext
from imports.vocabulary import KNOWN, OF_FILE, Reader, Vocabulary
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
        self.names = _known(self.stores)
        self.codes = {store.code: store for store in self.stores}

    def _take(self, context: ListContext) -> None:
        known = _known(self.stores)
        called: dict[str, str] = {}
        for name in context.new_stores:
            called.setdefault(_key(name), name)
        new = [name for key, name in called.items() if key and key not in known]
        if context.write:
            self.stores += stores_services.take_stores(new)
        else:
            self.stores += _planned(new)

    def find(self, name: str) -> Store | None:
        """The store of a row; a chain of one store needs no name."""
        if name:
            return self.named(name)
        return self.stores[0] if len(self.stores) == 1 else None

    def named(self, name: str) -> Store | None:
        """The store of that name alone; its code as it stands tells it before anything else."""
        return (self.codes.get(name) or self.names.get(_key(name))) if name else None


def _planned(names: Iterable[str]) -> list[Store]:
    return [Store(name=name, code=stores_services.store_code(name)) for name in names]


def _known(stores: Iterable[Store]) -> dict[str, Store]:
    """Stores by what is the same in every writing of their names; two of one writing are told apart by nobody."""
    known: dict[str, Store] = {}
    twice: set[str] = set()
    for store in stores:
        for key in {_key(store.code), _key(store.name)}:
            if known.setdefault(key, store) is not store:
                twice.add(key)
    return {key: store for key, store in known.items() if key not in twice}


def _key(name: str) -> str:
    """A name without what people write in different ways: hyphens, dashes, quotes, spaces, case."""
    return BETWEEN.sub("", name.casefold().replace("ё", "е"))


def known_names() -> list[str]:
    """What the names of the stores are told by. One query."""
    return sorted(_known(Store.objects.all()))


# «Магазин: ТЦ Дуэт» above the rows of that store.
A_STORE = re.compile(
    r"(?:магазин|салон|склад|филиал|подразделение|(?:торговая )?точка|store|shop)\s*[:—–-]?\s+(.+)", re.IGNORECASE
)


def heading(text: str, names: Collection[str]) -> dict[str, str]:
    """The store that a text names which stands alone in its row, as a column of a list; nothing for any other text."""
    said = " ".join(text.split())
    if is_among(said, names):
        return {"store": said}
    found = A_STORE.fullmatch(said)
    return {"store": found[1].strip()} if found else {}


def is_among(text: str, names: Collection[str]) -> bool:
    """Whether a text is one of ``known_names``."""
    return _key(text) in names


def store_key(store: Store | None) -> int | str:
    """What a store is told by, saved or only planned."""
    return (store.pk or store.name) if store else ""


def _stores_of(list_import: ListImport) -> list[Store]:
    """The stores of the base; those that the list opens where there are none."""
    stores = list(Store.objects.all())
    if stores or not list_import.takes_stores:
        return stores
    return _planned({_key(name): name for name in list_import.layout.get("stores", ())}.values())


def _opened(list_import: ListImport) -> Reader:
    """Which store a writing names, by its code. A list that opens its stores names none that is unknown; a chain of one
    store needs no name."""
    stores = _stores_of(list_import)
    names = _known(stores)

    def read(text: str) -> str:
        if not text:
            return KNOWN if len(stores) <= 1 else ""
        if found := names.get(_key(text)):
            return found.code
        return KNOWN if list_import.takes_stores else ""

    return read


def _meanings(list_import: ListImport) -> dict[str, str]:
    return {store.code: store.name for store in _stores_of(list_import)}


REASON = "store"
# Rows wait until their store is known; without a name the whole file is of one store.
STORES = Vocabulary(
    "store", _opened, _meanings, reason=REASON, folded=_key, empty=OF_FILE, of_file=_("Which store is this file of?")
)
# Of a card it may stay unknown.
HOME_STORES = Vocabulary("store", _opened, _meanings, folded=_key, may_be_nothing=True)
