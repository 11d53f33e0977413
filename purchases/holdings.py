"""What receipts keep about a person: for themselves to read, and to be taken out."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from purchases.models import Correction, Piece, Purchase


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
            _("Voided"): piece.purchase.void_reason,
        }
        for piece in pieces
    ]
    return {_("Purchases"): bought}


def erase(client: int) -> dict[str, int]:
    """Receipts stay for the figures; for whom they were goes."""
    bought = Purchase.written.filter(client=client)
    bought.update(wearer=None)
    Purchase.history.filter(Q(client_id=client) | Q(id__in=bought.values("pk"))).update(wearer=None)
    _forget_wearers(Correction.objects.filter(Q(before__client=client) | Q(after__client=client)))
    return {"purchases": bought.count()}


def _forget_wearers(corrections: "QuerySet[Correction]") -> None:
    for correction in corrections:
        correction.before["wearer"] = correction.after["wearer"] = None
        correction.save(update_fields=["before", "after"])
