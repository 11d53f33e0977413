"""Forms with which a receipt is put right: its head, its lines, its payments."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from purchases.correcting.contents import Contents, PieceFacts
from purchases.forms import BasePieceFormSet, PieceForm, ReceiptHeadForm
from purchases.models import Purchase
from purchases.paying_forms import BonusForm, CodesForm, PaidByForm, PartsForm
from purchases.payments import NOTHING
from purchases.services import PieceLine
from stores.forms import CrmForm


class CorrectionForm(PartsForm, ReceiptHeadForm):
    """The head of a receipt with its payments, and the version that it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, purchase: Purchase, came_back: Decimal, **kwargs: Any) -> None:
        self.purchase, self.came_back = purchase, came_back
        super().__init__(*args, store=purchase.store, **kwargs)
        wearer: Any = self.fields["wearer"]
        wearer.queryset = purchase.client.wearers.kept() if purchase.client else wearer.queryset.none()

    def clean_sold_on(self) -> Any:
        day = super().clean_sold_on()
        returned = [piece.returned_on for piece in self.purchase.pieces.all() if piece.returned_on]
        if returned and day > min(returned):
            raise ValidationError(_("A piece of this receipt came back before this day."))
        return day

    def wanted(self, is_: Contents, pieces: tuple[PieceFacts, ...]) -> Contents:
        """What the receipt is to become."""
        data = self.cleaned_data
        return replace(
            is_,
            pieces=pieces,
            number=data["receipt_number"].strip(),
            sold_on=data["sold_on"],
            occasion=data["occasion"],
            wearer=data["wearer"].pk if data["wearer"] else None,
            tenders=tuple(self.parts()),
        )


def initial_of(is_: Contents, version: int) -> dict[str, Any]:
    """What a form shows of a receipt."""
    head = {
        "version": version, "receipt_number": is_.number, "sold_on": is_.sold_on, "occasion": is_.occasion, "wearer": is_.wearer,
    }  # fmt: skip
    return head | {f"paid_{tender.kind}": abs(tender.sum or NOTHING) for tender in is_.tenders}


class CorrectedPieceForm(PieceForm):
    """A line that stands in the receipt, or one more."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    gone = forms.BooleanField(label=_("remove"), required=False)

    def line(self) -> PieceLine | None:
        return None if self.cleaned_data.get("gone") else super().line()

    def facts(self, held: Mapping[int, PieceFacts]) -> PieceFacts | None:
        """The piece as it is to be; None for one that is taken out."""
        line = self.line()
        if line is None:
            return None
        was = held.get(self.cleaned_data.get("pk") or 0)
        uins = tuple(sorted(line.uins))
        typed = (line.article, line.kind.value, line.price, line.discount, uins)
        return PieceFacts(was and was.pk, *typed, was and was.returned_on, was.taken if was else ())


class BaseCorrectedFormSet(BasePieceFormSet):
    """The lines of a receipt that stands: at least one is left."""

    def facts(self, is_: Contents) -> tuple[PieceFacts, ...]:
        held = {piece.pk: piece for piece in is_.pieces if piece.pk}
        asked = [form.facts(held) for form in self.forms if hasattr(form, "cleaned_data")]  # type: ignore[attr-defined]
        return tuple(piece for piece in asked if piece)


CorrectedFormSet: type[BaseCorrectedFormSet] = formset_factory(  # type: ignore[assignment]
    CorrectedPieceForm, formset=BaseCorrectedFormSet, extra=0, max_num=100, absolute_max=200
)


def lines_of(is_: Contents) -> list[dict[str, Any]]:
    """What the lines show of a receipt."""
    return [{**piece._asdict(), "uins": " ".join(piece.uins), "discount": piece.discount or None} for piece in is_.pieces]


class VersionForm(CrmForm):
    """An act that needs no more than the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class VoidForm(VersionForm):
    reason = forms.CharField(label=_("Why void it?"), max_length=200)


class ExchangeForm(CodesForm, BonusForm, PaidByForm):
    """The head of the receipt that an exchange makes, as ``exchange.exchange`` takes it."""

    receipt_number = forms.CharField(
        label=_("Receipt number"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def head(self) -> dict[str, Any]:
        """What the new receipt is, and how it is paid."""
        data = self.cleaned_data
        head = {"receipt_number": data["receipt_number"], "form_key": data["form_key"]}
        return head | {"tenders": self.tenders(), "spend": self.wish()} | self.said_codes()._asdict()
