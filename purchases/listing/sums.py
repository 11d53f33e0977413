"""What a row says was paid: price, discount and sum in their columns, split into the pieces of a quantity."""

import re
from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from imports.specs import BadRowError
from imports.vocabulary import unknown
from purchases.listing import signs, words
from stores.texts import writing

KOPECK = Decimal("0.01")
# What is paid may be rounded up to the rouble; more than the price of its pieces is the sum of something else.
ROUNDING = Decimal(1)
# More pieces than these in one row are a slip of the hand.
MOST_PIECES = 100
_QUANTITY = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?\s*(?:шт\w*|pcs?|ед\w*|экз\w*|пар\w*|pairs?)?\.?", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|проц\w*\.?|percent)?", re.IGNORECASE)
SUMS = ("paid", "net", "price")
# A gift costs nothing, whatever word stands for its sum; a pair of earrings is one piece.
_FREE = re.compile(r"(?:в\s+)?подарок|бесплатно|даром|gift|free", re.IGNORECASE)
_ONE = re.compile(r"(?:один|одна|одно|пара|one|a? ?pair)\.?", re.IGNORECASE)


class UnclearRowError(ValueError):
    """A row that may mean this or that, for a person to decide; the text is the reason of the conflict."""


class Amounts(NamedTuple):
    """The pieces of a row: what was paid for each and what was taken off; ``back`` where a sign says so."""

    prices: tuple[Decimal, ...]
    discounts: tuple[Decimal, ...]
    back: bool


def check_currency(values: Mapping[str, str]) -> None:
    """Raises UnclearRowError for sums in a money that may not be the chain's, BadRowError where a person said that it is not."""
    said = values.get("currency", "")
    if said and not (known := words.read_currency(said)):
        raise UnclearRowError(unknown("currency", said))
    if said and known == words.FOREIGN:
        raise BadRowError("currency left out")


def amounts(values: Mapping[str, str]) -> Amounts:
    """The sums of a row to the kopeck. Raises BadRowError for what is no sum, UnclearRowError for what contradicts itself."""
    check_currency(values)
    parts = {name: signs.parted(values[name]) for name in (*SUMS, "quantity") if values.get(name)}
    pieces = quantity(parts["quantity"].figure) if "quantity" in parts else 1
    said = {name: money(parts[name].figure) for name in SUMS if name in parts}
    if not said:
        said = {"paid": money(_of_the_whole(values, parts))}
    paid, discount = _settled(said, values, pieces)
    return Amounts(split(paid, pieces), split(discount, pieces), any(part.back for part in parts.values()))


def _of_the_whole(values: Mapping[str, str], parts: dict[str, signs.Parted]) -> str:
    """The sum of the receipt, where it has this one line. Raises BadRowError where none is said, UnclearRowError for one that
    several lines share."""
    if not values.get("whole"):
        raise BadRowError("price")
    if values.get("lines", "1") not in ("", "1"):
        raise UnclearRowError("whole")
    parts["whole"] = signs.parted(values["whole"])
    return parts["whole"].figure


def _settled(said: Mapping[str, Decimal], values: Mapping[str, str], pieces: int) -> tuple[Decimal, Decimal]:
    """What was paid for all the pieces, and what was taken off."""
    before = said["price"] * pieces if "price" in said else None
    paid = said.get("paid", said["net"] * pieces if "net" in said else None)
    off = taken_off(values, before if before is not None else paid, of_paid=before is None)
    if paid is None:
        if before is None or off > before:
            raise UnclearRowError("sum")
        return before - off, off
    if before is None:
        return paid, off
    taken = before - paid
    if (off and paid == before) or -taken > ROUNDING or (_in_roubles(values) and off - taken > ROUNDING):
        raise UnclearRowError("sum")
    # Bonuses, or the same discount of every piece, took off more than the discount that is written.
    return paid, off if off and "percent" not in values and abs(taken - off) <= ROUNDING else max(taken, Decimal(0))


def _in_roubles(values: Mapping[str, str]) -> bool:
    """Whether a discount is a sum; per cent are rounded by those who write them."""
    return not values.get("percent") and percent(signs.parted(values.get("discount", "")).figure, bare=False) is None


def taken_off(values: Mapping[str, str], of: Decimal | None, *, of_paid: bool) -> Decimal:
    """The discount in roubles: written so, or in per cent of the price (of what was paid, where only that is known).

    One that cannot be read is left out rather than losing the sale. Raises UnclearRowError for one above the price.
    """
    share, sum_ = percent(values.get("percent", ""), bare=True), values.get("discount", "")
    if sum_ and share is None:
        figure = signs.parted(sum_).figure
        share = percent(figure, bare=False)
        if share is None:
            try:
                return money(figure)
            except BadRowError:
                return Decimal(0)
    if not share or of is None:
        return Decimal(0)
    if share > 100 or (of_paid and share == 100):
        raise UnclearRowError("sum")
    rate = share / (100 - share) if of_paid else share / 100
    return (of * rate).quantize(KOPECK, ROUND_HALF_UP)


def percent(text: str, *, bare: bool) -> Decimal | None:
    """``10%`` → 10, and ``0.1`` as spreadsheets keep it; ``bare`` figures only in a column of per cent."""
    figure = signs.parted(text).figure
    found = _PERCENT.fullmatch(figure)
    if not found:
        return None
    share = Decimal(found[1].replace(",", "."))
    marked = not figure[-1].isdigit()
    if not marked and 0 < share < 1:
        return share * 100
    return share if bare or marked else None


def money(text: str) -> Decimal:
    """A sum of zero or more; of which country's money it is, ``check_currency`` asks. Raises BadRowError."""
    if _FREE.fullmatch(text):
        return Decimal(0)
    try:
        return writing.read_money(writing.without_foreign_money(text))
    except writing.NotMoneyError:
        raise BadRowError("price") from None


def quantity(text: str) -> int:
    """How many pieces. Raises UnclearRowError for none, for parts of one, and for what is no number."""
    found = _QUANTITY.fullmatch("1" if _ONE.fullmatch(text) else text)
    if not found or int(found[2] or 0) or not 0 < int(found[1]) <= MOST_PIECES:
        raise UnclearRowError("quantity")
    return int(found[1])


def split(whole: Decimal, pieces: int) -> tuple[Decimal, ...]:
    """Parts that add up to the kopeck; the first ones carry what is left over."""
    part = (whole / pieces).quantize(KOPECK, ROUND_DOWN)
    left = int((whole - part * pieces) / KOPECK)
    return tuple(part + KOPECK if at < left else part for at in range(pieces))
