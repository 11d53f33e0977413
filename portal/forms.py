"""What a visitor types about themselves on their own phone."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients import services
from clients.forms import ConsentsMixin, HeardFromField
from clients.models import ASKED_AT_THE_COUNTER, ConsentText, NoEmail
from clients.typed import BirthDateField, EmailField, NameField, PhoneField
from clients.writing import names, phones
from stores.forms import CrmForm

SALT = "texts of consents that were read"
# What browsers know of their owner, so that a tap fills it in.
KNOWN_TO_BROWSERS = {
    "last_name": "family-name", "first_name": "given-name", "middle_name": "additional-name", "birth_date": "bday",
    "phone": "tel", "email": "email",
}  # fmt: skip
INPUT_MODES = {"birth_date": "numeric", "phone": "tel", "email": "email"}


class JoinForm(CrmForm, ConsentsMixin):
    """Names, birth date, phone, e-mail or why there is none, consents to texts that are read, how they heard of us.

    ``website`` is seen by machines alone.
    """

    last_name = NameField(label=_("Surname"))
    first_name = NameField(label=_("First name"))
    middle_name = NameField(label=_("Patronymic"), required=False)
    birth_date = BirthDateField(label=_("Birth date"))
    phone = PhoneField(label=_("Mobile phone"))
    email = EmailField(label=_("E-mail"), required=False)
    no_email = forms.ChoiceField(
        label=_("If you leave no e-mail"), required=False,
        choices=[("", "—"), (NoEmail.NONE, _("I have none")), (NoEmail.DECLINED, _("I would rather not give it"))],
    )  # fmt: skip
    heard_from = HeardFromField(widget=forms.Select)
    texts = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordings = services.current_texts()
        self.fields["texts"].initial = signing.dumps({purpose: text.pk for purpose, text in self.wordings.items()}, salt=SALT)
        self.fields["heard_from"].label = _("How did you hear of us?")
        for name, known in KNOWN_TO_BROWSERS.items():
            attrs = {"autocomplete": known, "placeholder": self.fields[name].widget.attrs.get("placeholder", "")}
            self.fields[name].widget.attrs = {k: v for k, v in {**attrs, "inputmode": INPUT_MODES.get(name, "")}.items() if v}

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields above the consents, in their order."""
        return [self[name] for name in (*KNOWN_TO_BROWSERS, "no_email", "heard_from")]

    @property
    def agreements(self) -> list[tuple[forms.BoundField, ConsentText | None]]:
        """A box for each purpose, and the words that are agreed to."""
        return [(self[f"consent_{purpose.value}"], self.wordings.get(purpose.value)) for purpose in ASKED_AT_THE_COUNTER]

    def clean_first_name(self) -> str:
        name = str(self.cleaned_data["first_name"])
        if names.is_initial(name):
            raise ValidationError(_("Write the first name in full."))
        return name

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"])
        if not phones.is_mobile(phone):
            raise ValidationError(_("We send a code by SMS: type a mobile phone, please."))
        return phone

    def clean_consent_personal_data(self) -> bool:
        if not self.cleaned_data["consent_personal_data"]:
            raise ValidationError(_("Without this consent we may not keep your data."))
        return True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("email"):
            said["no_email"] = ""
        elif "email" in said and not said.get("no_email"):
            self.add_error("email", _("Type your e-mail, or say below why you leave none."))
        return said

    def said(self) -> dict[str, Any]:
        """What ``arrivals.write`` keeps."""
        read, agreed = self._read(), [purpose for purpose, given in self.consents().items() if given]
        kept = ("last_name", "first_name", "middle_name", "birth_date", "phone", "no_email", "heard_from")
        return {
            **{name: self.cleaned_data[name] for name in kept}, "email": self.cleaned_data["email"] or "",
            "consents": {purpose: read.get(purpose) for purpose in agreed},
        }  # fmt: skip

    def _read(self) -> dict[str, int]:
        """The texts that the person had before them, also where they were written anew meanwhile."""
        try:
            read: dict[str, int] = signing.loads(str(self.cleaned_data["texts"]), salt=SALT)
        except signing.BadSignature:
            read = {purpose: text.pk for purpose, text in self.wordings.items()}
        return read


def typed_in(arrival: Any) -> dict[str, Any]:
    """What a form shows to one who comes back to it."""
    boxes = {f"consent_{purpose}": True for purpose in arrival.consents}
    return {name: getattr(arrival, name) for name in (*KNOWN_TO_BROWSERS, "no_email", "heard_from")} | boxes
