"""Form fields of sums and sizes, as people type them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stores.texts import writing

MONEY_ATTRS = {"inputmode": "decimal", "autocomplete": "off", "class": "text-end"}


class MoneyField(forms.CharField):
    """A sum as people type it: ``115 900``, ``1200,50``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs=dict(MONEY_ATTRS)), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return writing.typed(value, thousands=True)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return writing.read_money(text)
        except writing.NotMoneyError:
            raise ValidationError(_("Type a sum of zero or more, like 115 900.")) from None


class SizeField(forms.CharField):
    """A ring size as inner diameter in mm, in steps of 0.25."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "data-ring-size": ""}
        super().__init__(max_length=6, widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return writing.typed(value)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        size = writing.read_size(text)
        if size is None or not 10 <= size <= 30 or size * 4 != int(size * 4):
            raise ValidationError(_("A size is between 10 and 30 mm, in steps of 0.25."))
        return size
