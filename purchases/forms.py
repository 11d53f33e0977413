"""Forms of the sale, and fields that the desk shares."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from clients.forms import DayField
from clients.models import Client, Wearer
from purchases import reading
from purchases.models import Kind, NoCardReason
from purchases.reading import BadRowError
from purchases.services import PieceLine
from stores.forms import CrmForm
from stores.models import Store

FIRST_YEAR = 1990
MONEY_ATTRS = {"inputmode": "decimal", "autocomplete": "off", "class": "text-end"}


def typed(value: Any, *, thousands: bool = False) -> Any:
    """A number that is kept, as people type it: ``71 000``, ``17,5``; anything else as it is."""
    if not isinstance(value, Decimal):
        return value
    places = 2 if thousands and value != value.to_integral_value() else None
    text = f"{value:,.2f}" if places else f"{value.normalize():,f}"
    whole, _point, rest = text.partition(".")
    whole = whole.replace(",", "\xa0" if thousands else "")
    return f"{whole},{rest}" if rest else whole


class MoneyField(forms.CharField):
    """A sum as people type it: ``115 900``, ``1200,50``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs=dict(MONEY_ATTRS)), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return typed(value, thousands=True)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return reading.money(text)
        except BadRowError:
            raise ValidationError(_("Type a sum of zero or more, like 115 900.")) from None


class SizeField(forms.CharField):
    """A ring size as inner diameter in mm, in steps of 0.25."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "data-ring-size": ""}
        super().__init__(max_length=6, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return typed(value)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        size = reading.size(text)
        if size is None or not 10 <= size <= 30 or size * 4 != int(size * 4):
            raise ValidationError(_("A size is between 10 and 30 mm, in steps of 0.25."))
        return size


class SaleForm(CrmForm):
    """The head of a receipt."""

    client = forms.ModelChoiceField(Client.objects.live(), required=False, widget=forms.HiddenInput)
    no_card_reason = forms.ChoiceField(
        label=_("Without a card, because"), required=False,
        choices=[("", "—"), *((c.value, c.label) for c in NoCardReason if c != NoCardReason.LIST)],
    )  # fmt: skip
    wearer = forms.ModelChoiceField(Wearer.objects.kept(), label=_("For whom"), required=False)
    receipt_number = forms.CharField(
        label=_("Receipt number"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    sold_on = DayField(label=_("Day of sale"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, store: Store, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.store = store

    def clean_sold_on(self) -> Any:
        day = self.cleaned_data["sold_on"] or self.store.today()
        if day > self.store.today():
            raise ValidationError(_("This day is still to come."))
        if day.year < FIRST_YEAR:
            raise ValidationError(_("There is no such day. Type it as 03.07.1985."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("client") and not data.get("no_card_reason"):
            raise ValidationError(_("Choose the client, or say why there is no card."))
        if data.get("client"):
            data["no_card_reason"] = ""
        if data.get("wearer") and data["wearer"].client != data.get("client"):
            self.add_error("wearer", _("This is nobody whom the client buys for."))
        return data


class PieceForm(CrmForm):
    """A line of a receipt; a line without an article and a price is left out."""

    article = forms.CharField(label=_("Article"), required=False, max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", "—"), *Kind.choices])
    price = MoneyField(label=_("Price paid"), required=False)
    discount = MoneyField(label=_("Discount"), required=False)
    uins = forms.CharField(label=_("UIN"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("article", "uins"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["uins"].widget.attrs["inputmode"] = "numeric"

    def clean_uins(self) -> tuple[str, ...]:
        numbers = re.split(r"[\s,;]+", self.cleaned_data["uins"].strip())
        wrong = [number for number in numbers if number and not re.fullmatch(r"[0-9]{16}", number)]
        if wrong:
            raise ValidationError(_("A UIN is 16 digits; this has %(count)s.") % {"count": len(wrong[0])})
        return tuple(dict.fromkeys(number for number in numbers if number))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = [name for name in ("article", "price", "discount", "uins") if data.get(name) not in (None, "", ())]
        if typed and not data.get("article") and "article" not in self.errors:
            self.add_error("article", _("Scan or type the article."))
        if typed and data.get("price") is None and "price" not in self.errors:
            self.add_error("price", _("Type the price; a gift is 0."))
        return data

    def line(self) -> PieceLine | None:
        """The line as typed, or None for an empty one."""
        data = self.cleaned_data
        if not data.get("article"):
            return None
        kind = Kind(data["kind"]) if data["kind"] else reading.kind("", data["article"])
        return PieceLine(data["article"].strip(), kind, data["price"], data["discount"] or Decimal(0), data["uins"])


class BasePieceFormSet(BaseFormSet[PieceForm]):
    """The lines of a receipt: at least one."""

    def clean(self) -> None:
        if not any(self.errors) and not self.lines():
            raise ValidationError(_("A sale has at least one piece."))

    def lines(self) -> list[PieceLine]:
        return [line for form in self.forms if hasattr(form, "cleaned_data") and (line := form.line())]


PieceFormSet: type[BasePieceFormSet] = formset_factory(  # type: ignore[assignment]
    PieceForm, formset=BasePieceFormSet, extra=1, max_num=100, absolute_max=200
)
