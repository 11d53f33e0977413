"""What a seller types of somebody who did not buy, what becomes of it, and what a stranger sends from a site."""

import time
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.typed import ClientField, DayField, EmailField, PhoneField
from inquiries.models import LostReason, Source, State
from inquiries.services import Contact
from stores.forms import CrmForm
from stores.models import Store

REASON_KEYS = "zxcvbn"  # by place and with Alt
# Nobody types a wish and a phone quicker; a form older than a day is opened anew.
LEAST, MOST = 3, 24 * 60 * 60
SALT = "a form on the site"


class DidNotBuyForm(CrmForm):
    """Two fields: what they wanted and how to reach them; either may stay empty, but not both without a reason."""

    wish = forms.CharField(label=_("What did they want?"), required=False, max_length=300)
    phone = PhoneField(label=_("Phone"), required=False)
    name = forms.CharField(label=_("Name"), required=False, max_length=100)
    source = forms.ChoiceField(label=_("How they came"), choices=[c for c in Source.choices if c[0] != Source.FORM])
    lost_reason = forms.ChoiceField(label=_("Why not"), required=False, choices=[("", _("not said")), *LostReason.choices])
    for_day = DayField(label=_("For which day"), required=False)
    client = ClientField(required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "off", "autofocus": True, "placeholder": _("ring, white gold, 17.5, up to 50 000")}
        self.fields["wish"].widget.attrs |= attrs
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    @property
    def reasons(self) -> list[tuple[str, str, str]]:
        """Value, label and key of each reason."""
        return [(value, str(label), key) for (value, label), key in zip(LostReason.choices, REASON_KEYS, strict=True)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in ("wish", "phone", "name", "client", "lost_reason")):
            raise ValidationError(_("Say what they wanted, or why they did not buy."))
        return data

    def contact(self) -> Contact:
        return Contact(self.cleaned_data["name"], self.cleaned_data["phone"] or "")


class StepForm(CrmForm):
    """What happens to an inquiry: talked to, agreed on a day, or not bought and why. ``was`` is what the person saw."""

    to = forms.ChoiceField(choices=[(State.CONTACTED, ""), (State.AGREED, ""), (State.LOST, "")])
    opened = forms.CharField(max_length=10)
    words = forms.CharField(label=_("Note"), required=False, max_length=300)
    next_on = DayField(label=_("Next step"), required=False)
    lost_reason = forms.ChoiceField(label=_("Why not"), required=False, choices=[("", "—"), *LostReason.choices])

    def __init__(self, *args: Any, store: Store | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.store = store

    def clean_next_on(self) -> date | None:
        day: date | None = self.cleaned_data["next_on"]
        if day and self.store and day < self.store.today():
            raise ValidationError(_("This day is over."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("to") == State.AGREED and not data.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", _("Say on which day they come."))
        if data.get("to") == State.LOST and not data.get("lost_reason"):
            self.add_error("lost_reason", _("Say why nothing was bought."))
        return data


def opened_now() -> str:
    """The moment at which a stranger's form was opened, sealed."""
    return signing.dumps(int(time.time()), salt=SALT)


class StrangersForm(CrmForm):
    """What a site sends. ``website`` is seen by machines alone; ``opened`` says that a person had the time to type."""

    name = forms.CharField(label=_("Your name"), max_length=100)
    contact = forms.CharField(label=_("Phone or e-mail"), max_length=254)
    wish = forms.CharField(label=_("What are you looking for?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    consent = forms.BooleanField()
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    opened = forms.CharField(widget=forms.HiddenInput, initial=opened_now, max_length=100)

    def clean_contact(self) -> Contact:
        """A phone, or an e-mail where there is an @."""
        text = self.cleaned_data["contact"]
        if "@" in text:
            return Contact(email=str(EmailField().clean(text) or ""))
        return Contact(phone=PhoneField().clean(text) or "")

    @property
    def is_machines(self) -> bool:
        """Whether nobody typed this: the trap is filled, or it came too soon, too late, or from nowhere."""
        if self.data.get("website"):
            return True
        try:
            opened: int = signing.loads(str(self.data.get("opened", "")), salt=SALT)
        except signing.BadSignature:
            return True
        return not LEAST <= time.time() - opened <= MOST
