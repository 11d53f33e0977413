"""Pieces and service requests as an export gives them."""

from django.utils.translation import gettext_lazy as _

from imports.resources import SafeResource, column
from purchases.models import Piece


class PieceResource(SafeResource):
    """One row for a line of a receipt; what comes out is a purchases' list again."""

    sold_on = column(_("Day of sale"), "purchase__sold_on")
    receipt = column(_("Receipt"), "purchase__receipt_number")
    store = column(_("Store"), "purchase__store__name")
    client = column(_("Card"), "purchase__client__pk")
    name = column(_("Full name"), "purchase__client__full_name")
    phone = column(_("Phone"), "purchase__client__phone_shown")
    article = column(_("Article"), "article")
    kind = column(_("Kind"), "get_kind_display")
    price = column(_("Price"), "price")
    discount = column(_("Discount"), "discount")
    returned_on = column(_("Returned"), "returned_on")

    class Meta:
        model = Piece
        fields = ("sold_on", "receipt", "store", "client", "name", "phone", "article", "kind", "price", "discount",
                  "returned_on")  # fmt: skip
