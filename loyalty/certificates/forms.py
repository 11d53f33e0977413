"""Forms of a certificate: sold, prolonged."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.typed import ClientField, DayField
from loyalty.certificates.acts import CertificateSaid
from loyalty.models import PaidBy
from stores.forms import CrmForm
from stores.texts.fields import MoneyField

YEAR = timedelta(days=365)
SOLD_BY = [(kind.value, kind.label) for kind in PaidBy if kind != PaidBy.BEFORE]


class UntilForm(CrmForm):
    """A last day that is still to come."""

    until_on = DayField(label=_("Holds until"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until_on(self) -> date:
        day: date = self.cleaned_data["until_on"]
        if day <= self.today:
            raise ValidationError(_("This day is past. Choose a later one."))
        return day


class CertificateForm(UntilForm):
    """A certificate as ``acts.sell`` takes it."""

    amount = MoneyField(label=_("Face value"))
    paid_by = forms.ChoiceField(label=_("Paid by"), choices=SOLD_BY, initial=PaidBy.CASH, widget=forms.RadioSelect)
    client = ClientField(required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if not amount:
            raise ValidationError(_("Type a sum above zero."))
        return amount

    def said(self) -> CertificateSaid:
        return CertificateSaid(**{name: value for name, value in self.cleaned_data.items() if name != "form_key"})


class ProlongForm(UntilForm):
    """Another last day, and the one that the person saw."""

    opened = forms.DateField(widget=forms.HiddenInput)
