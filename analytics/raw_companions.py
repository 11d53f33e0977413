"""What offering companions brings, counted a second time: receipt by receipt in plain Python (docs/companions.md).

Receipts are read in the order of their clients, so that those of one client are all that is held. Three tables that stay small
(articles, how they are written, pairs) are read whole.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from analytics.raw_count import Flat
from catalogue.models import Article
from catalogue.reading import BadArticleError, article_key
from purchases.models import ArticleWriting, Companion, Piece

CHAIN = None
UNSEEN = 0.2  # of the clients see none
SIDES = ("base_article", "base_collection", "base_kind", "with_article", "with_collection", "with_kind")
Side = tuple[str, str, str]  # article, collection, kind


class Line(NamedTuple):
    """A kept piece of a receipt with a card."""

    client: int
    day: date
    receipt: int
    store: int
    article: str
    kind: str
    price: Any


class Pair(NamedTuple):
    base: Side
    offered: Side
    first_on: date
    ended_on: date | None

    def holds(self, day: date) -> bool:
        return self.first_on <= day and (self.ended_on is None or day < self.ended_on)


class RawCompanions:
    """Both arms over ``first..last`` for every store and the chain (None). Four queries."""

    def __init__(self, first: date, last: date) -> None:
        self.written = set(ArticleWriting.objects.values_list("text", flat=True))
        self.collections = dict(Article.objects.values_list("key", "collection"))
        self.pairs: dict[str, list[Pair]] = defaultdict(list)
        for *sides, first_on, ended_on in Companion.objects.order_by("pk").values_list(*SIDES, "first_on", "ended_on"):
            pair = Pair(_side(sides[:3]), _side(sides[3:]), first_on, ended_on)
            self.pairs[pair.base[0] or pair.base[2]].append(pair)
        self.tallies: dict[int | None, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        if self.pairs:
            for _client, lines in groupby(_lines(first, last), key=attrgetter("client")):
                self._take(lines)

    def arms(self, store: int | None) -> Flat:
        """Clients, those of them who added a companion, and the average receipt, by arm."""
        tally, told = self.tallies[store], Flat()
        for arm in ("shown", "unseen"):
            clients = tally[f"{arm}.clients"]
            told[f"{arm}.clients"], told[f"{arm}.added"] = clients, tally[f"{arm}.added"]
            told[f"{arm}.average"] = tally[f"{arm}.total"] / clients if clients else None
        return told

    def _take(self, lines: Iterable[Line]) -> None:
        """The receipts of one client in their order: the first in the chain, and the first in each store, to which something
        was offered."""
        counted: set[int | None] = set()
        for _receipt, found in groupby(lines, key=attrgetter("receipt")):
            receipt = list(found)
            new = {CHAIN, receipt[0].store} - counted
            if not new or (added := self._is_added(receipt)) is None:
                continue
            counted |= new
            arm = "shown" if _sees(receipt[0].client) else "unseen"
            for scope in new:
                tally = self.tallies[scope]
                tally[f"{arm}.clients"] += 1
                tally[f"{arm}.added"] += added
                tally[f"{arm}.total"] += float(sum(line.price for line in receipt))

    def _is_added(self, receipt: list[Line]) -> bool | None:
        """Whether a piece that was offered to another is beside it; None where nothing was offered."""
        things = [self._thing(line) for line in receipt]
        offered = [
            (place, pair.offered)
            for place, thing in enumerate(things)
            for pair in (*self.pairs.get(thing[0], ()), *self.pairs.get(thing[2], ()))
            if pair.holds(receipt[0].day) and _is(thing, pair.base)
        ]
        if not offered:
            return None
        return any(_is(thing, wanted) for place, wanted in offered for other, thing in enumerate(things) if other != place)

    def _thing(self, line: Line) -> Side:
        """Article by its key, collection and kind. What no night has read yet is told by its writing."""
        if line.article not in self.written:
            return line.article, "", line.kind
        try:
            key = article_key(line.article)
        except BadArticleError:
            key = line.article
        return key, self.collections.get(key, ""), line.kind


def _lines(first: date, last: date) -> Iterator[Line]:
    receipt = ("client_id", "sold_on", "pk", "store_id")
    rows = Piece.objects.filter(
        purchase__sold_on__gte=first, purchase__sold_on__lte=last, purchase__client__isnull=False,
        purchase__voided_at__isnull=True, returned_on__isnull=True,
    ).order_by(*(f"purchase__{name}" for name in receipt[:3]), "pk")  # fmt: skip
    named = rows.values_list(*(f"purchase__{name}" for name in receipt), "article", "kind", "price")
    return map(Line._make, named.iterator(chunk_size=5_000))


def _side(names: Sequence[str]) -> Side:
    article, collection, kind = names
    return article, collection, kind


def _is(thing: Side, side: Side) -> bool:
    """An article, a kind of a collection, or a kind."""
    article, collection, kind = side
    if article:
        return thing[0] == article
    return thing[2] == kind and collection in ("", thing[1])


def _sees(client: int) -> bool:
    drawn = hashlib.sha256(b"companions:%d" % client).digest()[:8]
    return int.from_bytes(drawn, "big") / 2**64 >= UNSEEN
