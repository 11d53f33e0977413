"""What receipts keep about a person: for themselves to read, and to be taken out."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clients import moving
from purchases.models import Correction, Order, OrderPayment, Piece, Purchase

ORDER_FIELDS = (
    "taken_on", "store", "article", "description", "size", "wish", "price", "held", "due_on", "note", "status", "cancel_reason",
)  # fmt: skip
# Words about the person, or of their own.
BLANK_ORDER = {"wish": "", "note": "", "cancel_reason": ""}


def describe(client: int) -> dict[str, list[dict[str, Any]]]:
    """Lines of receipts, orders and their payments. One query a heading."""
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
    orders = Order.objects.filter(client=client).select_related("store").order_by("pk")
    payments = OrderPayment.objects.filter(order__client=client).order_by("pk")
    return {
        _("Purchases"): bought,
        _("Orders"): moving.describe_rows(orders, ORDER_FIELDS),
        _("Payments of orders"): moving.describe_rows(payments, ("paid_on", "purpose", "kind", "sum", "reason")),
    }


def reason_not_to_erase(client: int) -> str:
    """Why the person cannot be taken out yet, in words. One query."""
    waiting = Order.objects.filter(client=client).open().first()
    return _("Order № %(number)s is open: sell or cancel it first.") % {"number": waiting} if waiting else ""


def erase(client: int) -> dict[str, int]:
    """Receipts and orders stay for the figures; for whom they were, and words about the person, go."""
    bought = Purchase.written.filter(client=client)
    bought.update(wearer=None)
    Purchase.history.filter(Q(client_id=client) | Q(id__in=bought.values("pk"))).update(wearer=None)
    _forget_wearers(Correction.objects.filter(Q(before__client=client) | Q(after__client=client)))
    return {"purchases": bought.count(), "orders": _forget_orders(client)}


def _forget_orders(client: int) -> int:
    orders = Order.objects.filter(client=client)
    Order.history.filter(Q(client_id=client) | Q(id__in=orders.values("pk"))).update(description="—", **BLANK_ORDER)
    OrderPayment.objects.filter(order__client=client, purpose=OrderPayment.Purpose.REFUNDED).update(reason="—")
    return orders.update(description="—", **BLANK_ORDER)


def _forget_wearers(corrections: "QuerySet[Correction]") -> None:
    for correction in corrections:
        correction.before["wearer"] = correction.after["wearer"] = None
        correction.save(update_fields=["before", "after"])
