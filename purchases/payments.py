"""How a receipt is paid: its tenders are what was to pay, or nobody said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet, Sum

from purchases.models import Piece, Purchase, Tender, TenderKind

NOTHING = Decimal(0)


class TenderLine(NamedTuple):
    """A part of a payment; without a sum it is all that is to pay."""

    kind: str
    sum: Decimal | None = None


class PaymentsDifferError(Exception):
    """What was paid is not what was to pay."""

    def __init__(self, *, to_pay: Decimal, paid: Decimal) -> None:
        super().__init__(f"to pay {to_pay}, paid {paid}")
        self.to_pay, self.paid = to_pay, paid


def settled(tenders: Sequence[TenderLine], to_pay: Decimal) -> tuple[TenderLine, ...]:
    """The tenders with their sums, one of a kind; none where nobody said, or where nothing was to pay.

    Raises PaymentsDifferError.
    """
    if len(tenders) == 1 and tenders[0].sum is None:
        tenders = [TenderLine(tenders[0].kind, to_pay)]
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for tender in tenders:
        sums[tender.kind] += tender.sum or NOTHING
    lines = tuple(TenderLine(kind, sums[kind]) for kind in TenderKind.values if sums[kind])
    paid = sum((line.sum or NOTHING for line in lines), NOTHING)
    if tenders and paid != to_pay:
        raise PaymentsDifferError(to_pay=to_pay, paid=paid)
    return lines


def save(purchase: Purchase, tenders: Iterable[TenderLine]) -> None:
    """These tenders and no others."""
    purchase.tenders.all().delete()
    Tender.objects.bulk_create(Tender(purchase=purchase, kind=line.kind, sum=line.sum or NOTHING) for line in tenders)


def to_pay_of(purchase: Purchase) -> Decimal:
    """What was to pay for a receipt: its pieces less what came back for them. Two queries."""
    paid = purchase.pieces.aggregate(sum=Sum("price", default=NOTHING))["sum"]
    back = purchase.taken_back.aggregate(sum=Sum("price", default=NOTHING))["sum"]
    return Decimal(paid) - Decimal(back)


class Totals(NamedTuple):
    """What a list of receipts adds up to; ``paid`` is what was to pay when they were made, by kind and unsaid."""

    receipts: int
    kept: Decimal
    paid: list[tuple[str, Decimal]]
    unsaid: Decimal


def totals(receipts: "QuerySet[Purchase]") -> Totals:
    """Sums of a list, whatever of it a page shows. Five queries."""
    keys = receipts.order_by().values("pk")
    pieces = Piece.objects.filter(purchase__in=keys)
    kept = pieces.filter(returned_on=None).aggregate(sum=Sum("price", default=NOTHING))["sum"]
    sold = pieces.aggregate(sum=Sum("price", default=NOTHING))["sum"]
    back = Piece.objects.filter(exchanged_in__in=keys).aggregate(sum=Sum("price", default=NOTHING))["sum"]
    tenders = Tender.objects.filter(purchase__in=keys).order_by().values_list("kind").annotate(Sum("sum"))
    paid = {kind: Decimal(paid) for kind, paid in tenders}
    unsaid = Decimal(sold) - Decimal(back) - sum(paid.values(), NOTHING)
    told = [(str(kind.label), paid[kind]) for kind in TenderKind if kind in paid]
    return Totals(receipts.order_by().count(), Decimal(kept), told, unsaid)
