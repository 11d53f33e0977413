"""How a receipt is paid: its tenders are what was to pay, or nobody said."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, QuerySet, Sum

from loyalty.certificates import acts as certificates
from loyalty.certificates.acts import CertificateRefusedError
from purchases.models import Piece, Purchase, Tender, TenderKind
from stores.models import Employee

NOTHING = Decimal(0)


class TenderLine(NamedTuple):
    """A part of a payment; without a sum it is all that the others leave."""

    kind: str
    sum: Decimal | None = None


class PaymentsDifferError(Exception):
    """What was paid is not what was to pay."""

    def __init__(self, *, to_pay: Decimal, paid: Decimal) -> None:
        super().__init__(f"to pay {to_pay}, paid {paid}")
        self.to_pay, self.paid = to_pay, paid


def settled(tenders: Sequence[TenderLine], to_pay: Decimal, by_certificates: Decimal = NOTHING) -> tuple[TenderLine, ...]:
    """The tenders with their sums, one of a kind; none where nobody said, or where nothing was to pay.

    One of them may leave its sum open and takes the rest. What is given back has a minus, whether it was typed or not.
    ``by_certificates``: what certificates pay, whose codes are known; the tenders then are for the rest, which may stay unsaid.
    Raises PaymentsDifferError.
    """
    if by_certificates:
        rest = [tender for tender in tenders if tender.kind != TenderKind.CERTIFICATE]
        mine = TenderLine(TenderKind.CERTIFICATE.value, by_certificates)
        return _in_order([mine, *settled(rest, to_pay - by_certificates)])
    sign = -1 if to_pay < 0 else 1
    said = [line._replace(sum=sign * abs(line.sum)) for line in tenders if line.sum is not None]
    paid = sum((line.sum or NOTHING for line in said), NOTHING)
    rest = [line._replace(sum=to_pay - paid) for line in tenders if line.sum is None]
    left = sign * (to_pay - paid)
    if tenders and (left < 0 or (left and len(rest) != 1)):
        raise PaymentsDifferError(to_pay=to_pay, paid=paid)
    return _in_order([*said, *rest])


def _in_order(tenders: Iterable[TenderLine]) -> tuple[TenderLine, ...]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for tender in tenders:
        sums[tender.kind] += tender.sum or NOTHING
    return tuple(TenderLine(kind, sums[kind]) for kind in TenderKind.values if sums[kind])


def follow(purchase: Purchase, *, by: Employee | None, on: date) -> Decimal:
    """Make what certificates pay for a receipt what stands in it now: what comes back goes to them first. One query for most.

    A piece that was exchanged is paid for by its certificate still. Returns what came back to them. Raises
    CertificateRefusedError where what is to be paid again was spent elsewhere.
    """
    if not certificates.knows(purchase.loyalty_key):
        return NOTHING
    paid = purchase.tenders.filter(kind=TenderKind.CERTIFICATE).aggregate(sum=Sum("sum", default=NOTHING))["sum"]
    back = purchase.pieces.exclude(returned_on=None).filter(exchanged_in=None).aggregate(sum=Sum("price", default=NOTHING))["sum"]
    wanted = NOTHING if purchase.is_voided else max(NOTHING, Decimal(paid) - Decimal(back))
    return certificates.follow(purchase.loyalty_key, wanted, version=str(purchase.version), on=on, by=by)


def follow_list(
    receipts: Collection[int], *, by: Employee | None, on: date, said: Mapping[int, Sequence[TenderLine]] | None = None
) -> None:
    """What a list made of receipts is followed by their payments, and by their certificates. Two queries where there are none.

    ``said``: what the list says of how they were paid. Money that was spent elsewhere meanwhile is not taken from a client
    behind their back: it stays where it is.
    """
    _settle_again(receipts, said or {})
    paid = certificates.receipts_of([f"receipt:{pk}" for pk in receipts])
    if not paid:
        return
    touched = Purchase.written.filter(pk__in=paid).order_by("client", "pk")
    touched.order_by().update(version=F("version") + 1)
    for purchase in touched:
        with suppress(CertificateRefusedError):
            follow(purchase, by=by, on=on)


def _settle_again(receipts: Collection[int], said: Mapping[int, Sequence[TenderLine]]) -> None:
    """Payments that do not add up any more: one follows what is to pay, several are not known then.

    Where nobody has said how a receipt was paid, the list says it, as soon as all its pieces are there.
    """
    paid: defaultdict[int, list[TenderLine]] = defaultdict(list)
    for key, kind, sum_ in Tender.objects.filter(purchase__in=receipts).values_list("purchase", "kind", "sum"):
        paid[key].append(TenderLine(kind, sum_))
    for purchase in Purchase.written.filter(pk__in=[key for key in receipts if paid[key] or said.get(key)]):
        to_pay, is_ = to_pay_of(purchase), paid[purchase.pk]
        held = [one for one in is_ if one.kind == TenderKind.CERTIFICATE]
        others = [one for one in is_ if one.kind != TenderKind.CERTIFICATE]
        if (is_ and not others) or (is_ and sum((one.sum or NOTHING for one in is_), NOTHING) == to_pay):
            continue
        with suppress(PaymentsDifferError):
            wanted = [*held, TenderLine(others[0].kind)] if len(others) == 1 else held or said.get(purchase.pk, ())
            save(purchase, settled(wanted, to_pay) if wanted != held else held)


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
