"""How a list is narrowed by its address. Public."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import Filter, FilterSet

from stores.selectors import whole_number


class Narrowing(FilterSet):
    """The rows that an address asks for. What it says wrongly narrows nothing, as if it were not said."""

    @property
    def asked(self) -> dict[str, Any]:
        """What the address asks for, as far as it makes sense."""
        self.form.is_valid()
        said: dict[str, Any] = self.form.cleaned_data
        return said

    def but_for(self, *names: str) -> "QuerySet[Any]":
        """The rows as if these were not asked for: what a count beside the list is made of."""
        rows: QuerySet[Any] = self.queryset.all()
        for name, value in self.asked.items():
            if name not in names:
                rows = self.filters[name].filter(rows, value)
        return rows


class KeyField(forms.Field):
    """A primary key; None for anything else."""

    def to_python(self, text: str | None) -> int | None:
        return whole_number(text or "") or None


class KeyFilter(Filter):
    """Rows that point at the row of a key."""

    field_class = KeyField
