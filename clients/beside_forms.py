"""Forms of what stands beside the card: further contacts, and the people whom the client buys for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms import day_of_year
from clients.models import ContactBeside, OccasionKind, Relation, Wearer
from clients.typed import EmailField, NameField, PhoneField
from stores.forms import CrmForm, EditsRow


class ContactForm(EditsRow, CrmForm):
    """A further phone or e-mail, whichever was typed, and whose it is in a word."""

    value = forms.CharField(
        label=_("Phone or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    words = forms.CharField(
        label=_("Whose, or when to call"), required=False, max_length=100, widget=forms.TextInput(attrs={"list": "whose"})
    )

    def __init__(self, *args: Any, contact: ContactBeside, **kwargs: Any) -> None:
        super().__init__(*args, initial={"value": contact.shown, "words": contact.words} if contact.pk else {}, **kwargs)
        self.carry(contact)

    def wanted(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("value", "words")}

    def in_words(self, name: str, value: Any) -> str:
        return ContactBeside(value=value).shown if name == "value" else super().in_words(name, value)

    def clean_value(self) -> str:
        text = str(self.cleaned_data["value"])
        return (EmailField() if "@" in text else PhoneField()).clean(text) or ""


class WearerForm(EditsRow, CrmForm):
    """Somebody the client buys for: a name and what helps to choose; no contacts."""

    first_name = NameField(label=_("First name"))
    relation = forms.ChoiceField(label=_("Is the client's"), choices=Relation.choices, initial=Relation.OTHER)
    occasion = forms.ModelChoiceField(OccasionKind.objects.all(), label=_("Occasion"), required=False, empty_label=_("birthday"))
    day = forms.CharField(
        label=_("Day"), max_length=10, required=False,
        widget=forms.TextInput(attrs={"placeholder": _("14.02 or 14.02.2015"), "data-day": ""}),
    )  # fmt: skip
    ring_size = forms.DecimalField(
        label=_("Ring size"), required=False, min_value=10, max_value=30, decimal_places=2, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-ring-size": ""}),
    )  # fmt: skip
    is_surprise = forms.BooleanField(label=_("A surprise: do not mention"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, wearer: Wearer, **kwargs: Any) -> None:
        self.wearer = wearer
        initial = {name: getattr(wearer, name) for name in self.base_fields} | {"day": wearer.day_shown}
        super().__init__(*args, initial=initial if wearer.pk else {}, **kwargs)
        self.carry(wearer)

    def standing(self, row: Wearer, /) -> dict[str, Any]:
        return super().standing(row) | {"day": (row.day, row.year)}

    def shown(self, name: str, value: Any) -> Any:
        """A day kept each year is two columns of the row."""
        if name != "day":
            return value
        day, year = (int(part) if part else None for part in value)
        return Wearer(day=day, year=year).day_shown

    def in_words(self, name: str, value: Any) -> str:
        return (self.shown(name, value) or "—") if name == "day" else super().in_words(name, value)

    def clean_day(self) -> tuple[int | None, int | None]:
        text = str(self.cleaned_data["day"]).strip()
        return day_of_year(text) if text else (None, None)

    def apply(self) -> Wearer:
        """The wearer as typed, not saved."""
        for name, value in self.cleaned_data.items():
            if name != "day":
                setattr(self.wearer, name, value)
        self.wearer.day, self.wearer.year = self.cleaned_data["day"]
        return self.wearer
