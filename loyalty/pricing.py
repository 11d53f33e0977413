"""The bill: what comes off each line of a receipt, what is left to pay, what it earns. Pure, in kopecks and bonuses. Public.

``Mode`` stands here, because the bill is all that depends on it.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.kinds import Tariff

UNIT: Final = 100  # kopecks in a bonus
WHOLE: Final = 10_000  # a percent is counted in hundredths

Wish = int | Literal["most"]


class Mode(models.TextChoices):
    """What the terms give."""

    OFF = "off", _("nothing")
    DISCOUNT = "discount", _("a discount by tier")
    BONUSES = "bonuses", _("bonuses")
    BOTH = "both", _("a discount by tier and bonuses")


class Why(models.TextChoices):
    """Why a line earns, or does not."""

    EARNS = "", ""
    WEIGHT = "weight", _("sold by weight: earns no bonuses and takes none")
    MARKDOWN = "markdown", _("marked down: earns no bonuses and takes none")
    INVESTMENT = "investment", _("investment piece: earns no bonuses and takes none")
    NOTHING = "nothing", _("nothing is paid in money: nothing to earn on")
    TERMS = "terms", _("the terms give no bonuses")


class Benefit(models.TextChoices):
    """What a right gives."""

    PERCENT = "percent", _("a percent off")
    SUM = "sum", _("a sum off")
    GIFT = "gift", _("a piece as a gift")


class Refused(models.TextChoices):
    """Why a right takes nothing off."""

    NOT = "", ""
    UNKNOWN = "unknown", _("There is no such coupon.")
    REVOKED = "revoked", _("This coupon was revoked.")
    EARLY = "early", _("This coupon does not hold yet.")
    LATE = "late", _("This coupon holds no more.")
    USED = "used", _("This coupon was used already.")
    OTHERS = "others", _("This is a personal offer of another client.")
    FLOOR = "floor", _("The pieces that the coupon is for cost too little.")
    KINDS = "kinds", _("No piece of this receipt is one that the coupon is for.")
    MORE = "more", _("More was taken off than the coupon gives.")
    LESS = "less", _("The discount is no less without the coupon: it stays for another time.")


class Line(NamedTuple):
    """A line as it was typed: its tag, what came off before loyalty (by hand or as a markdown), old gold taken in for it."""

    tag: int
    off: int = 0
    scrap: int = 0
    tariff: Tariff = Tariff.TAG
    kind: str = ""


class Offer(NamedTuple):
    """Of a right, what a bill needs: hundredths of a percent, kopecks, or the highest tag of a gift; ``kinds``: of these alone.

    ``floor``: what the pieces that it is for cost at least; for a gift, the others.
    """

    benefit: Benefit
    value: int
    floor: int = 0
    kinds: frozenset[str] = frozenset()
    not_on: frozenset[str] = frozenset()
    with_tier: bool = False


class Rules(NamedTuple):
    """Of the terms: the share that bonuses may pay (hundredths of a percent), the least that is paid in money for a line."""

    share: int = 0
    least: int = UNIT


class Standing(NamedTuple):
    """Of the client, what a bill needs: bonuses that can be spent, the tier's discount and earning in hundredths of a percent."""

    balance: int = 0
    discount: int = 0
    earn: int = 0


class BilledLine(NamedTuple):
    """What became of a line: its tag is off + tier + right + bonus (in kopecks) + paid."""

    tag: int
    off: int
    tier: int
    bonus: int
    paid: int
    earns: int
    why: Why
    right: int = 0


class Bill(NamedTuple):
    """``spent`` bonuses of the ``most`` that may be spent; ``to_pay`` in kopecks; ``earns`` bonuses.

    ``refused`` says why the right takes nothing off.
    """

    lines: tuple[BilledLine, ...]
    most: int
    spent: int
    to_pay: int
    earns: int
    refused: Refused = Refused.NOT

    @property
    def by_right(self) -> int:
        """What the right takes off, in kopecks."""
        return sum(line.right for line in self.lines)


def bill(lines: Sequence[Line], standing: Standing, wish: Wish, rules: Rules, offer: Offer | None = None) -> Bill:
    """Tag → by hand or markdown → the better of the tier's discount and a right → bonuses → to pay (docs/loyalty.md).

    A wish for more bonuses than may be spent gets as many as may be.
    """
    joins = [line.tariff == Tariff.TAG for line in lines]
    tier, right, refused = _discounts(lines, _tier_parts(lines, joins, standing.discount), offer, rules.least)
    rest = [line.tag - line.off - part - less for line, part, less in zip(lines, tier, right, strict=True)]
    asked = [left if takes_part else 0 for left, takes_part in zip(rest, joins, strict=True)]
    room = [max(0, left - rules.least) // UNIT for left in asked]
    most = min(standing.balance, sum(asked) * rules.share // (WHOLE * UNIT), sum(room))
    spent = most if wish == "most" else min(wish, most)
    bonus = spread(spent, asked, room)
    paid = [left - part * UNIT for left, part in zip(rest, bonus, strict=True)]
    earns = earned([base_of(*one) for one in zip(paid, lines, strict=True)], standing.earn)
    billed = tuple(
        BilledLine(line.tag, line.off, off, part * UNIT, left, whole, _why(line, left, standing.earn), less)
        for line, off, part, left, whole, less in zip(lines, tier, bonus, paid, earns, right, strict=True)
    )
    return Bill(billed, most, spent, sum(paid), sum(earns), refused)


def earned(bases: Sequence[int], percent: int) -> list[int]:
    """Whole bonuses that each line earns: the floor of the receipt's, by largest remainder."""
    return spread(sum(bases) * percent // (WHOLE * UNIT), bases)


def base_of(paid: int, line: Line) -> int:
    """The money of a line that earns: what is paid for it, less old gold."""
    return max(0, paid - line.scrap) if line.tariff == Tariff.TAG else 0


def _tier_parts(lines: Sequence[Line], joins: Sequence[bool], percent: int) -> list[int]:
    """The tier's discount of the tags, rounded once for the receipt; what came off by hand already is a part of it."""
    tags = [line.tag if takes_part else 0 for line, takes_part in zip(lines, joins, strict=True)]
    whole = (sum(tags) * percent + WHOLE // 2) // WHOLE
    return [max(0, part - line.off) for part, line in zip(spread(whole, tags), lines, strict=True)]


def _discounts(lines: Sequence[Line], tier: list[int], offer: Offer | None, least: int) -> tuple[list[int], list[int], Refused]:
    """What the tier and the right take off each line. Of the lines that the right is for, only the better of the two stands."""
    nothing = [0] * len(lines)
    if offer is None:
        return tier, nothing, Refused.NOT
    places = _places(lines, offer)
    if not places:
        return tier, nothing, Refused.KINDS
    if _counted(lines, places, offer) < offer.floor:
        return tier, nothing, Refused.FLOOR
    right = _right_parts(lines, places, tier, offer, least)
    without = 0 if offer.with_tier else sum(tier[place] for place in places)
    if sum(right) <= without:
        return tier, nothing, Refused.LESS
    if not offer.with_tier:
        tier = [0 if place in places else part for place, part in enumerate(tier)]
    return tier, right, Refused.NOT


def _places(lines: Sequence[Line], offer: Offer) -> list[int]:
    """The lines that a right is for; of those that may be a gift the dearest, of equal ones the first."""
    joins = [
        place
        for place, line in enumerate(lines)
        if line.tariff == Tariff.TAG and line.kind not in offer.not_on and (not offer.kinds or line.kind in offer.kinds)
    ]
    if offer.benefit == Benefit.GIFT:
        joins = [place for place in joins if 0 < lines[place].tag <= offer.value]
        return sorted(joins, key=lambda place: -lines[place].tag)[:1]
    return joins


def _counted(lines: Sequence[Line], places: Sequence[int], offer: Offer) -> int:
    """What the floor is compared with."""
    is_gift = offer.benefit == Benefit.GIFT
    told = [line for place, line in enumerate(lines) if line.tariff == Tariff.TAG and (place in places) != is_gift]
    return sum(line.tag - line.off for line in told)


def _right_parts(lines: Sequence[Line], places: Sequence[int], tier: Sequence[int], offer: Offer, least: int) -> list[int]:
    """What a right takes off each line: of the tag, with what came off by hand as a part of it; beside a tier of what is left.

    Something is left to pay for each piece, but for a gift.
    """
    parts = [0] * len(lines)
    if offer.with_tier or offer.benefit == Benefit.GIFT:
        beside = tier if offer.with_tier else parts
        bases, hand = [lines[place].tag - lines[place].off - beside[place] for place in places], [0] * len(places)
    else:
        bases, hand = [lines[place].tag for place in places], [lines[place].off for place in places]
    room = [max(0, base - least) for base in bases]
    whole = (sum(bases) * offer.value + WHOLE // 2) // WHOLE if offer.benefit == Benefit.PERCENT else offer.value
    taken = bases if offer.benefit == Benefit.GIFT else spread(min(whole, sum(room)), bases, room)
    for place, part, off in zip(places, taken, hand, strict=True):
        parts[place] = max(0, part - off)
    return parts


def _why(line: Line, paid: int, percent: int) -> Why:
    if line.tariff != Tariff.TAG:
        return Why(line.tariff.value)
    if not percent:
        return Why.TERMS
    return Why.EARNS if base_of(paid, line) else Why.NOTHING


def spread(total: int, weights: Sequence[int], caps: Sequence[int] | None = None) -> list[int]:
    """Whole parts in proportion to the weights, by largest remainder, none above its cap; they add up to the total.

    Of equal remainders the line that stands first gets more. The total is at most what the caps allow together.
    """
    parts = [0] * len(weights)
    room = list(caps) if caps is not None else [total] * len(weights)
    while left := total - sum(parts):
        places = [place for place, weight in enumerate(weights) if weight and parts[place] < room[place]]
        for place, share in zip(places, _shares(left, [weights[place] for place in places]), strict=True):
            parts[place] = min(parts[place] + share, room[place])
    return parts


def _shares(total: int, weights: Sequence[int]) -> list[int]:
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in remainders[: total - sum(shares)]:
        shares[place] += 1
    return shares


def deal(parts: Iterable[tuple[int | None, int]], wanted: Sequence[int]) -> list[list[tuple[int | None, int]]]:
    """Lots in their order dealt to lines in their order: which lots each line gets, and how much of each."""
    lots = deque(parts)
    dealt: list[list[tuple[int | None, int]]] = []
    for want in wanted:
        mine: list[tuple[int | None, int]] = []
        while left := want - sum(amount for _lot, amount in mine):
            lot, amount = lots.popleft()
            mine.append((lot, min(left, amount)))
            if amount > left:
                lots.appendleft((lot, amount - left))
        dealt.append(mine)
    return dealt
