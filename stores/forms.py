"""How forms of the house look and behave. Public: ``CrmForm``, ``CrmModelForm``."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stores.models import Employee, Role

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


class CrmForm(_Dressed, forms.Form):
    """A form in the house's look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class CrmModelForm(_Dressed, forms.ModelForm[Any]):
    """A model form in the house's look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class ApiKeyForm(CrmForm):
    """What a key is for, and as whom it acts: it opens what that employee may see, and no more."""

    name = forms.CharField(label=_("What for"), max_length=80, help_text=_("For example: 1C of the warehouse."))
    employee = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True, role__in=[Role.ADMIN, Role.MANAGER]),
        label=_("acts as"), required=False, empty_label=_("me"),
        help_text=_("Lists need an admin; the figures also open to a manager, of their own stores."),
    )  # fmt: skip
