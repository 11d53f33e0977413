"""What is typed about a person, field by field: every writing is taken, a wrong one gets words beside it. Public."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients import selectors
from clients.models import Client
from clients.writing import dates, emails, names, phones
from clients.writing.names import BadNameError
from stores.selectors import whole_number
from stores.texts import writing

GONE = _("The person's data were erased meanwhile. What you typed is still here: choose another client, or register them anew.")
NAME_ATTRS = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}


class ClientField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The card that a page is about: one that was made part of another meanwhile is that other, and a gone one is said to be."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Client.objects.live(), **kwargs)

    def to_python(self, value: Any) -> Client | None:
        try:
            found: Client | None = super().to_python(value)
        except ValidationError:
            found = selectors.standing_for(whole_number(str(value)))
            if found is None:
                raise ValidationError(GONE) from None
        return found


class NameField(forms.CharField):
    """A surname, first name or patronymic, tidied; no markup, no numbers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, widget=forms.TextInput(attrs=NAME_ATTRS), **kwargs)

    def clean(self, value: Any) -> str:
        try:
            name = names.check(super().clean(value))
        except BadNameError:
            raise ValidationError(_("This does not look like a name.")) from None
        return name


class DayField(forms.CharField):
    """A day in any usual writing; shown and typed as ``03.07.1985``, the dots come by themselves."""

    of_birth = False

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": _("dd.mm.yyyy"), "data-day": ""}
        if not self.of_birth:
            attrs["data-calendar"] = ""
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return writing.short_day(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        text = super().clean(self.prepare_value(value) or "")
        if not text:
            return None
        day = dates.parse(text, timezone.localdate(), of_birth=self.of_birth)
        if day is None:
            raise ValidationError(_("There is no such day. Type it as 03.07.1985."))
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or None))


class BirthDateField(DayField):
    """A day on which a living client can have been born."""

    of_birth = True
    problems = {
        "future": _("This day is still to come."),
        "placeholder": _("This is a placeholder, not a birth date."),
        "too_old": _("That would make the client older than 110."),
    }

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and (problem := dates.birth_date_problem(day, timezone.localdate())):
            raise ValidationError(self.problems[problem])
        return day


class PhoneField(forms.CharField):
    """A phone in any writing, cleaned to E.164."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "off", "placeholder": "8 914 123-45-67"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return phones.national(value) if isinstance(value, str) and value.startswith("+") and " " not in value else value

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        phone = phones.normalise(text)
        if phone is None:
            raise ValidationError(_("This is not a whole phone number. Ours have ten digits after 8 or +7."))
        return phone


class EmailField(forms.CharField):
    """An e-mail in lower case; what it may have ``meant`` stands beside it, taken by one key, never put into it."""

    suggests = True

    def __init__(self, **kwargs: Any) -> None:
        self.meant = ""
        attrs = {
            "inputmode": "email", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false",
            "hx-post": reverse_lazy("clients:meant"), "hx-trigger": "input changed delay:300ms", "hx-target": "next [data-meant]",
            "hx-params": "csrfmiddlewaretoken,email", "hx-sync": "this:replace", "hx-swap": "innerHTML",
        }  # fmt: skip
        super().__init__(max_length=254, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        email = emails.normalise(text)
        self.meant = emails.meant(text)
        if email is None:
            raise ValidationError(_("This is not an e-mail. It looks like name@mail.ru."))
        return email
