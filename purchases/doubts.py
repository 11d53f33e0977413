"""What the counter asks twice: a price beyond belief, and a price typed where the article belongs."""

import re
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Subquery

from purchases.models import Piece
from stores import rules

TIMES = 10  # the highest kept price of a kind: beyond that a price is a slip of the finger
ENOUGH = 30  # kept pieces of a kind, before which its highest price says nothing
PRICE_LIKE = re.compile(r"[0-9]{3,7}")  # longer digits are a bar code, shorter ones no jewel's price


def bounds(kinds: Collection[str]) -> dict[str, Decimal]:
    """The price from which each kind asks: the chain's, or less where the kind's own past is known. One query."""
    asked = sorted(set(kinds))
    chain = Decimal(rules.current().price_asked_twice)
    tops = [_price_at(kind, place) for kind in asked for place in (0, ENOUGH - 1)]
    row = Piece.objects.order_by("pk").values_list(*tops).first() if asked else None
    if row is None:
        return dict.fromkeys(asked, chain)
    highest, last_of_enough = row[::2], row[1::2]
    return {
        kind: min(chain, top * TIMES) if enough is not None and top else chain
        for kind, top, enough in zip(asked, highest, last_of_enough, strict=True)
    }


def _price_at(kind: str, place: int) -> Subquery:
    """The kept price of a kind at a place from the highest: the top of an index, however many pieces there are."""
    return Subquery(Piece.objects.kept().filter(kind=kind).order_by("-price").values("price")[place : place + 1])


def unknown_numbers(articles: Collection[str]) -> set[str]:
    """Articles that look like a price and were never sold before. One query, where any looks so."""
    alike = {article for article in articles if PRICE_LIKE.fullmatch(article)}
    if not alike:
        return set()
    return alike - set(Piece.objects.filter(article__in=alike).values_list("article", flat=True))
