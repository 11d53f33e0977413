"""What a till's receipt has spent and earned: it has happened, so that what is not there any more is owed."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from catalogue.kinds import Tariff
from loyalty import pricing, selectors, settling
from loyalty import services as loyalty_services
from loyalty.models import Right
from loyalty.offers import acts as offers
from loyalty.offers.acts import RightRefusedError
from loyalty.pricing import UNIT, Line, Refused, Rules, Standing
from purchases.bills import Typed, kopecks
from purchases.bonuses import follow, tell_spent
from purchases.models import Deduction, DeductionSource, Piece, Purchase
from stores.models import Employee

OfATill = Piece | Typed


class Taken(NamedTuple):
    """What a till has taken off a line already: the tier's discount, bonuses, and a coupon's discount."""

    tier: Decimal = Decimal(0)
    bonuses: int = 0
    right: Decimal = Decimal(0)


def write_as_happened(
    purchase: Purchase, pieces: Sequence[Piece], taken: Sequence[Taken], right: Right | None = None, *, by: Employee | None
) -> None:
    """What a till's receipt has spent and what it earns; bonuses that are not there any more are owed.

    Where no terms hold, or the coupon was not to be had, a discount is but a discount.
    """
    terms = selectors.terms_on(purchase.sold_on)
    if terms and purchase.client_id:
        loyalty_services.hold(purchase.client_id)
    rows = _by_right(purchase, pieces, taken, right, by=by)
    if terms:
        rows += _off(pieces, DeductionSource.TIER, [line.tier for line in taken])
        rows += _off(pieces, DeductionSource.BONUS, [Decimal(line.bonuses) for line in taken])
    Deduction.objects.bulk_create(rows)
    if terms and purchase.client_id:
        follow(purchase, by=by, on=purchase.sold_on, anew=True)
        tell_spent(purchase, terms, sum(line.bonuses for line in taken))


def _by_right(
    purchase: Purchase, pieces: Sequence[Piece], taken: Sequence[Taken], right: Right | None, *, by: Employee | None
) -> list[Deduction]:
    """Why pieces cost less by the coupon that a till took; nothing where it was not to be had."""
    is_used = _use_at_till(purchase, pieces, taken, right, by=by)
    return _off(pieces, DeductionSource.RIGHT, [line.right for line in taken]) if is_used else []


def use_at_till(purchase: Purchase, lines: Sequence[OfATill], taken: Sequence[Taken], right: Right | None) -> bool:
    """Use the coupon for what a till took off a receipt that was there already. False where it was not to be had."""
    if right and purchase.client_id and selectors.terms_on(purchase.sold_on):
        loyalty_services.hold(purchase.client_id)  # the account before the right, as everywhere
    return _use_at_till(purchase, lines, taken, right, by=None)


def _use_at_till(
    purchase: Purchase, lines: Sequence[OfATill], taken: Sequence[Taken], right: Right | None, *, by: Employee | None
) -> bool:
    off = sum((line.right for line in taken), Decimal(0))
    if right is None or not off or refused_at_till(right, purchase, lines, taken):
        return False
    try:
        offers.use(right, purchase.loyalty_key, off, on=purchase.sold_on, by=by)
    except RightRefusedError:  # another receipt had the last use meanwhile
        return False
    return True


def _off(pieces: Sequence[Piece], source: DeductionSource, amounts: Sequence[Decimal]) -> list[Deduction]:
    return [Deduction(piece=piece, source=source, amount=amount) for piece, amount in zip(pieces, amounts, strict=True) if amount]


def refused_at_till(right: Right, purchase: Purchase, pieces: Sequence[OfATill], taken: Sequence[Taken]) -> Refused:
    """Why a coupon does not stand for what a till took off by it; a till may round down to the rouble."""
    facts = [
        Line(
            kopecks(piece.price + piece.discount), kopecks(piece.discount - off.tier - off.bonuses - off.right), 0,
            Tariff(piece.tariff), str(piece.kind),
        )
        for piece, off in zip(pieces, taken, strict=True)
    ]  # fmt: skip
    bill = pricing.bill(facts, Standing(), 0, Rules(), right.offer)
    more = kopecks(sum((off.right for off in taken), Decimal(0))) > bill.by_right + UNIT
    return right.refused_to(purchase.client_id, purchase.sold_on) or bill.refused or (Refused.MORE if more else Refused.NOT)


def owed_for(purchase: Purchase) -> int:
    """Bonuses that a receipt spent and that were not there. One query."""
    return settling.owed_for_spend(purchase.loyalty_key)
