"""How the list of receipts is narrowed by its address."""

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django_filters import CharFilter, Filter

from catalogue.kinds import PRICE_BANDS
from purchases.models import Piece, Purchase
from stores.filters import KeyFilter, Narrowing
from stores.selectors import whole_number


class BandField(forms.Field):
    """A price band, named by its lower edge as in the breakdown of the figures: prices from, and below."""

    def to_python(self, text: str | None) -> tuple[int, int | None] | None:
        if not text or not text.isdecimal():
            return None
        low = whole_number(text)
        return low, next((edge for edge in PRICE_BANDS if edge > low), None)


class BandFilter(Filter):
    """Pieces whose price lies in a band."""

    field_class = BandField

    def filter(self, pieces: "QuerySet[Piece]", band: tuple[int, int | None] | None) -> "QuerySet[Piece]":
        if band is None:
            return pieces
        low, high = band
        return pieces.filter(price__gte=low) if high is None else pieces.filter(price__gte=low, price__lt=high)


class PieceFilter(Narrowing):
    """Pieces of a kind and a price band."""

    kind = CharFilter()
    band = BandFilter()


class ReceiptFilter(Narrowing):
    """Receipts as a line of the breakdown counts them: ``kind`` and ``band`` mean one piece of the receipt that was kept."""

    first_kind = CharFilter(field_name="client__activity__first_kind")
    seller = KeyFilter()

    def filter_queryset(self, receipts: "QuerySet[Purchase]") -> "QuerySet[Purchase]":
        found: QuerySet[Purchase] = super().filter_queryset(receipts)
        pieces = PieceFilter(self.data, Piece.objects.kept().filter(purchase=OuterRef("pk")))
        return found.filter(Exists(pieces.qs)) if any(pieces.asked.values()) else found
