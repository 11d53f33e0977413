"""Forms of the sale, and fields that the desk shares."""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from catalogue import kinds
from catalogue.kinds import PieceKind, Tariff
from clients.models import Wearer
from clients.typed import ClientField, DayField
from purchases import doubts
from purchases.models import NoCardReason, Occasion
from purchases.paying_forms import BonusForm, CodesForm, KeyedChoice, PaidByForm, keyed
from purchases.services import PieceLine
from stores.forms import CrmForm
from stores.models import Store
from stores.texts.fields import MoneyField

FIRST_YEAR = 1990


OCCASION_KEYS = "zxcvbnm"  # by place and with Alt


class ReceiptHeadForm(CrmForm):
    """What stands above the lines of a receipt, at the sale and when it is put right."""

    wearer = forms.ModelChoiceField(Wearer.objects.kept(), label=_("For whom"), required=False)
    receipt_number = forms.CharField(
        label=_("Receipt number"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    sold_on = DayField(label=_("Day of sale"), required=False)
    occasion = forms.ChoiceField(label=_("Occasion"), required=False, choices=[("", _("not said")), *Occasion.choices])

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


class SaleForm(CodesForm, BonusForm, PaidByForm, ReceiptHeadForm):
    """The head of a receipt as ``services.sell`` takes it."""

    client = ClientField(required=False)
    no_card_reason = forms.ChoiceField(
        label=_("Without a card, because"), required=False,
        choices=[("", "—"), *((c.value, c.label) for c in NoCardReason if c not in (NoCardReason.LIST, NoCardReason.TILL))],
    )  # fmt: skip
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    @property
    def occasions(self) -> list[KeyedChoice]:
        return keyed(self.fields["occasion"], OCCASION_KEYS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("client") and not data.get("no_card_reason"):
            raise ValidationError(_("Choose the client, or say why there is no card."))
        if data.get("client"):
            data["no_card_reason"] = ""
        if data.get("wearer") and data["wearer"].client != data.get("client"):
            self.add_error("wearer", _("This is nobody whom the client buys for."))
        return data

    def sale(self) -> dict[str, Any]:
        """What ``services.sell`` takes."""
        unsaid = ("paid_by", "spend_most", "codes", "code", *(field.name for field in self.payments))
        said = {name: value for name, value in self.cleaned_data.items() if name not in unsaid}
        return said | {"tenders": self.tenders(), "spend": self.wish()} | self.said_codes()._asdict()


class PieceForm(CrmForm):
    """A line of a receipt; a line without an article and a price is left out."""

    article = forms.CharField(label=_("Article"), required=False, max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", "—"), *PieceKind.choices])
    price = MoneyField(label=_("Price paid"), required=False)
    discount = MoneyField(label=_("Discount"), required=False)
    uins = forms.CharField(label=_("UIN"), required=False, max_length=200)
    tariff = forms.ChoiceField(label=_("Sold"), required=False, choices=Tariff.choices)
    # Ticked for one value: what was sure of another price is asked again.
    sure_of_price = forms.CharField(required=False, max_length=20)
    sure_of_article = forms.CharField(required=False, max_length=40)
    asked_price: Decimal | None = None
    asked_article = ""

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

    @property
    def is_whole(self) -> bool:
        """Whether what was typed can be a line."""
        return hasattr(self, "cleaned_data") and not self.errors

    def line(self) -> PieceLine | None:
        """The line as typed, or None for an empty one."""
        data = self.cleaned_data
        if not data.get("article"):
            return None
        kind = PieceKind(data["kind"]) if data["kind"] else kinds.kind_of("", data["article"])
        tariff = Tariff(data["tariff"] or Tariff.TAG)
        return PieceLine(data["article"].strip(), kind, data["price"], data["discount"] or Decimal(0), data["uins"], tariff)

    def doubt_price(self, bound: Decimal) -> None:
        """Ask whether a price beyond the bound is meant, unless the seller has said so of this very price."""
        price = self.cleaned_data.get("price")
        if price is None or price <= bound:
            return
        self.asked_price = price
        if self.cleaned_data["sure_of_price"] != str(price):
            self.add_error("price", _("More than it has ever cost. Correct it, or tick that this is the price."))

    def doubt_article(self, unknown: Collection[str]) -> None:
        """Ask whether digits that may be a price are the article."""
        article = self.cleaned_data.get("article", "").strip()
        if article not in unknown:
            return
        self.asked_article = article
        if self.cleaned_data["sure_of_article"] != article:
            self.add_error("article", _("Is this the article or the price?"))


class BasePieceFormSet(BaseFormSet[PieceForm]):
    """The lines of a receipt: at least one."""

    def clean(self) -> None:
        if not any(self.errors) and not self.lines():
            raise ValidationError(_("A sale has at least one piece."))
        self._ask_twice()

    def _ask_twice(self) -> None:
        """Prices beyond belief and articles that may be prices come back with a question. Two queries."""
        sold = [(form, line) for form in self.forms if form.is_whole and (line := form.line())]
        bounds = doubts.bounds({line.kind for _form, line in sold})
        unknown = doubts.unknown_numbers({line.article for _form, line in sold})
        for form, line in sold:
            form.doubt_price(bounds[line.kind])
            form.doubt_article(unknown)

    def lines(self) -> list[PieceLine]:
        return [line for form in self.forms if hasattr(form, "cleaned_data") and (line := form.line())]


PieceFormSet: type[BasePieceFormSet] = formset_factory(  # type: ignore[assignment]
    PieceForm, formset=BasePieceFormSet, extra=1, max_num=100, absolute_max=200
)
