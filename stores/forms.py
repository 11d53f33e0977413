"""How forms of the house look and behave. Public: ``CrmForm``, ``CrmModelForm``."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from stores.models import Employee, Role
from stores.visible import visible

CLASSES = {
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.Select: "form-select",
}


class _Dressed:
    """Gives each widget Tabler's class."""

    fields: dict[str, forms.Field]

    def dress(self) -> None:
        for field in self.fields.values():
            dressed = next((css for widget, css in CLASSES.items() if isinstance(field.widget, widget)), "form-control")
            own = field.widget.attrs.get("class", "")
            field.widget.attrs["class"] = f"{dressed} {own}".strip()


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


class ApiKeyForm(CrmForm):
    """What a key is for, and as whom it acts: it opens what that employee may see, and no more."""

    name = forms.CharField(label=_("What for"), max_length=80, help_text=_("For example: 1C of the warehouse."))
    employee = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True, role__in=[Role.ADMIN, Role.MANAGER]),
        label=_("acts as"), required=False, empty_label=_("me"),
        help_text=_("Lists need an admin; the figures also open to a manager, of their own stores."),
    )  # fmt: skip
