"""What receipts keep about a person: for themselves to read, and to be taken out."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from purchases.models import Piece, Purchase


def describe(client: int) -> dict[str, list[dict[str, Any]]]:
    """Lines of receipts. One query."""
    pieces = Piece.objects.filter(purchase__client=client).select_related("purchase__store").order_by("purchase__sold_on", "pk")
    bought = [
        {
            _("Day"): str(piece.purchase.sold_on),
            _("Store"): str(piece.purchase.store),
            _("Article"): piece.article,
            _("Price"): str(piece.price),
            _("Returned"): str(piece.returned_on or ""),
        }
        for piece in pieces
    ]
    return {_("Purchases"): bought}


def erase(client: int) -> dict[str, int]:
    """Receipts stay for the figures; for whom they were goes."""
    bought = Purchase.objects.filter(client=client)
    bought.update(wearer=None)
    Purchase.history.filter(Q(client_id=client) | Q(id__in=bought.values("pk"))).update(wearer=None)
    return {"purchases": bought.count()}
