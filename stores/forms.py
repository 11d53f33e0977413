"""How forms of the house look and behave. Public: ``CrmForm``, ``CrmModelForm``, and ``EditsRow`` for those that change a row."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from stores import opened
from stores.models import Employee, Role
from stores.opened import Author, ChangedMeanwhileError, Edit
from stores.texts import writing
from stores.texts.visible import visible

OPENED = "opened"
BLANK = BLANK_CHOICE_DASH[0][1]

CLASSES = {
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.Select: "form-select",
}


NOTHING_CHOSEN = "—"


class _Dressed:
    """Gives each widget Tabler's class; what is not chosen is one dash, not nine."""

    fields: dict[str, forms.Field]

    def dress(self) -> None:
        for field in self.fields.values():
            dressed = next((css for widget, css in CLASSES.items() if isinstance(field.widget, widget)), "form-control")
            own = field.widget.attrs.get("class", "")
            field.widget.attrs["class"] = f"{dressed} {own}".strip()
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = NOTHING_CHOSEN if field.empty_label == BLANK else field.empty_label
            elif isinstance(field, forms.TypedChoiceField) and ("", BLANK) in (choices := [*field.widget.choices]):
                field.choices = [("", NOTHING_CHOSEN), *(choice for choice in choices if choice != ("", BLANK))]


def _as_seen(data: Any) -> Any:
    """What was typed or pasted, its letters composed and its invisible marks gone."""
    if not isinstance(data, MultiValueDict):
        return {name: visible(value) if isinstance(value, str) else value for name, value in data.items()} if data else data
    seen = data.copy()
    for name, values in data.lists():
        seen.setlist(name, [visible(value) for value in values])
    return seen


class CrmForm(_Dressed, forms.Form):
    """A form in the house's look; what comes into it is text as it is seen."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_as_seen(data), *args, **kwargs)
        self.dress()


class CrmModelForm(_Dressed, forms.ModelForm[Any]):
    """A model form in the house's look; what comes into it is text as it is seen."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_as_seen(data), *args, **kwargs)
        self.dress()


class Changed(NamedTuple):
    """A field of a row that somebody else changed while a form about it was open; ``typed`` is "" where it was left alone."""

    label: str
    before: str
    now: str
    typed: str
    author: Author


class EditsRow:
    """Of a form that changes a row which is there: it carries what stood in the row when it was opened (``stores.opened``).

    The form ends its ``__init__`` by ``carry``; its template shows ``form.opened`` and ``parts/_changed_meanwhile.html``.
    """

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    data: Any
    is_bound: bool
    row: Any
    changed_meanwhile: list[Changed]

    def carry(self, row: Model) -> None:
        self.row, self.changed_meanwhile = row, []
        self.now = self.standing(row) if row.pk else {}
        self.fields[OPENED] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=opened.seal(row, self.now) if row.pk else ""
        )

    def standing(self, row: Any, /) -> dict[str, Any]:
        """What stands in a row, by the names of the form's fields."""
        return opened.standing(row, [name for name, field in self.fields.items() if name != OPENED and not field.disabled])

    def edit(self) -> Edit:
        """What is wanted by a form that was found valid, beside what was seen."""
        return Edit(self._seen(), {name: self.cleaned_data[name] for name in self.now})

    def _seen(self) -> dict[str, Any]:
        return opened.unseal(self.row, str(self.data.get(self.add_prefix(OPENED), "")))  # type: ignore[attr-defined]

    def write(self) -> Any:
        """The row with what the person changed of it; None where they are asked, as ``ask`` does. Raises DoesNotExist."""
        try:
            return opened.write(self.row, self.edit(), read=self.standing)
        except ChangedMeanwhileError as changed:
            self.ask(changed)
        except ValidationError as wrong:
            self.add_error(None, wrong.messages)  # type: ignore[attr-defined]
        return None

    def ask(self, error: ChangedMeanwhileError) -> None:
        """Ask about what both changed: the form stands as it was typed, and what was left alone as the other wrote it.

        Saving once more is the person's decision.
        """
        edit, seen = self.edit(), self._seen()
        self.row = self.as_it_stands()
        self.now = self.standing(self.row)
        others = [name for name, value in self.now.items() if seen.get(name) != opened.plain(value)]
        self.changed_meanwhile = [self._told(name, seen, edit, name in error.fields) for name in others]
        data = self.data.copy()
        data[self.add_prefix(OPENED)] = opened.seal(self.row, self.now)  # type: ignore[attr-defined]
        for name in set(others) - set(edit.touched):
            put(data, self[name], self.shown(name, self.now[name]))  # type: ignore[index]
        self.data = data
        self.add_error(None, _("Somebody else changed this meanwhile. Look at what stands now and decide."))  # type: ignore[attr-defined]

    def as_it_stands(self) -> Any:
        """The row once more, as others have left it. Raises DoesNotExist."""
        return type(self.row)._base_manager.get(pk=self.row.pk)

    def _told(self, name: str, seen: Mapping[str, Any], edit: Edit, is_asked: bool) -> Changed:
        before = self.in_words(name, seen[name]) if name in seen else ""
        typed = self.in_words(name, edit.wanted[name]) if is_asked else ""
        label = str(self.fields[name].label or name)
        return Changed(label, before, self.in_words(name, self.now[name]), typed, self.author_of(name))

    def author_of(self, name: str) -> Author:
        """Who wrote what stands in a field now."""
        return opened.author_of(self.row, name)

    def shown(self, name: str, value: Any) -> Any:
        """A value that stands in the row, as its field shows it."""
        return value

    def in_words(self, name: str, value: Any) -> str:
        """A value of a field as people read it; as it stands in the row, or as the seal has kept it."""
        return _in_words(self.fields[name], value)


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    kept = opened.plain(value)
    if kept in ("", []):
        return "—"
    if isinstance(field, forms.ModelChoiceField):
        keys = kept if isinstance(kept, list) else [kept]
        return ", ".join(map(str, field.queryset.filter(pk__in=keys))) if field.queryset is not None else ""
    if isinstance(field, forms.ChoiceField):
        return str({opened.plain(key): label for key, label in field.choices}.get(kept, kept))  # type: ignore[misc, union-attr]
    return _figure_or_day(field, str(kept))


def _figure_or_day(field: forms.Field, kept: str) -> str:
    if field.widget.attrs.get("inputmode") == "decimal" or isinstance(field, forms.IntegerField):
        return writing.shortest(kept)
    try:
        day = date.fromisoformat(kept)
    except ValueError:
        return str(field.prepare_value(kept))
    return writing.short_day(day)


def put(data: Any, field: forms.BoundField, value: Any) -> None:
    """A value of the row in its field, as if it had been typed."""
    if isinstance(field.field.widget, forms.CheckboxInput):
        data.pop(field.html_name, None)
        if value:
            data[field.html_name] = "on"
    elif isinstance(field.field, forms.ModelMultipleChoiceField):
        data.setlist(field.html_name, [str(one.pk) for one in value])
    else:
        data[field.html_name] = field.field.prepare_value(value)


class ApiKeyForm(CrmForm):
    """What a key is for, and as whom it acts: it opens what that employee may see, and no more."""

    name = forms.CharField(label=_("What for"), max_length=80, help_text=_("For example: 1C of the warehouse."))
    employee = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True, role__in=[Role.ADMIN, Role.MANAGER]),
        label=_("acts as"), required=False, empty_label=_("me"),
        help_text=_("Lists need an admin; the figures also open to a manager, of their own stores."),
    )  # fmt: skip
