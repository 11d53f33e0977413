"""Receipts and what waits to become one."""

from purchases.models.receipts import NoCardReason, Piece, PieceQuerySet, Purchase, PurchaseQuerySet, Uin
from purchases.models.waiting import WaitingLine

__all__ = [
    "NoCardReason",
    "Piece",
    "PieceQuerySet",
    "Purchase",
    "PurchaseQuerySet",
    "Uin",
    "WaitingLine",
]
