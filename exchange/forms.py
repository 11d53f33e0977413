"""What an admin types about sources, and about words that nobody knows."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.kinds import PieceKind
from clients.models import Client
from clients.writing import phones
from exchange.models import Hook, HookKind, Source, Subject
from stores.chain_day import day_of
from stores.forms import CrmForm, CrmModelForm
from stores.models import Employee, Store

ASKED = {
    Subject.STORE: "store",
    Subject.SELLER: "seller",
    Subject.KIND: "kind",
    Subject.ARTICLE: "kind",
    Subject.WAREHOUSE: "store",
}
FIRST_DAY = date(1990, 1, 1)
# What may mean nothing in particular.
MAY_BE_NONE = (Subject.SELLER, Subject.WAREHOUSE)


class SourceForm(CrmModelForm):
    """A new source, with the little that it may do."""

    class Meta:
        model = Source
        fields = ("name", "store", "may_send", "may_quote", "may_look_up", "may_fill", "may_count")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.fields["store"].empty_label = _("any store")  # type: ignore[attr-defined]
        self.fields["name"].error_messages["unique"] = _("There is a source of this name already: give it one more key.")
        self.fields["name"].widget.attrs |= {"autocomplete": "off", "placeholder": _("Till 2, LUX")}


class HookForm(CrmModelForm):
    """An address that is told what has happened."""

    address = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    kinds = forms.MultipleChoiceField(label=_("Tell about"), choices=HookKind.choices, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Hook
        fields = ("name", "address", "kinds")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.fields["name"].error_messages["unique"] = _("There is a webhook of this name already.")
        self.fields["name"].widget.attrs |= {"autocomplete": "off"}
        self.fields["address"].widget.attrs |= {"placeholder": "https://"}

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not address.startswith(("https://", "http://")) or "@" in address.partition("?")[0]:
            raise ValidationError(_("Write an address that begins with https://, without a name and a password."))
        return address


class PullForm(CrmForm):
    """An account of MoySklad whose documents are asked for."""

    source = forms.ModelChoiceField(
        Source.objects.filter(may_send=True), label=_("Source"), empty_label=None,
        help_text=_("Its documents come as this source's."),
    )  # fmt: skip
    token = forms.CharField(
        label=_("Token"), max_length=400, widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Of an employee of MoySklad who sees retail sales and returns. It is kept sealed and shown no more."),
    )  # fmt: skip
    since = forms.DateField(
        label=_("Documents changed since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Earlier years come by lists."),
    )  # fmt: skip

    def clean_token(self) -> str:
        token: str = self.cleaned_data["token"]
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ValidationError(_("A token is letters and digits, without spaces."))
        return token

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if not FIRST_DAY <= since <= day_of(timezone.now()):
            raise ValidationError(_("Choose a day of the past."))
        return since


class MeaningForm(CrmForm):
    """What a word of tills means: a store, a seller or a kind of piece."""

    subject = forms.ChoiceField(choices=Subject.choices, widget=forms.HiddenInput)
    word = forms.CharField(max_length=120, widget=forms.HiddenInput)
    source = forms.ModelChoiceField(Source.objects.all(), widget=forms.HiddenInput)
    only_here = forms.BooleanField(label=_("in this source alone"), required=False)
    store = forms.ModelChoiceField(Store.objects.all(), label=_("Store"), required=False, empty_label="—")
    seller = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True), label=_("Seller"), required=False, empty_label=_("nobody in particular")
    )
    kind = forms.ChoiceField(label=_("Kind of piece"), required=False, choices=[("", "—"), *PieceKind.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self["subject"].value() == Subject.WAREHOUSE:
            self.fields["store"].empty_label = _("no store's: left out")  # type: ignore[attr-defined]

    @property
    def asked(self) -> forms.BoundField:
        """The one field in which the word is explained."""
        return self[ASKED[Subject(self["subject"].value())]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        subject = Subject(data["subject"]) if data.get("subject") else None
        if subject and subject not in MAY_BE_NONE and not data.get(ASKED[subject]):
            self.add_error(ASKED[subject], _("Choose what the word means."))
        return data

    def said(self) -> dict[str, Any]:
        """What ``services.say_meaning`` takes."""
        data = self.cleaned_data
        subject = Subject(data["subject"])
        name = ASKED[subject]
        meant = PieceKind(data[name]) if name == "kind" else data[name]
        return {"subject": subject, "word": data["word"], "source": data["source"] if data["only_here"] else None, name: meant}


class CardForm(CrmForm):
    """Whose the number of a card is, by the phone of the client."""

    number = forms.CharField(max_length=64, widget=forms.HiddenInput)
    phone = forms.CharField(label=_("Phone of the client"), max_length=40)

    def clean_phone(self) -> Client:
        phone = phones.normalise(self.cleaned_data["phone"])
        found = Client.objects.live().filter(phone=phone).first() if phone else None
        if found is None:
            raise ValidationError(_("Nobody has this phone. Register the client first."))
        return found
