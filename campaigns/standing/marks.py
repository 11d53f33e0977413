"""Which of some clients several queries find, asked of the database at once."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import CharField, QuerySet, Value


def marked(clients: Collection[int], by: "Mapping[str, QuerySet[Any]]") -> dict[str, set[int]]:
    """Of the clients, those whom each query of rows with a ``client`` finds, by its name. One query."""
    found: dict[str, set[int]] = {name: set() for name in by}
    first, *others = (
        rows.filter(client__pk__any=clients).order_by().values_list(Value(name, CharField()), "client")
        for name, rows in by.items()
    )  # fmt: skip
    for name, client in first.union(*others, all=True) if others else first:
        found[name].add(client)
    return found
