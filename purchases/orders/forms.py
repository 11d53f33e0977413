"""Forms of an order: taken, paid, sold, cancelled."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue import kinds
from catalogue.kinds import PieceKind
from clients.typed import ClientField, DayField
from purchases.models import Order, TenderKind
from purchases.paying_forms import PartsForm
from purchases.payments import TenderLine
from stores.forms import CrmForm, EditsRow
from stores.models import Employee, Store
from stores.texts.fields import MoneyField, SizeField

MONEY_KINDS = [choice for choice in TenderKind.choices if choice[0] != TenderKind.PREPAYMENT]


def _paid_by() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Paid by"), choices=MONEY_KINDS, initial=TenderKind.CASH)


class FactsForm(CrmForm):
    """What is ordered, for how much and until when."""

    article = forms.CharField(label=_("Article"), required=False, max_length=40)
    description = forms.CharField(label=_("Or in words"), required=False, max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", "—"), *PieceKind.choices])
    size = SizeField(label=_("Size"), required=False)
    wish = forms.CharField(label=_("Engraving or wish"), required=False, max_length=300)
    price = MoneyField(label=_("Agreed price"))
    due_on = DayField(label=_("Due"), required=False)
    note = forms.CharField(label=_("Note for ourselves"), required=False, max_length=500)

    def __init__(self, *args: Any, store: Store, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.store = store

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < self.store.today():
            raise ValidationError(_("This day is past. Choose today or a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("article") and not data.get("description"):
            self.add_error("article", _("Give the article, or say in words what is ordered."))
        if "kind" in data:
            data["kind"] = data["kind"] or kinds.kind_of(data.get("description", ""), data.get("article", ""))
        return data


class OrderForm(FactsForm):
    """A new order as ``acts.take`` takes it."""

    client = ClientField()
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    # Asked for where the card of the page is gone.
    whose = forms.CharField(label=_("Phone or card number of the client"), required=False, max_length=40)
    prepaid = MoneyField(label=pgettext_lazy("an order", "Prepayment"), required=False)
    paid_by = _paid_by()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("prepaid") or 0) > data.get("price", Decimal("Infinity")):
            self.add_error("prepaid", _("More than the agreed sum. Put one of the two right."))
        return data

    def order(self, by: Employee) -> Order:
        """The order as typed, not saved."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("prepaid", "paid_by", "whose")}
        return Order(store=self.store, seller=by, **data)

    def prepayment(self) -> TenderLine:
        return TenderLine(self.cleaned_data["paid_by"], self.cleaned_data["prepaid"])


class CorrectOrderForm(EditsRow, FactsForm):
    """An open order put right."""

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        written = {name: getattr(order, name) for name in FactsForm.base_fields}
        super().__init__(*args, store=order.store, initial=written, **kwargs)
        self.carry(order)

    def clean_due_on(self) -> Any:
        """A day that stands, overdue as it may be, is no error."""
        return self.row.due_on if self.cleaned_data["due_on"] == self.row.due_on else super().clean_due_on()


class PaymentForm(CrmForm):
    """Money that comes to an order."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    sum = MoneyField(label=_("Sum"))
    paid_by = _paid_by()

    def clean_sum(self) -> Decimal:
        paid: Decimal = self.cleaned_data["sum"]
        if not paid:
            raise ValidationError(_("Type a sum above zero."))
        return paid


class RefundForm(PaymentForm):
    """Money that goes back, with its reason."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class OrderSaleForm(PartsForm):
    """The receipt that an order becomes."""

    PARTS = [kind for kind, _words in MONEY_KINDS]

    article = forms.CharField(label=_("Article"), max_length=40)
    price = MoneyField(label=_("Price"))
    paid_by = forms.ChoiceField(label=_("The rest is paid by"), choices=MONEY_KINDS, initial=TenderKind.CASH)
    receipt_number = forms.CharField(
        label=_("Receipt number"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def sale(self) -> dict[str, Any]:
        """What ``acts.sell`` takes."""
        data = self.cleaned_data
        head = {name: data[name] for name in ("article", "price", "receipt_number")}
        return head | {"rest": self.with_rest(data["paid_by"])}


class CancelForm(CrmForm):
    """Why an order is cancelled, and how its money goes back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    paid_by = forms.ChoiceField(label=_("The prepayment goes back by"), choices=MONEY_KINDS, initial=TenderKind.CASH)
