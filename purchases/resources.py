"""Receipts and their pieces as an export gives them."""

from django.utils.translation import gettext_lazy as _

from imports.resources import ListField, SafeResource, column
from purchases.listing import tenders
from purchases.listing.spec import PURCHASES
from purchases.models import Purchase
from purchases.payments import TenderLine


def _payment(receipt: Purchase) -> str:
    return tenders.written(TenderLine(tender.kind, tender.sum) for tender in receipt.tenders.all())


class PieceResource(SafeResource):
    """One row for a line of a receipt; what comes out is a purchases' list again."""

    sold_on = ListField(PURCHASES, "sold_on", "purchase__sold_on")
    receipt = ListField(PURCHASES, "receipt", "purchase__receipt_number")
    store = ListField(PURCHASES, "store", "purchase__store__name")
    own_receipt = ListField(PURCHASES, "own_receipt", "purchase__pk")
    client = ListField(PURCHASES, "own", "purchase__client__pk")
    name = ListField(PURCHASES, "full_name", "purchase__client__full_name")
    phone = ListField(PURCHASES, "phone", "purchase__client__phone_shown")
    article = ListField(PURCHASES, "article", "article")
    kind = ListField(PURCHASES, "kind", "get_kind_display")
    price = ListField(PURCHASES, "paid", "price")
    discount = ListField(PURCHASES, "discount", "discount")
    returned_on = ListField(PURCHASES, "returned_on", "returned_on")
    payment = ListField(PURCHASES, "tenders", lambda piece: _payment(piece.purchase))
    voided = ListField(PURCHASES, "voided", "purchase__void_reason")


def _kept_articles(receipt: Purchase) -> str:
    return ", ".join(piece.article for piece in receipt.pieces.all() if piece.returned_on is None)


class ReceiptResource(SafeResource):
    """One row for a receipt, with its pieces that were not brought back and their sum."""

    has_contacts = False
    sold_on = column(_("Day"), "sold_on")
    receipt = column(_("Receipt"), "receipt_number")
    store = column(_("Store"), "store__name")
    client = column(_("Client"), "client")
    pieces = column(_("Pieces"), _kept_articles)
    kept_sum = column(_("Sum"), "kept_sum")
    payment = column(_("Payment"), _payment)
    voided = column(_("Void, because"), "void_reason")
    seller = column(_("Seller"), "seller")
