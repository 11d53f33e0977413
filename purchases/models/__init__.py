"""Receipts, what was put right on them, orders, and what waits to become one."""

from purchases.models.companions import ArticleWriting, Companion, Origin
from purchases.models.corrections import Act, Correction
from purchases.models.deductions import Deduction, DeductionSource
from purchases.models.fiscal import FiscalDocument, FiscalOperation
from purchases.models.orders import Order, OrderPayment, OrderQuerySet, OrderStatus
from purchases.models.receipts import NoCardReason, Occasion, Piece, PieceQuerySet, Purchase, PurchaseQuerySet, Uin
from purchases.models.tenders import Tender, TenderKind
from purchases.models.waiting import WaitingLine

__all__ = [
    "Act",
    "ArticleWriting",
    "Companion",
    "Correction",
    "Deduction",
    "DeductionSource",
    "FiscalDocument",
    "FiscalOperation",
    "NoCardReason",
    "Occasion",
    "Order",
    "OrderPayment",
    "OrderQuerySet",
    "OrderStatus",
    "Origin",
    "Piece",
    "PieceQuerySet",
    "Purchase",
    "PurchaseQuerySet",
    "Tender",
    "TenderKind",
    "Uin",
    "WaitingLine",
]
