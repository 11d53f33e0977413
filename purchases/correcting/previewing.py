"""What an act on a receipt moves besides its pieces, told before it is done: it is done and taken back (ADR 51)."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import Sum

from loyalty.certificates import acts as certificates
from loyalty.models import Debt, Entry, EntryKind, RightUse
from purchases import payments
from purchases.models import Purchase


class Stands(NamedTuple):
    """What a receipt rests on: sums in roubles, bonuses whole."""

    to_pay: Decimal
    by_certificates: Decimal
    spent: int
    earned: int
    owed: int
    coupons: int


class Moves(NamedTuple):
    """What an act moves, nothing of it below zero: roubles for the client or from them, and to certificates; bonuses that come
    back, are taken back, are spent or earned, and are owed since; coupons that can be used again.
    """

    back: Decimal
    more: Decimal
    to_certificates: Decimal
    given_back: int
    revoked: int
    spends: int
    earns: int
    owed: int
    coupons: int


def preview(purchase: Purchase, act: Callable[[], object]) -> Moves:
    """What ``act`` would move now. Raises as it does."""
    with transaction.atomic():
        was = _stands(purchase)
        act()
        is_ = _stands(purchase)
        transaction.set_rollback(True)
    to_certificates = was.by_certificates - is_.by_certificates
    money, spent, earned = was.to_pay - is_.to_pay - to_certificates, was.spent - is_.spent, was.earned - is_.earned
    return Moves(
        back=max(payments.NOTHING, money), more=max(payments.NOTHING, -money),
        to_certificates=max(payments.NOTHING, to_certificates),
        given_back=max(0, spent), spends=max(0, -spent), revoked=max(0, earned), earns=max(0, -earned),
        owed=max(0, is_.owed - was.owed), coupons=max(0, was.coupons - is_.coupons),
    )  # fmt: skip


def _stands(purchase: Purchase) -> Stands:
    """Seven queries."""
    key = purchase.loyalty_key
    held = Purchase.written.get(pk=purchase.pk)
    moved = dict(Entry.objects.filter(receipt_key=key).order_by().values_list("kind").annotate(Sum("amount")))
    owed = Debt.objects.filter(receipt_key=key).aggregate(sum=Sum("amount", default=0))["sum"]
    return Stands(
        payments.NOTHING if held.is_voided else payments.to_pay_of(held),
        certificates.spent_in(key),
        -moved.get(EntryKind.SPEND, 0) - moved.get(EntryKind.UNSPEND, 0),
        moved.get(EntryKind.EARN, 0) + moved.get(EntryKind.REVOKE, 0),
        owed,
        RightUse.objects.standing().filter(receipt_key=key).count(),
    )
