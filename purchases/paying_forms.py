"""How a receipt is paid: one payment or parts of it, bonuses, coupons and certificates. None of it is ever required."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loyalty.certificates import acts as certificates
from loyalty.certificates import words as certificate_words
from loyalty.certificates.acts import CertificateRefusedError
from loyalty.codes import CERTIFICATE, readings
from loyalty.models import Certificate, Right
from loyalty.offers import acts as offers
from loyalty.offers.acts import RightRefusedError
from loyalty.offers.words import words_of
from loyalty.pricing import Wish
from purchases.models import TenderKind
from purchases.payments import TenderLine
from stores.forms import CrmForm
from stores.texts.fields import MoneyField

PAYMENT_KEYS = "qwrty"  # by place and with Alt; E, D and F are the browser's


class KeyedChoice(NamedTuple):
    """A choice that one key makes; nothing said has none."""

    value: str
    label: str
    key: str


def keyed(field: forms.Field, keys: str) -> list[KeyedChoice]:
    choices: Any = field.choices  # type: ignore[attr-defined]
    return [KeyedChoice(value, label, key) for (value, label), key in zip(choices, ["", *keys], strict=True)]


class PartsForm(CrmForm):
    """Parts of a payment, a sum for each kind."""

    PARTS: ClassVar[Sequence[str]] = TenderKind.values

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in self.PARTS:
            part = MoneyField(label=TenderKind(kind).label, required=False)
            part.widget.attrs |= {"class": "form-control text-end", "data-part": kind}
            self.fields[f"paid_{kind}"] = part

    @property
    def payments(self) -> list[forms.BoundField]:
        """The fields of the parts."""
        return [self[f"paid_{kind}"] for kind in self.PARTS]

    @property
    def is_parted(self) -> bool:
        """Whether somebody has typed a part, or typed it wrongly."""
        return any(field.value() or field.errors for field in self.payments)

    def parts(self) -> list[TenderLine]:
        return [TenderLine(kind, sum_) for kind in self.PARTS if (sum_ := self.cleaned_data[f"paid_{kind}"])]

    def with_rest(self, kind: str) -> list[TenderLine]:
        """The parts, and all that they leave by this kind, unless its own part was typed."""
        parts = self.parts()
        return [*parts, TenderLine(kind)] if kind and kind not in {part.kind for part in parts} else parts


class PaidByForm(PartsForm):
    """How a receipt is paid: by one kind with one key, or in parts of which that kind takes the rest. Never required."""

    paid_by = forms.ChoiceField(label=_("Paid by"), required=False, choices=[("", _("not said")), *TenderKind.choices])

    @property
    def ways_to_pay(self) -> list[KeyedChoice]:
        return keyed(self.fields["paid_by"], PAYMENT_KEYS)

    def tenders(self) -> list[TenderLine]:
        """All that is to pay, by what was said."""
        return self.with_rest(self.cleaned_data["paid_by"])


class BonusForm(CrmForm):
    """Bonuses that pay for a part of a receipt: a sum, or as much as allowed. Never required."""

    spend = forms.IntegerField(label=_("Spend bonuses"), required=False, min_value=0)
    spend_most = forms.BooleanField(label=_("as much as allowed"), required=False)
    code = forms.CharField(
        label=_("Code from the client's phone"), required=False, max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spend"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}

    def wish(self) -> Wish:
        return "most" if self.cleaned_data.get("spend_most") else self.cleaned_data.get("spend") or 0


class Codes(NamedTuple):
    """What the codes of a sale are."""

    right: Right | None = None
    certificates: tuple[Certificate, ...] = ()


def _coded(text: str) -> Right | Certificate:
    """Whose code a text is: by its length a certificate's, else a coupon's or the number of a certificate from a system before.

    Raises RightRefusedError, CertificateRefusedError.
    """
    if any(len(one) == CERTIFICATE for one in readings(text)):
        return certificates.find(text)
    try:
        return offers.find(text)
    except RightRefusedError:
        if numbered := Certificate.objects.of_code(text).first():
            return numbered
        raise


class CodesForm(CrmForm):
    """Coupons and certificates, scanned or typed. Never required."""

    codes = forms.CharField(label=_("Coupon or certificate"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}

    def clean_codes(self) -> Codes:
        """One query a code, two for the number of a certificate from before."""
        said = [text for text in re.split(r"[\s,;]+", self.cleaned_data["codes"]) if text]
        try:
            read = {_coded(text) for text in said}
        except RightRefusedError as error:
            raise ValidationError(words_of(error)) from None
        except CertificateRefusedError as error:
            raise ValidationError(certificate_words.words_of(error)) from None
        rights = [one for one in read if isinstance(one, Right)]
        if len(rights) > 1:
            raise ValidationError(_("A receipt takes one coupon. Leave the better one."))
        return Codes(next(iter(rights), None), tuple(one for one in read if isinstance(one, Certificate)))

    def said_codes(self) -> Codes:
        """The codes as far as they are right."""
        return self.cleaned_data.get("codes") or Codes()
