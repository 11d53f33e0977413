"""Forms about people: every writing of a day, a phone or a name is taken, a wrong one gets words beside it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Metal, NoEmail, Occasion, OccasionKind, Purpose
from clients.services import ContactDetails, days_of, words_of
from clients.writing import dates, emails, names, phones
from clients.writing.names import BadNameError
from stores import opened, writing
from stores.forms import OPENED, CrmForm, EditsRow
from stores.opened import Edit

YEARLESS = re.compile(r"\d{1,2}[./-]\d{1,2}\.?")
NAME_ATTRS = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}


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


def details_of(cleaned: dict[str, Any]) -> ContactDetails:
    """The facts among cleaned data; what was not said stays empty."""
    return ContactDetails(**{field: cleaned[field] for field in ContactDetails._fields if cleaned.get(field)})


class ConsentsMixin(forms.Form):
    """A box for each purpose; ``consents()`` gives the words said."""

    consent_personal_data = forms.BooleanField(label=Purpose.PERSONAL_DATA.label, required=False)
    consent_advertising_sms = forms.BooleanField(label=Purpose.ADVERTISING_SMS.label, required=False)
    consent_advertising_email = forms.BooleanField(label=Purpose.ADVERTISING_EMAIL.label, required=False)
    consent_calls = forms.BooleanField(label=Purpose.CALLS.label, required=False)

    def consents(self) -> dict[str, bool]:
        return {purpose.value: bool(self.cleaned_data.get(f"consent_{purpose.value}")) for purpose in Purpose}

    @property
    def consent_fields(self) -> list[forms.BoundField]:
        return [self[f"consent_{purpose.value}"] for purpose in Purpose]


class CardConsentsForm(EditsRow, ConsentsMixin):
    """The boxes of a card: what was ticked or unticked is a word of the client, the rest is what it was."""

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry(client)

    def standing(self, row: Client, /) -> dict[str, Any]:
        return dict(words_of(row))

    def edit(self) -> Edit:
        return Edit(self._seen(), self.consents())


class NoEmailField(forms.ChoiceField):
    """Why there is no e-mail, by one key; nothing chosen where there is one."""

    widget = forms.RadioSelect

    def __init__(self) -> None:
        super().__init__(label=_("Or no e-mail, because the client"), choices=NoEmail.choices, required=False)


class RegisterForm(CrmForm, ConsentsMixin):
    """The four required things and the consents on one screen."""

    last_name = NameField(label=_("Surname"))
    first_name = NameField(label=_("First name"))
    middle_name = NameField(label=_("Patronymic"), required=False)
    birth_date = BirthDateField(label=_("Birth date"))
    phone = PhoneField(label=_("Phone"))
    email = EmailField(label=_("E-mail"), required=False)
    no_email = NoEmailField()
    behind = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("email"):
            said["no_email"] = ""
        elif "email" in said and not said.get("no_email"):
            self.add_error("email", _("Ask for the e-mail; if there is none, say so below."))
        return said

    def clean_consent_personal_data(self) -> bool:
        given = bool(self.cleaned_data["consent_personal_data"])
        if not given:
            raise ValidationError(_("Without this consent a card cannot be kept."))
        return given

    def clean_first_name(self) -> str:
        name = str(self.cleaned_data["first_name"])
        if names.is_initial(names.meant(names.PersonName(str(self.cleaned_data.get("last_name", "")), name)).first):
            raise ValidationError(_("Write the first name in full."))
        return name

    def details(self) -> ContactDetails:
        return details_of(self.cleaned_data)


class SayingForm(CrmForm):
    """What has been typed so far of a registration: whatever can be read is read, the rest is left out."""

    last_name = NameField(label=_("Surname"), required=False)
    first_name = NameField(label=_("First name"), required=False)
    middle_name = NameField(label=_("Patronymic"), required=False)
    birth_date = BirthDateField(label=_("Birth date"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    email = EmailField(label=_("E-mail"), required=False)
    no_email = NoEmailField()

    def details(self) -> ContactDetails:
        self.is_valid()
        return details_of(self.cleaned_data)


class CompleteForm(SayingForm):
    """Only what a card lacks; for an e-mail, also why there is none."""

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lacking = {*client.missing, *(("no_email",) if "email" in client.missing else ())}
        for name in list(self.fields):
            if name not in lacking:
                del self.fields[name]
            elif name in client.as_written:
                self.fields[name].help_text = _("The list said: %(text)s") % {"text": client.as_written[name]}
                if isinstance(field := self.fields[name], EmailField):
                    field.meant = emails.meant(client.as_written[name])


def day_of_year(text: str) -> tuple[int, int | None]:
    """Month × 100 + day and the year, if it was typed. Raises ValidationError."""
    whole = dates.parse(text if YEARLESS.fullmatch(text) is None else f"{text.rstrip('.')}.2000", date.today())  # noqa: DTZ011
    if whole is None:
        raise ValidationError(_("This is no day. Write it as 14.02 or 14.02.2015."))
    return whole.month * 100 + whole.day, None if YEARLESS.fullmatch(text) else whole.year


class OccasionForm(CrmForm):
    """A day that the client keeps every year, with or without the year it began in."""

    kind = forms.ModelChoiceField(OccasionKind.objects.all(), label=_("Occasion"), empty_label=None)
    day = forms.CharField(
        label=_("Day"), max_length=10, widget=forms.TextInput(attrs={"placeholder": _("14.02 or 14.02.2015"), "data-day": ""})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once: the field's own choices are read by cursors of the server, three round trips twice.
        self.fields["kind"].choices = [(kind.pk, str(kind)) for kind in OccasionKind.objects.all()]  # type: ignore[attr-defined]

    def clean_day(self) -> tuple[int, int | None]:
        """Month × 100 + day, and the year."""
        return day_of_year(str(self.cleaned_data["day"]).strip())


class CardOccasionForm(EditsRow, OccasionForm):
    """The same on a card: a day of its kind that somebody wrote down meanwhile is shown first."""

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry(client)

    def standing(self, row: Client, /) -> dict[str, Any]:
        # Never empty: what is sealed as nothing differs from what was not sealed.
        return {"": None, **days_of(row)}

    def seen(self) -> dict[str, Any]:
        """The days that the page showed."""
        return self._seen()

    def ask_about(self, held: Occasion) -> None:
        """Show the day that stands now; saving once more is the person's decision."""
        data = self.data.copy()
        data[OPENED] = opened.seal(self.row, self.standing(self.row))
        self.data = data
        said = {"who": held.by or "—", "day": held.shown}
        self.add_error("day", _("Meanwhile %(who)s wrote down %(day)s. Save once more to put yours in its place.") % said)


class CardForm(EditsRow, CrmForm):
    """The whole card, for a correction on purpose."""

    last_name = NameField(label=_("Surname"))
    first_name = NameField(label=_("First name"))
    middle_name = NameField(label=_("Patronymic"), required=False)
    birth_date = BirthDateField(label=_("Birth date"))
    phone = PhoneField(label=_("Phone"))
    email = EmailField(label=_("E-mail"))
    ring_size = forms.DecimalField(
        label=_("Ring size"), required=False, min_value=10, max_value=30, decimal_places=2, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "data-ring-size": ""}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Is written to in"), choices=settings.LANGUAGES, required=False)
    metal = forms.ChoiceField(label=_("Likes metal"), required=False, choices=[("", "—"), *Metal.choices])
    likes = forms.CharField(label=_("Likes and wears"), required=False, max_length=300)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        self.client = client
        initial = {name: getattr(client, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        for name in client.missing:
            if name in self.fields:
                self.fields[name].required = False
        self.carry(client)

    def clean_language(self) -> str:
        return str(self.cleaned_data["language"] or self.client.language)


class ErasureForm(CrmForm):
    """The card's number typed once more, and the ground: nothing is erased by a slip."""

    number = forms.CharField(label=_("Number of the card"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    basis = forms.CharField(
        label=_("On the ground of"), max_length=200, help_text=_("The person's request of 24 November, in writing.")
    )

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client

    def clean_number(self) -> str:
        if self.cleaned_data["number"].strip() != str(self.client.pk):
            raise ValidationError(_("This is not the number of this card."))
        return str(self.client.pk)
