"""Receipts and loyalty: what each act on a receipt makes of its bonuses."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import F, Min, Q
from django.utils import timezone

from catalogue.kinds import Tariff
from loyalty import occasions, pricing, selectors, settling
from loyalty import services as loyalty_services
from loyalty.models import Account, Terms
from loyalty.offers import acts as offers
from loyalty.pricing import UNIT, Line
from loyalty.settling import Settled, Wanted
from purchases.bills import Quote, kopecks, roubles
from purchases.models import Deduction, DeductionSource, Piece, Purchase
from stores.models import Employee


def write(purchase: Purchase, pieces: Sequence[Piece], made: Quote, *, by: Employee | None) -> None:
    """What a new receipt spends and earns, and why its pieces cost what they cost."""
    rows = [
        Deduction(piece=piece, source=source, amount=roubles(part))
        for piece, line in zip(pieces, made.bill.lines, strict=True)
        for source, part in ((DeductionSource.TIER, line.tier), (DeductionSource.RIGHT, line.right))
        if part
    ]
    if made.bill.spent or made.bill.earns:
        whose = made.member.account_id if made.member else _account(purchase).pk
        birth = loyalty_services.birth_of(made.terms, purchase.sold_on)
        wanted = Wanted({None: made.bill.spent}, made.bill.earns, birth)
        came = settling.settle(
            purchase.loyalty_key, wanted, account=whose, version="0", on=purchase.sold_on, by=by, is_new=True, book=made.book
        )
        rows += _dealt(pieces, [line.bonus // UNIT for line in made.bill.lines], came)
    Deduction.objects.bulk_create(rows)
    if made.right and made.bill.by_right:
        offers.use(made.right, purchase.loyalty_key, roubles(made.bill.by_right), on=purchase.sold_on, by=by)
    tell_spent(purchase, made.terms, made.bill.spent)


def tell_spent(purchase: Purchase, terms: Terms | None, spent: int) -> None:
    """Tell the client what was spent in a receipt of today, where the terms say so."""
    if purchase.client and terms and purchase.sold_on == purchase.store.today():
        occasions.tell_spent(
            purchase.client, terms, spent, key=purchase.loyalty_key, on=purchase.sold_on, now=timezone.now()
        )  # fmt: skip


def follow(purchase: Purchase, *, by: Employee | None, on: date, anew: bool = False, whose: int | None = None) -> Settled | None:
    """Make what a receipt spent and earned what stands in it now; None where loyalty has nothing to do with it.

    ``anew``: what its pieces earn is counted again. ``whose``: the client from whom it was taken.
    """
    receipt = purchase.loyalty_key
    if whose and whose != purchase.client_id:
        _let_go(purchase, whose, by=by, on=on)
    terms = selectors.terms_on(purchase.sold_on) if purchase.client_id else None
    if anew:
        _earn_anew(purchase, terms)
    pieces = list(purchase.pieces.prefetch_related("deductions").order_by("pk"))
    kept = [] if purchase.is_voided else [piece for piece in pieces if piece.returned_on is None]
    wanted = Counter({lot: amount for lot, amount in _spent(kept).items() if amount})
    earned = sum(piece.earned for piece in kept)
    offers.follow(receipt, _taken_by_right(kept), on=on)
    if purchase.client_id is None or not (wanted or earned or settling.knows(receipt)):
        return None
    if whose and whose != purchase.client_id:
        wanted = Counter({None: wanted.total()})
    came = _settle(purchase, terms, wanted, earned, on=on, by=by)
    if dict(came.spent) != dict(wanted):
        _deal_again(kept, came)
    return came


def _taken_by_right(pieces: Iterable[Piece]) -> Decimal:
    rows = (row for piece in pieces for row in piece.deductions.all() if row.source == DeductionSource.RIGHT)
    return sum((row.amount for row in rows), Decimal(0))


def _let_go(purchase: Purchase, whose: int, *, by: Employee | None, on: date) -> None:
    """The client to whom a receipt belonged has spent and earned nothing in it."""
    member = selectors.member_of(whose)
    if member and settling.knows(purchase.loyalty_key):
        nothing = Wanted({}, 0, loyalty_services.birth_of(None, on))
        version = f"{purchase.version}:gone"
        settling.settle(purchase.loyalty_key, nothing, account=member.account_id, version=version, on=on, by=by)


def _settle(
    purchase: Purchase, terms: Terms | None, spent: dict[int | None, int], earned: int, *, on: date, by: Employee | None
) -> Settled:
    wanted = Wanted(spent, earned, loyalty_services.birth_of(terms, purchase.sold_on))
    held, version = _account(purchase), str(purchase.version)
    return settling.settle(purchase.loyalty_key, wanted, account=held.pk, version=version, on=on, by=by, held=held)


def _account(purchase: Purchase) -> Account:
    return loyalty_services.open_account(purchase.client_id or 0, on=purchase.sold_on)


def _earn_anew(purchase: Purchase, terms: Terms | None) -> None:
    """What each piece earns, returned ones too, by the price that it has now."""
    pieces = list(purchase.pieces.order_by("pk"))
    client = purchase.client_id or 0
    percent = selectors.standing_of(client, selectors.member_of(client), terms, purchase.sold_on).earn if terms else 0
    bases = [pricing.base_of(kopecks(piece.price), Line(0, tariff=Tariff(piece.tariff))) for piece in pieces]
    for piece, earned in zip(pieces, pricing.earned(bases, percent), strict=True):
        piece.earned = earned
    Piece.objects.bulk_update(pieces, ["earned"])


def _spent(pieces: Iterable[Piece]) -> dict[int | None, int]:
    spent: defaultdict[int | None, int] = defaultdict(int)
    for piece in pieces:
        for row in _bonus_rows(piece):
            spent[row.lot_id] += int(row.amount)
    return spent


def _bonus_rows(piece: Piece) -> list[Deduction]:
    return [row for row in piece.deductions.all() if row.source == DeductionSource.BONUS]


def _deal_again(pieces: Sequence[Piece], came: Settled) -> None:
    """The lots from which the bonuses of these pieces came in the end."""
    amounts = [sum(int(row.amount) for row in _bonus_rows(piece)) for piece in pieces]
    Deduction.objects.filter(piece__in=pieces, source=DeductionSource.BONUS).delete()
    Deduction.objects.bulk_create(_dealt(pieces, amounts, came))


def _dealt(pieces: Sequence[Piece], amounts: Sequence[int], came: Settled) -> list[Deduction]:
    return [
        Deduction(piece=piece, source=DeductionSource.BONUS, amount=amount, lot_id=lot)
        for piece, parts in zip(pieces, pricing.deal(came.spent, amounts), strict=True)
        for lot, amount in parts
    ]


def follow_list(receipts: Collection[int], *, by: Employee | None, on: date, again: bool = False) -> None:
    """What a list made of receipts is followed by their bonuses; ``again``: what it took back. A new one earns on its own day.

    Two queries where no terms hold; what was sold before the first of them is left alone, but for what a coupon made cheaper.
    """
    first = Terms.objects.aggregate(first=Min("since"))["first"]
    used = offers.receipts_of([f"receipt:{pk}" for pk in receipts])
    if first is None and not used:
        return
    since = Q(sold_on__gte=first) if first else Q(pk__in=[])
    touched = Purchase.written.filter(since | Q(pk__in=used), pk__in=receipts).order_by("client", "pk")
    if again:
        touched.order_by().update(version=F("version") + 1)
    for purchase in touched:
        follow(purchase, by=by, on=on if purchase.version else purchase.sold_on, anew=True)
