"""Forms of the service desk: the ticket with its envelopes, and what happens to a request after that."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext_lazy as _

from catalogue import pictures
from clients.forms import ConsentsMixin, NoEmailField, details_of
from clients.models import Client
from clients.services import ContactDetails
from clients.typed import BirthDateField, ClientField, EmailField, NameField, PhoneField
from purchases.models import Piece
from stores.forms import CrmForm, EditsRow
from stores.texts import writing
from stores.texts.fields import MoneyField, SizeField
from workshop import photos
from workshop.models import HandedBy, ServiceKind, ServicePhoto, ServiceRequest
from workshop.selectors import ticket_number
from workshop.terms import Terms


class VisitorForm(CrmForm, ConsentsMixin):
    """Who stands at the service desk: surname and birth date first, what else they give now fills the card."""

    last_name = NameField(label=_("Surname"))
    birth_date = BirthDateField(label=_("Birth date"))
    first_name = NameField(label=_("First name"), required=False)
    middle_name = NameField(label=_("Patronymic"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    email = EmailField(label=_("E-mail"), required=False)
    no_email = NoEmailField()
    client = ClientField(required=False)
    behind = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self) -> ContactDetails:
        return details_of(self.cleaned_data)

    def yeses(self) -> dict[str, bool]:
        """Consents given now; an empty box at the desk takes nothing back."""
        return {purpose: given for purpose, given in self.consents().items() if given}


class KnownVisitorForm(VisitorForm):
    """The same with the card chosen: nothing more is required, and what the card has is not asked for again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def not_agreed(self, said: dict[str, bool]) -> list[forms.BoundField]:
        """Boxes of the purposes to which the client has not agreed yet."""
        return [field for field in self.consent_fields if not said[field.name.removeprefix("consent_")]]


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Pictures from the tablet's camera or its files; cleaned to JPEG."""

    def __init__(self, **kwargs: Any) -> None:
        # Pictures stay chosen while the rest of the form comes back with its errors.
        attrs = {"accept": "image/*", "capture": "environment", "multiple": True, "hx-preserve": "true"}
        super().__init__(required=False, widget=PhotosInput(attrs=attrs), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(files) > photos.MOST:
            raise ValidationError(_("At most %(most)s photos at once.") % {"most": photos.MOST})
        try:
            return [pictures.picture(one) for one in files]
        except pictures.PhotoError:
            words = _("One of the files is no picture (JPEG, PNG, WebP), or too large: 20 MB, 120 megapixels.")
            raise ValidationError(words) from None


PASSPORT = re.compile(r"(?<!\d)\d{2}\s?\d{2}[\s№]*\d{6}(?!\d)")


class PlainWordsField(forms.CharField):
    """Words that all employees read, and that are kept as they are: no place for a passport's number."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if PASSPORT.search(words or ""):
            raise ValidationError(_("Do not write a passport's number here: all employees read it. Leave the number out."))
        return words


class WeightField(forms.DecimalField):
    """Grams, with a comma or a point."""

    def prepare_value(self, value: Any) -> Any:
        return writing.typed(value)

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace(",", ".") if value else value)


PASSED_BY = {"data-optional": "", "autocomplete": "off"}
DAY_INPUT = {"type": "date", "data-optional": ""}


class EnvelopeForm(CrmForm):
    """One piece that is left, and what is to be done with it. ``data-optional`` is passed by when Enter goes on."""

    piece = forms.ModelChoiceField(Piece.objects.kept(), required=False, widget=forms.HiddenInput)
    warranty_of = forms.ModelChoiceField(ServiceRequest.objects.all(), required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What to do"), choices=ServiceKind.choices, initial=ServiceKind.RESIZING)
    description = forms.CharField(
        label=_("The piece by appearance"), max_length=300, required=False,
        help_text=_("Yellow metal, one white stone, scratch inside."),
    )  # fmt: skip
    weight = WeightField(label=_("Weight, g"), required=False, min_value=0, max_digits=7, decimal_places=2)
    flaws = forms.CharField(label=_("Visible flaws"), required=False, max_length=300)
    work = forms.CharField(label=_("Details of the work"), required=False, max_length=300)
    engraving = forms.CharField(label=_("Text to engrave"), required=False, max_length=120)
    size_from = SizeField(label=_("Size now"), required=False)
    size_to = SizeField(label=_("Size wanted"), required=False)
    declared_value = MoneyField(label=_("Declared value"), required=False)
    price = MoneyField(label=_("Price of the work"), required=False)
    is_estimate = forms.BooleanField(label=_("An estimate"), required=False)
    prepayment = MoneyField(label=_("Prepaid"), required=False)
    due_on = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput(attrs=DAY_INPUT, format="%Y-%m-%d"))
    is_urgent = forms.BooleanField(label=_("Urgent"), required=False)
    note_inside = PlainWordsField(label=_("Note for ourselves"), required=False, max_length=500)
    note_client = PlainWordsField(label=_("Note for the client"), required=False, max_length=300)
    photos = PhotosField(label=_("Photos"))

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        kind: Any = self.fields["kind"]
        kind.choices = terms.offered(and_also=self.initial.get("kind", ""))
        for name in (
            "weight",
            "flaws",
            "work",
            "size_from",
            "declared_value",
            "prepayment",
            "note_inside",
            "note_client",
            "photos",
        ):
            self.fields[name].widget.attrs |= PASSED_BY
        self.fields["weight"].widget = forms.TextInput(attrs={**PASSED_BY, "inputmode": "decimal", "class": "form-control"})

    def has_changed(self) -> bool:
        """A piece that stands on the page is left here, however little was typed about it."""
        return True

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due is None:
            return None
        if due < self.terms.today:
            raise ValidationError(_("The due date is in the past."))
        if due > self.terms.today + timedelta(days=1000):
            raise ValidationError(_("This day is too far away."))
        opens = self.terms.next_open(due)
        if opens and opens != due:
            raise ValidationError(_("The store is closed on this day; the next working day is %(day)s."),
                                  params={"day": writing.short_day(opens)})  # fmt: skip
        return due

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, piece = data.get("kind"), data.get("piece")
        if kind == ServiceKind.RESIZING and not data.get("size_to") and "size_to" not in self.errors:
            self.add_error("size_to", _("Which size is wanted?"))
        if kind == ServiceKind.ENGRAVING and not data.get("engraving"):
            self.add_error("engraving", _("What is to be engraved?"))
        if piece and not data.get("description"):
            data["description"] = f"{piece.get_kind_display()} {piece.article}"
        if not data.get("description") and "description" not in self.errors:
            self.add_error("description", _("Choose a piece, or say what it looks like."))
        if data.get("price") is not None and (data.get("prepayment") or 0) > data["price"]:
            self.add_error("prepayment", _("More is prepaid than the work costs."))
        if kind and not data.get("due_on") and "due_on" not in self.errors:
            data["due_on"] = self.terms.due(kind)
        return data

    def check_owner(self, client: Client) -> bool:
        """Whether piece and first request are the client's own; else the words are at the form."""
        piece, first = self.cleaned_data.get("piece"), self.cleaned_data.get("warranty_of")
        if (piece and piece.purchase.client_id != client.pk) or (first and first.client_id != client.pk):
            self.add_error(None, _("The piece belongs to another client."))
        return not self.errors

    def request_for(self, client: Client) -> ServiceRequest:
        """The envelope as typed, not saved."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in ("photos", DELETION_FIELD_NAME)}
        store = self.terms.store
        return ServiceRequest(store=store, client=client, accepted_on=self.terms.today, **facts)


class CorrectForm(EditsRow, EnvelopeForm):
    """What was written down at intake, put right: all but the price, which wants the client's yes."""

    def __init__(self, *args: Any, terms: Terms, service: ServiceRequest, **kwargs: Any) -> None:
        self.service = service
        written = {name: getattr(service, name) for name in EnvelopeForm.base_fields if name not in self.ELSEWHERE}
        super().__init__(*args, terms=terms, initial=written, **kwargs)
        for name in self.ELSEWHERE:
            del self.fields[name]
        self.carry(service)

    ELSEWHERE = ("piece", "warranty_of", "price", "is_estimate", "photos")

    def clean_due_on(self) -> date | None:
        """A day that stands, overdue as it may be, is no error."""
        return self.service.due_on if self.cleaned_data["due_on"] == self.service.due_on else super().clean_due_on()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.service.price is not None and (data.get("prepayment") or 0) > self.service.price:
            self.add_error("prepayment", _("More is prepaid than the work costs."))
        return data


class ServiceForm(EnvelopeForm):
    """The first envelope; its ``form_key`` is the whole ticket's."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


MoreFormSet: type[BaseFormSet[EnvelopeForm]] = formset_factory(EnvelopeForm, extra=0, max_num=9, absolute_max=10, can_delete=True)


class PassportForm(CrmForm):
    """Who leaves the piece, by their passport."""

    full_name = forms.CharField(label=_("Full name in the passport"), max_length=150)
    number = forms.CharField(label=_("Series and number"), max_length=30)
    issued_by = forms.CharField(label=_("Issued by"), max_length=250)
    issued_on = forms.CharField(label=_("Issued on"), max_length=10, widget=forms.TextInput(attrs={"data-day": ""}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="passport", **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"autocomplete": "off"}


class TicketForms:
    """The forms of one intake: who brings it, its envelopes, and a passport where the chain asks for one."""

    def __init__(
        self,
        terms: Terms,
        data: Any = None,
        files: Any = None,
        *,
        client: Client | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        is_known = bool(client or (data and data.get("client")))
        self.terms, self.passport_asked = terms, False
        self.visitor = (KnownVisitorForm if is_known else VisitorForm)(data, initial={"client": client} if client else None)
        self.first = ServiceForm(data, files, terms=terms, initial=initial)
        counted = data if data and "more-TOTAL_FORMS" in data else None
        self.more = MoreFormSet(counted, files if counted else None, prefix="more", form_kwargs={"terms": terms})
        self.passport = PassportForm(
            data if data and any(data.get(f"passport-{name}") for name in PassportForm.base_fields) else None
        )

    def envelopes(self) -> Iterator[EnvelopeForm]:
        """Of the pieces that are left, in their order."""
        yield self.first
        if self.more.is_bound:
            yield from (form for form in self.more.forms if form not in self.more.deleted_forms)

    def is_valid(self) -> bool:
        valid = [self.visitor.is_valid(), self.first.is_valid(), not self.more.is_bound or self.more.is_valid()]
        if not all(valid):
            return False
        self.passport_asked = any(
            self.terms.asks_passport(form.cleaned_data["kind"], form.cleaned_data["declared_value"]) for form in self.envelopes()
        )
        if self.passport_asked and not self.passport.is_bound:
            self.passport = PassportForm({})
        return not self.passport_asked or self.passport.is_valid()

    @property
    def has_errors(self) -> bool:
        return bool(self.first.errors or (self.more.is_bound and any(self.more.errors)) or self.passport.errors)


class HandOutForm(CrmForm):
    """What the person who fetches the piece shows."""

    handed_by = forms.ChoiceField(label=_("Handed out by"), choices=HandedBy.choices)
    ticket = forms.CharField(
        label=_("Number of the ticket, typed or scanned"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    code = forms.RegexField(
        r"^[0-9]{6}$", label=_("Code of six digits"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "6"}),
    )  # fmt: skip
    words = PlainWordsField(
        label=_("Who came, and the kind of document"),
        required=False,
        max_length=200,
        help_text=_("Without the document's number."),
    )
    together = forms.BooleanField(label=_("All that is ready on the ticket"), required=False, initial=True)

    def __init__(self, *args: Any, number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            data.get("handed_by") == HandedBy.TICKET
            and ticket_number(data.get("ticket", "")).casefold() != self.number.casefold()
        ):
            asked = _("Scan the client's ticket, or type its number.")
            self.add_error("ticket", _("This is the number of another ticket.") if data.get("ticket") else asked)
        if data.get("handed_by") == HandedBy.DOCUMENT and not data.get("words"):
            self.add_error("words", _("Write down who came."))
        if data.get("handed_by") == HandedBy.CODE and not data.get("code") and "code" not in self.errors:
            self.add_error("code", _("Type the code."))
        return data


class OfferForm(CrmForm):
    price = MoneyField(label=_("New price"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=200)


class NoteForm(CrmForm):
    words = PlainWordsField(label=_("Note"), max_length=300)


class PhotosForm(CrmForm):
    moment = forms.ChoiceField(label=_("Taken"), choices=ServicePhoto.Moment.choices, initial=ServicePhoto.Moment.AFTER)
    photos = PhotosField(label=_("Photos"))


class WhyForm(CrmForm):
    """Why passport data are opened."""

    why = PlainWordsField(label=_("Why do you need them?"), max_length=200)
