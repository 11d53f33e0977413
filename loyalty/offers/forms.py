"""The form of a new coupon."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import PieceKind
from clients.typed import DayField
from loyalty.offers.acts import RightSaid
from loyalty.pricing import Benefit
from stores.forms import CrmForm
from stores.texts.fields import MoneyField

MOST = 500


class RightForm(CrmForm):
    """Coupons of one kind, each with a code of its own."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = forms.CharField(
        label=pgettext_lazy("of a coupon", "Name"), max_length=80, help_text=_("Sellers and clients see it: “Second purchase”.")
    )
    benefit = forms.ChoiceField(label=_("Gives"), choices=Benefit.choices)
    value = MoneyField(label=_("How much"), help_text=_("A percent, roubles, or the highest tag of a gift."))
    floor = MoneyField(label=_("From a purchase of"), required=False)
    from_on = DayField(label=_("Holds from"))
    until_on = DayField(label=_("Holds until"))
    kinds = forms.MultipleChoiceField(
        label=_("Only for"), required=False, choices=PieceKind.choices, widget=forms.CheckboxSelectMultiple
    )
    not_on = forms.MultipleChoiceField(
        label=_("Not for"), required=False, choices=PieceKind.choices, widget=forms.CheckboxSelectMultiple
    )
    with_tier = forms.BooleanField(label=_("Together with the discount of the tier"), required=False)
    copies = forms.IntegerField(label=_("Codes"), min_value=1, max_value=MOST, initial=1)
    uses = forms.IntegerField(label=_("Uses of each"), min_value=1, max_value=1_000_000, initial=1)

    def clean_value(self) -> Decimal:
        value: Decimal = self.cleaned_data["value"]
        is_percent = self.cleaned_data.get("benefit") == Benefit.PERCENT
        if not value or (is_percent and value > 100):
            raise ValidationError(_("Type a percent from 1 to 100.") if is_percent else _("Type a sum above zero."))
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("from_on") and data.get("until_on") and data["until_on"] < data["from_on"]:
            self.add_error("until_on", _("The last day is before the first one. Put one of the two right."))
        if set(data.get("kinds", ())) & set(data.get("not_on", ())):
            self.add_error("not_on", _("The same kind stands in both. Leave it in one."))
        return data

    def said(self) -> RightSaid:
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("form_key", "copies")}
        return RightSaid(**{**data, "benefit": Benefit(data["benefit"]), "floor": data["floor"] or Decimal(0)})

    def occasions(self) -> dict[str, None]:
        """The same form issues the same coupons."""
        return {f"form:{self.cleaned_data['form_key']}:{n}": None for n in range(self.cleaned_data["copies"])}
