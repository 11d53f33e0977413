"""What every export of the chain's data shares. Public."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from import_export.fields import Field
from import_export.resources import Resource

from imports.cells import escape
from imports.specs import ListSpec

# An export is made while somebody waits; larger ones are for a period or a store.
MOST_ROWS = 50_000
CHUNK = 2_000
# What a spreadsheet reckons with; all else is text.
RECKONED = (int, float, Decimal, date, time, timedelta, type(None))

Value = str | Callable[[Any], object]


def column(label: str | Promise, value: Value) -> Field:
    """A column of an export: its header in the person's language, and where its value is, as a path or a function of the row."""
    return Field(column_name=label, readonly=True, **_where(value))


def _where(value: Value) -> dict[str, Any]:
    return {"dehydrate_method": value} if callable(value) else {"attribute": value}


class ListField(Field):
    """A column that goes out under the header by which the list, when it comes in, knows it."""

    def __init__(self, spec: ListSpec, name: str, value: Value) -> None:
        super().__init__(column_name=spec.column(name).label, readonly=True, **_where(value))
        self.listed_as = name


class SafeResource(Resource):
    """An export whose texts a spreadsheet does not take for formulas; its numbers and days stay what they are.

    Its columns name clients' contacts unless it says otherwise; then it takes the chain's permission to export it.
    """

    has_contacts = True

    def export_field(self, field: Field, instance: Any, **kwargs: Any) -> Any:
        value = _told(field, instance)
        return value if isinstance(value, RECKONED) else escape(value)

    def lines(self, queryset: "QuerySet[Any]") -> Iterator[list[object]]:
        """The header and the rows as they are: who writes them down escapes them, once."""
        fields = self.get_export_fields()
        yield [field.column_name for field in fields]
        for instance in self.iter_queryset(queryset):
            yield [_told(field, instance) for field in fields]

    def iter_queryset(self, queryset: "QuerySet[Any]") -> Iterator[Any]:
        """In chunks, each with what it prefetches; the library's pages would count the rows anew for each hundred."""
        yield from queryset.iterator(chunk_size=CHUNK)


def _told(field: Field, instance: Any) -> Any:
    told = field.dehydrate_method
    value = told(instance) if callable(told) else field.get_value(instance)
    return value if isinstance(value, RECKONED) else str(value)
