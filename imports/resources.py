"""What every export of the chain's data shares. Public."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from import_export.fields import Field
from import_export.resources import ModelResource

from imports.outcomes import escape

# An export is made while somebody waits; larger ones are for a period or a store.
MOST_ROWS = 50_000


def column(label: str | Promise, attribute: str) -> Field:
    """A column of an export: its header in the person's language, and where its value is."""
    return Field(attribute=attribute, column_name=label, readonly=True)


class SafeResource(ModelResource):
    """An export whose texts a spreadsheet does not take for formulas."""

    def get_export_headers(self, *args: Any, **kwargs: Any) -> list[str]:
        return [str(header) for header in super().get_export_headers(*args, **kwargs)]

    def export_field(self, field: Field, instance: Any, **kwargs: Any) -> Any:
        value = field.get_value(instance)
        return escape(value) if isinstance(value, str) else value

    def table(self, rows: "QuerySet[Any]") -> tuple[list[str], Sequence[Sequence[Any]]]:
        """Header and rows of the export."""
        data = self.export(rows)
        return data.headers, [data[at] for at in range(len(data))]
