"""Receipts and loyalty: the bill of a sale, and what each act on a receipt makes of its bonuses."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from django.db.models import F, Min

from clients.models import Client
from loyalty import pricing, selectors, settling
from loyalty import services as loyalty_services
from loyalty.models import Member, Terms
from loyalty.pricing import UNIT, Bill, Line, Tariff, Wish
from loyalty.services import NotEnoughError
from loyalty.settling import Settled, Wanted
from purchases.models import Deduction, DeductionSource, Piece, Purchase
from stores.models import Employee


class Tagged(NamedTuple):
    """A line before loyalty: what it is to cost, and what is off its tag by then."""

    price: Decimal
    discount: Decimal
    tariff: Tariff = Tariff.TAG


class Typed(Protocol):
    """A line as it was typed at the counter."""

    @property
    def article(self) -> str: ...
    @property
    def price(self) -> Decimal: ...
    @property
    def discount(self) -> Decimal: ...
    @property
    def tariff(self) -> Tariff: ...


class Quote(NamedTuple):
    """A bill under the terms that hold, for who has this share in an account (None: none yet)."""

    bill: Bill
    terms: Terms
    member: Member | None


def quote(lines: Iterable[Tagged], client: Client, member: Member | None, day: date, wish: Wish) -> Quote | None:
    """What the lines cost this client on the day, and what they earn; None where no terms hold. At most four queries."""
    terms = selectors.terms_on(day)
    if terms is None:
        return None
    facts = [Line(_kopecks(line.price + line.discount), _kopecks(line.discount), 0, line.tariff) for line in lines]
    standing = selectors.standing_of(client.pk, member, terms, day)
    return Quote(pricing.bill(facts, standing, wish, terms.rules), terms, member)


def binding(lines: Sequence[Tagged], client: Client | None, day: date, wish: Wish) -> Quote | None:
    """The quote by which a receipt is saved, the account locked. Raises NotEnoughError where more is wished than may be spent."""
    made = quote(lines, client, loyalty_services.hold(client.pk), day, wish) if client else None
    most = made.bill.most if made else 0
    if wish != "most" and wish > most:
        raise NotEnoughError(most)
    return made


def write(purchase: Purchase, pieces: Sequence[Piece], made: Quote, *, by: Employee | None) -> None:
    """What a new receipt spends and earns, and why its pieces cost what they cost."""
    rows = [
        Deduction(piece=piece, source=DeductionSource.TIER, amount=_roubles(line.tier))
        for piece, line in zip(pieces, made.bill.lines, strict=True)
        if line.tier
    ]
    if made.bill.spent or made.bill.earns:
        whose = made.member.account_id if made.member else _account(purchase)
        birth = loyalty_services.birth_of(made.terms, purchase.sold_on)
        wanted = Wanted({None: made.bill.spent}, made.bill.earns, birth)
        came = settling.settle(_key(purchase), wanted, account=whose, version="0", on=purchase.sold_on, by=by, is_new=True)
        rows += _dealt(pieces, [line.bonus // UNIT for line in made.bill.lines], came)
    Deduction.objects.bulk_create(rows)


def follow(purchase: Purchase, *, by: Employee | None, on: date, anew: bool = False, whose: int | None = None) -> Settled | None:
    """Make what a receipt spent and earned what stands in it now; None where loyalty has nothing to do with it.

    ``anew``: what its pieces earn is counted again. ``whose``: the client from whom it was taken.
    """
    receipt = _key(purchase)
    if whose and whose != purchase.client_id:
        _let_go(purchase, whose, by=by, on=on)
    terms = selectors.terms_on(purchase.sold_on) if purchase.client_id else None
    if anew:
        _earn_anew(purchase, terms)
    pieces = list(purchase.pieces.prefetch_related("deductions").order_by("pk"))
    kept = [] if purchase.is_voided else [piece for piece in pieces if piece.returned_on is None]
    wanted = Counter({lot: amount for lot, amount in _spent(kept).items() if amount})
    earned = sum(piece.earned for piece in kept)
    if purchase.client_id is None or not (wanted or earned or settling.knows(receipt)):
        return None
    if whose and whose != purchase.client_id:
        wanted = Counter({None: wanted.total()})
    came = _settle(purchase, terms, wanted, earned, on=on, by=by)
    if dict(came.spent) != dict(wanted):
        _deal_again(kept, came)
    return came


def _let_go(purchase: Purchase, whose: int, *, by: Employee | None, on: date) -> None:
    """The client to whom a receipt belonged has spent and earned nothing in it."""
    member = selectors.member_of(whose)
    if member and settling.knows(_key(purchase)):
        nothing = Wanted({}, 0, loyalty_services.birth_of(None, on))
        version = f"{purchase.version}:gone"
        settling.settle(_key(purchase), nothing, account=member.account_id, version=version, on=on, by=by)


def _settle(
    purchase: Purchase, terms: Terms | None, spent: dict[int | None, int], earned: int, *, on: date, by: Employee | None
) -> Settled:
    wanted = Wanted(spent, earned, loyalty_services.birth_of(terms, purchase.sold_on))
    return settling.settle(_key(purchase), wanted, account=_account(purchase), version=str(purchase.version), on=on, by=by)


def _account(purchase: Purchase) -> int:
    return loyalty_services.open_account(purchase.client_id or 0, on=purchase.sold_on).pk


def _earn_anew(purchase: Purchase, terms: Terms | None) -> None:
    """What each piece earns, returned ones too, by the price that it has now."""
    pieces = list(purchase.pieces.order_by("pk"))
    client = purchase.client_id or 0
    percent = selectors.standing_of(client, selectors.member_of(client), terms, purchase.sold_on).earn if terms else 0
    bases = [pricing.base_of(_kopecks(piece.price), Line(0, tariff=Tariff(piece.tariff))) for piece in pieces]
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


def _key(purchase: Purchase) -> str:
    return f"receipt:{purchase.pk}"


def _kopecks(money: Decimal) -> int:
    return int(money * UNIT)


def _roubles(kopecks: int) -> Decimal:
    return Decimal(kopecks) / UNIT


def follow_list(receipts: Collection[int], *, by: Employee | None, on: date, again: bool = False) -> None:
    """What a list made of receipts is followed by their bonuses; ``again``: what it took back. A new one earns on its own day.

    One query where no terms hold; what was sold before the first of them is left alone.
    """
    first = Terms.objects.aggregate(first=Min("since"))["first"]
    if first is None:
        return
    touched = Purchase.written.filter(pk__in=receipts, sold_on__gte=first).order_by("client", "pk")
    if again:
        touched.order_by().update(version=F("version") + 1)
    for purchase in touched:
        follow(purchase, by=by, on=on if purchase.version else purchase.sold_on, anew=True)


class ToldLine(NamedTuple):
    """A line of the bill for the eye."""

    article: str
    tag: Decimal
    off: Decimal
    tier: Decimal
    bonus: int
    paid: Decimal
    earns: int
    why: str


class Told(NamedTuple):
    """The bill for the eye; ``over`` is how much more was wished than may be spent."""

    lines: list[ToldLine]
    balance: int
    most: int
    spent: int
    over: int
    to_pay: Decimal
    earns: int
    usable_from: date


def shown(lines: Sequence[Typed], client: Client | None, day: date, wish: Wish) -> Told | None:
    """The bill of a sale while it is typed; None where no terms hold. At most six queries."""
    tagged = [Tagged(line.price, line.discount, line.tariff) for line in lines]
    made = quote(tagged, client, selectors.member_of(client.pk), day, wish) if client else None
    if made is None:
        return None
    bill = made.bill
    told = [
        ToldLine(
            line.article, _roubles(one.tag), _roubles(one.off), _roubles(one.tier), one.bonus // UNIT, _roubles(one.paid),
            one.earns, str(one.why.label),
        )
        for line, one in zip(lines, bill.lines, strict=True)
    ]  # fmt: skip
    over = 0 if wish == "most" else max(0, wish - bill.most)
    usable = loyalty_services.birth_of(made.terms, day).from_on
    return Told(
        told, selectors.spendable(made.member, day), bill.most, bill.spent, over, _roubles(bill.to_pay), bill.earns, usable
    )
