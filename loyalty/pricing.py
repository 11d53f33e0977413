"""The bill: what comes off each line of a receipt, what is left to pay, what it earns. Pure, in kopecks and bonuses. Public.

``Tariff`` and ``Mode`` stand here, because the bill is all that depends on them.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

UNIT: Final = 100  # kopecks in a bonus
WHOLE: Final = 10_000  # a percent is counted in hundredths

Wish = int | Literal["most"]


class Mode(models.TextChoices):
    """What the terms give."""

    OFF = "off", _("nothing")
    DISCOUNT = "discount", _("a discount by tier")
    BONUSES = "bonuses", _("bonuses")
    BOTH = "both", _("a discount by tier and bonuses")


class Tariff(models.TextChoices):
    """How the price of a piece is made; only what is sold by its tag earns and takes bonuses."""

    TAG = "tag", _("by the tag")
    WEIGHT = "weight", _("by weight")
    MARKDOWN = "markdown", _("marked down")
    INVESTMENT = "investment", _("investment bars and coins")


class Why(models.TextChoices):
    """Why a line earns, or does not."""

    EARNS = "", ""
    WEIGHT = "weight", _("sold by weight: earns no bonuses and takes none")
    MARKDOWN = "markdown", _("marked down: earns no bonuses and takes none")
    INVESTMENT = "investment", _("investment piece: earns no bonuses and takes none")
    NOTHING = "nothing", _("nothing is paid in money: nothing to earn on")
    TERMS = "terms", _("the terms give no bonuses")


class Line(NamedTuple):
    """A line as it was typed: its tag, what came off before loyalty (by hand or as a markdown), old gold taken in for it."""

    tag: int
    off: int = 0
    scrap: int = 0
    tariff: Tariff = Tariff.TAG


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
    """What became of a line: its tag is off + tier + bonus (in kopecks) + paid."""

    tag: int
    off: int
    tier: int
    bonus: int
    paid: int
    earns: int
    why: Why


class Bill(NamedTuple):
    """``spent`` bonuses of the ``most`` that may be spent; ``to_pay`` in kopecks; ``earns`` bonuses."""

    lines: tuple[BilledLine, ...]
    most: int
    spent: int
    to_pay: int
    earns: int


def bill(lines: Sequence[Line], standing: Standing, wish: Wish, rules: Rules) -> Bill:
    """Tag → by hand or markdown → the tier's discount, where it is more → bonuses → to pay (docs/loyalty.md).

    A wish for more bonuses than may be spent gets as many as may be.
    """
    joins = [line.tariff == Tariff.TAG for line in lines]
    tier = _tier_parts(lines, joins, standing.discount)
    rest = [line.tag - line.off - part for line, part in zip(lines, tier, strict=True)]
    asked = [left if takes_part else 0 for left, takes_part in zip(rest, joins, strict=True)]
    room = [max(0, left - rules.least) // UNIT for left in asked]
    most = min(standing.balance, sum(asked) * rules.share // (WHOLE * UNIT), sum(room))
    spent = most if wish == "most" else min(wish, most)
    bonus = spread(spent, asked, room)
    paid = [left - part * UNIT for left, part in zip(rest, bonus, strict=True)]
    earns = earned([base_of(*one) for one in zip(paid, lines, strict=True)], standing.earn)
    billed = tuple(
        BilledLine(line.tag, line.off, off, part * UNIT, left, whole, _why(line, left, standing.earn))
        for line, off, part, left, whole in zip(lines, tier, bonus, paid, earns, strict=True)
    )
    return Bill(billed, most, spent, sum(paid), sum(earns))


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
