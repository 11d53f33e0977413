"""Rows that belong to a client, given to another client and back: what every ``ClientPart`` does with plain tables. Public."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stores.texts import writing


def move_rows(tables: Iterable[type[models.Model]], absorbed: int, survivor: int) -> dict[str, list[int]]:
    """Give a client's rows of these tables to another, hidden ones too. Returns table → the keys of what moved."""
    moved = {}
    for table in tables:
        theirs = table._base_manager.filter(client=absorbed)
        if keys := list(theirs.order_by("pk").values_list("pk", flat=True)):
            theirs.filter(pk__in=keys).update(client=survivor)
            moved[table._meta.label_lower] = keys
    return moved


def restore_rows(tables: Iterable[type[models.Model]], moved: Mapping[str, Sequence[int]], absorbed: int, survivor: int) -> None:
    """Give back the rows that ``move_rows`` moved and that are still where it put them."""
    for table in tables:
        keys = moved.get(table._meta.label_lower, [])
        table._base_manager.filter(pk__in=keys, client=survivor).update(client=absorbed)


def describe_rows(
    rows: Iterable[models.Model], fields: Sequence[str], words: Mapping[str, Callable[[Any], str]] = MappingProxyType({})
) -> list[dict[str, Any]]:
    """Rows for the person whom they are about to read: label of the field → value as text.

    ``words`` are for fields that keep what no person reads: by field, what is said of a row.
    """
    return [
        {str(row._meta.get_field(name).verbose_name): words[name](row) if name in words else _shown(row, name) for name in fields}  # type: ignore[union-attr]
        for row in rows
    ]


def _shown(row: models.Model, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return writing.short_day(value)
    value = writing.typed(value, thousands=True)
    return "" if value is None else str(value)
