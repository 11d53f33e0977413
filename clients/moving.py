"""Rows that belong to a client, given to another client and back: what every ``ClientPart`` does with plain tables. Public."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import models


def move_rows(tables: Iterable[type[models.Model]], absorbed: int, survivor: int) -> dict[str, list[int]]:
    """Give a client's rows of these tables to another. Returns table → the keys of what moved."""
    moved = {}
    for table in tables:
        theirs = table._default_manager.filter(client=absorbed)
        if keys := list(theirs.order_by("pk").values_list("pk", flat=True)):
            theirs.filter(pk__in=keys).update(client=survivor)
            moved[table._meta.label_lower] = keys
    return moved


def restore_rows(tables: Iterable[type[models.Model]], moved: Mapping[str, Sequence[int]], absorbed: int, survivor: int) -> None:
    """Give back the rows that ``move_rows`` moved and that are still where it put them."""
    for table in tables:
        keys = moved.get(table._meta.label_lower, [])
        table._default_manager.filter(pk__in=keys, client=survivor).update(client=absorbed)
