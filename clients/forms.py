"""Forms about people: every writing of a day, a phone or a name is taken, a wrong one gets words beside it."""

import re
from datetime import date
from typing import Any, NamedTuple, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients import parts
from clients.models import (
    ASKED_AT_THE_COUNTER,
    ASKED_IN_CHATS,
    ASKED_ON_CARDS,
    Client,
    HeardFrom,
    Metal,
    NoEmail,
    Occasion,
    OccasionKind,
    Purpose,
)
from clients.services import ContactDetails, days_of, words_of
from clients.typed import BirthDateField, EmailField, NameField, PhoneField
from clients.writing import addresses, dates, emails, names
from stores import opened
from stores.forms import OPENED, CrmForm, EditsRow
from stores.opened import Edit

YEARLESS = re.compile(r"\d{1,2}[./-]\d{1,2}\.?")
# By place and with Alt; the other letters are taken on the page, or are menus of browsers.
HEARD_KEYS = "qwrtycvbm"


def details_of(cleaned: dict[str, Any]) -> ContactDetails:
    """The facts among cleaned data; what was not said stays empty."""
    return ContactDetails(**{field: cleaned[field] for field in ContactDetails._fields if cleaned.get(field)})


class ConsentsMixin(forms.Form):
    """A box for each purpose that the counter asks for; ``consents()`` gives the words said."""

    consent_personal_data = forms.BooleanField(label=Purpose.PERSONAL_DATA.label, required=False)
    consent_advertising_sms = forms.BooleanField(label=Purpose.ADVERTISING_SMS.label, required=False)
    consent_advertising_email = forms.BooleanField(label=Purpose.ADVERTISING_EMAIL.label, required=False)
    consent_calls = forms.BooleanField(label=Purpose.CALLS.label, required=False)

    def consents(self) -> dict[str, bool]:
        return {p.value: bool(self.cleaned_data.get(f"consent_{p.value}")) for p in ASKED_AT_THE_COUNTER}

    @property
    def consent_fields(self) -> list[forms.BoundField]:
        return [self[f"consent_{purpose.value}"] for purpose in ASKED_AT_THE_COUNTER]


class CardConsentsForm(EditsRow, ConsentsMixin):
    """The boxes of a card: what was ticked or unticked is a word of the client, the rest is what it was.

    What is asked for in chats, or on the client's page, alone can be taken back here, and not given.
    """

    consent_advertising_chat = forms.BooleanField(label=Purpose.ADVERTISING_MESSENGER.label, required=False)
    consent_advertising_post = forms.BooleanField(label=Purpose.ADVERTISING_POST.label, required=False)
    consent_advertising_push = forms.BooleanField(label=Purpose.ADVERTISING_PUSH.label, required=False)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry(client)

    def standing(self, row: Client, /) -> dict[str, Any]:
        return dict(words_of(row))

    def consents(self) -> dict[str, bool]:
        seen = self._seen() or {}
        taken = {p.value: bool(self.cleaned_data.get(f"consent_{p.value}")) and bool(seen.get(p)) for p in ASKED_IN_CHATS}
        asked = {p.value: bool(self.cleaned_data.get(f"consent_{p.value}")) for p in ASKED_ON_CARDS}
        return super().consents() | asked | taken

    def edit(self) -> Edit:
        return Edit(self._seen(), self.consents())

    def taken_back(self) -> list[str]:
        """Purposes that the person saw agreed to and unticked."""
        edit = self.edit()
        return [purpose for purpose in edit.touched if edit.opened.get(purpose) is True]


class NoEmailField(forms.ChoiceField):
    """Why there is no e-mail, by one key; nothing chosen where there is one."""

    widget = forms.RadioSelect

    def __init__(self) -> None:
        super().__init__(label=_("Or no e-mail, because the client"), choices=NoEmail.choices, required=False)


class HeardFromField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """How the client heard of us, in the chain's own answers: by one key, never required."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(HeardFrom.objects.asked(), label=_("How did they hear of us?"), required=False, **kwargs)


class KeyedAnswer(NamedTuple):
    """An answer and the key that gives it with Alt; the later ones of a long list have none."""

    value: int
    label: str
    key: str


def keyed_answers() -> list[KeyedAnswer]:
    """The answers in the chain's order. One query."""
    return [
        KeyedAnswer(answer.pk, str(answer), HEARD_KEYS[place : place + 1])
        for place, answer in enumerate(HeardFrom.objects.asked())
    ]


class RegisterForm(CrmForm, ConsentsMixin):
    """The four required things and the consents on one screen."""

    last_name = NameField(label=_("Surname"))
    first_name = NameField(label=_("First name"))
    middle_name = NameField(label=_("Patronymic"), required=False)
    birth_date = BirthDateField(label=_("Birth date"))
    phone = PhoneField(label=_("Phone"))
    email = EmailField(label=_("E-mail"), required=False)
    no_email = NoEmailField()
    heard_from = HeardFromField()
    friend = forms.CharField(label=_("Brought by a friend: code, phone or card"), max_length=200, required=False)
    behind = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bringing = parts.who_brings()
        if self.bringing is None:
            del self.fields["friend"]
        else:
            self.fields["friend"].widget.attrs["autocomplete"] = "off"

    def clean_friend(self) -> str:
        text = str(self.cleaned_data["friend"])
        if text and self.bringing and (why := self.bringing.refusal(text)):
            raise ValidationError(why)
        return text

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("email"):
            said["no_email"] = ""
        elif "email" in said and not said.get("no_email"):
            self.add_error("email", _("Ask for the e-mail; if there is none, say so below."))
        return said

    @property
    def answers(self) -> list[KeyedAnswer]:
        return keyed_answers()

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
    postal_address = forms.CharField(
        label=_("Postal address"), required=False, max_length=addresses.LONGEST,
        help_text=_("Postcode, town, street, house, flat. For letters on paper, if the client agreed to them."),
    )  # fmt: skip
    heard_from = HeardFromField(widget=forms.Select)
    language = forms.ChoiceField(label=_("Is written to in"), choices=settings.LANGUAGES, required=False)
    metal = forms.ChoiceField(label=_("Likes metal"), required=False, choices=[("", "—"), *Metal.choices])
    likes = forms.CharField(label=_("Likes and wears"), required=False, max_length=300)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        self.client = client
        initial = {name: getattr(client, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        answers = cast("HeardFromField", self.fields["heard_from"])
        answers.queryset = HeardFrom.objects.filter(Q(is_active=True) | Q(pk=client.heard_from_id))
        for name in client.missing:
            if name in self.fields:
                self.fields[name].required = False
        self.carry(client)

    def clean_postal_address(self) -> str:
        """In the order of the post; one that a list brought without an index may stay until somebody changes it."""
        address = addresses.normalise(str(self.cleaned_data["postal_address"]))
        if address and address != self.client.postal_address and not addresses.is_whole(address):
            raise ValidationError(
                _("Write the postcode of six digits and the house: “690091, Vladivostok, Svetlanskaya st., 10, flat 5”.")
            )
        return address

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
