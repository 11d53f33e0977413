"""A wish in a few words, understood; and whether an article is what was wished. Pure."""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from catalogue import kinds, reading
from catalogue.kinds import Metal, PieceKind
from stores.texts import writing

_BUDGET = re.compile(
    r"(?:до|бюджет\w*|не дороже|в пределах|up to|under|budget)\s*(?P<sum>\d[\d\s.,]*\d|\d)"
    r"\s*(?P<thousands>тыс\w*|т\.?\s?р\.?|[тkк]\b)?",
    re.IGNORECASE,
)
_RING = re.compile(r"(?<![\d.,-])(1[4-9]|2[0-4])(?:[.,](\d{1,2}))?(?![\d-]|\s*(?:тыс|000|ct|кт|карат|г\b|гр))", re.IGNORECASE)
_LENGTH = re.compile(r"(?<!\d)(\d{2})(?:[.,](\d))?\s*(?:см|cm)", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<!\w)[A-ZА-Я]{1,4}-?\d{3,}(?:[-/]\w+)*", re.IGNORECASE)
GOLDS = {Metal.GOLD, Metal.RED_GOLD, Metal.WHITE_GOLD, Metal.YELLOW_GOLD}


class Wish(NamedTuple):
    """What somebody wants; an empty part is open. Without an article or a kind nothing answers to it."""

    kind: str = ""
    metal: str = ""
    size: str = ""
    budget: Decimal | None = None
    article_key: str = ""


class Offer(NamedTuple):
    """An article as a wish looks at it: ``sizes`` are those that lie in a store."""

    article_key: str
    kind: str
    metal: str
    price: Decimal | None
    sizes: Collection[str]


def read(text: str) -> Wish:
    """``кольцо белое золото 17,5 до 50 тыс`` → a ring of white gold, 17.5, up to 50 000."""
    rest, budget = text, None
    if found := _BUDGET.search(text):
        budget, rest = _money(found), text.replace(found[0], " ")
    article = _ARTICLE.search(rest)
    rest = rest.replace(article[0], " ") if article else rest
    kind = kinds.named_kind(rest) or (kinds.kind_of("", article[0]) if article else "")
    metal = reading.metal_of(re.sub(r"\d+", " ", rest)) or reading.metal_of(rest) or ""
    return Wish(kind, metal, _size(rest, kind), budget, reading.article_key(article[0][:40]) if article else "")


def _money(found: re.Match[str]) -> Decimal | None:
    try:
        said = writing.read_money(found["sum"].strip())
    except writing.NotMoneyError:
        return None
    return said * 1000 if found["thousands"] else said


def _size(text: str, kind: str) -> str:
    found = (_RING if kind in (PieceKind.RING, "") else _LENGTH).search(text)
    return reading.size_of(f"{found[1]}.{found[2] or 0}", kind) if found else ""


def answers(offer: Offer, wish: Wish) -> bool:
    """Whether the article is what was wished, in its size and for its price."""
    if wish.article_key:
        is_meant = offer.article_key == wish.article_key
    else:
        is_meant = bool(wish.kind) and offer.kind == wish.kind and _is_of(offer.metal, wish.metal)
    fits = not wish.size or wish.size in offer.sizes
    is_paid = wish.budget is None or (offer.price is not None and offer.price <= wish.budget)
    return is_meant and fits and is_paid and bool(offer.sizes)


def _is_of(metal: str, wished: str) -> bool:
    """Gold of a colour that was not said is any gold."""
    return not wished or metal == wished or (wished == Metal.GOLD and metal in GOLDS)
