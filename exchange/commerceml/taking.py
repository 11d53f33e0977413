"""What a file of 1C says of goods, written into the catalogue: in batches, so that it is read in little memory.

Read once more it changes nothing. What waits for a person (a warehouse, a type of prices) is left out and kept in mind: when it
is explained, the file is read again for that alone, so that newer files are not undone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from catalogue import kinds, reading, services
from catalogue.listing import articles as listing
from catalogue.models import Article
from catalogue.reading import BadArticleError
from catalogue.services import ArticleFacts, StockFacts
from exchange.commerceml.reading import Good, Named, Offer, Package, Record
from exchange.commerceml.terms import Terms
from exchange.documents import finding
from exchange.documents.rows import MOST_LYING
from exchange.models import GoodsFile, Ware
from imports import bulk
from imports.specs import BadRowError
from stores.models import Store
from stores.texts import writing
from stores.texts.kept_words import Words, joined
from stores.texts.kept_words import words as _

BATCH = 2_000
SHOWN = 100
# Fields that a good has elements of its own for.
OWN = ("article", "name", "price")
_IN_PARENTHESES = re.compile(r"\(\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:мм|см|mm|cm)?\s*\)\s*$")
# One file of several of one package does not tell all that lies somewhere.
_OF_SEVERAL = re.compile(r"_\d+\.xml$", re.IGNORECASE)


class Taking:
    """One file on its way into the catalogue. ``tell`` is called after every batch."""

    def __init__(self, file: GoodsFile, tell: Callable[[], None]) -> None:
        self.file, self.tell, self.terms = file, tell, Terms(file.source)
        self.counts = defaultdict[str, int](int)
        self.refused: list[dict[str, str]] = []
        self.left = file.left
        self.is_whole = False
        self.goods: list[Good] = []
        self.offers: list[Offer] = []
        self.lying: dict[tuple[str, str, str], int] = {}
        self.unclear_prices: list[str] = []

    def take(self, record: Record) -> None:
        """The next record."""
        if isinstance(record, Package):
            self.is_whole = record.whole and not _OF_SEVERAL.search(self.file.name)
        elif isinstance(record, Named):
            self.terms.learn(record)
        elif isinstance(record, Good):
            self.goods.append(record)
        else:
            self._write_goods()
            self.offers.append(record)
        if len(self.goods) >= BATCH:
            self._write_goods()
        if len(self.offers) >= BATCH:
            self._write_offers()

    def finish(self) -> dict[str, Any]:
        """Write the rest; returns what waits for a person."""
        self._write_goods()
        self._write_offers()
        self.terms.keep()
        left = {"warehouses": self._write_stock(), "prices": self.unclear_prices}
        return {what: names for what, names in left.items() if names}

    def _refuse(self, at: str, article: str, *say: Words | str | Promise) -> None:
        self.counts["refused"] += 1
        if len(self.refused) < SHOWN:
            self.refused.append({"at": at[:80], "article": article[:60], "say": joined(": ", say).as_text()})

    def _write_goods(self) -> None:
        goods, self.goods = self.goods, []
        if not goods or self.left:
            return
        self.terms.keep()
        facts, wares = list[ArticleFacts](), dict[str, str]()
        for good in goods:
            key = good.key
            if good.gone:
                self.counts["gone"] += 1
            elif fact := self._facts(good):
                facts.append(fact)
                wares[key] = fact.article
        came = services.upsert_articles(facts)
        self._know(wares)
        self.counts["goods"] += len(goods)
        self.counts["created"] += came.created
        self.counts["changed"] += came.updated
        self.counts["unchanged"] += came.unchanged
        self.tell()

    def _facts(self, good: Good) -> ArticleFacts | None:
        """What a good says of an article. A field that cannot be read is said and left out; without an article it is refused."""
        told = [*self.terms.properties_of(good), *good.said]
        values = {"article": good.article, "name": good.name}
        for header, value in told:
            column = listing.named(header)
            if column and column not in OWN and value not in ("0", "0.0"):
                values.setdefault(column, value)
            elif column == "article" and not values["article"]:
                values["article"] = value
        if not (kinds.named_kind(values.get("kind", "")) or kinds.named_kind(good.name)):
            values["kind"] = self.terms.group_of(good)
        while True:
            try:
                return listing.facts_of(values)
            except BadArticleError:
                self._refuse(good.id, values["article"] or good.name, listing.ARTICLES.reasons["article"])
                return None
            except BadRowError as wrong:
                self._refuse(good.id, values["article"], values.pop(str(wrong)), listing.ARTICLES.reasons[str(wrong)])

    def _know(self, wares: dict[str, str]) -> None:
        """Keep which article a good is. Two queries, and one for those that changed."""
        source = self.file.source
        there = {ware.external_id: ware for ware in Ware.objects.filter(source=source, external_id__any=sorted(wares))}
        new = [(source.pk, key, article) for key, article in wares.items() if key and key not in there]
        bulk.insert_new(Ware, ["source_id", "external_id", "article"], new)
        changed = [ware for key, ware in there.items() if ware.article != wares[key]]
        for ware in changed:
            ware.article = wares[ware.external_id]
        Ware.objects.bulk_update(changed, ["article"])

    def _write_offers(self) -> None:
        offers, self.offers = self.offers, []
        if not offers:
            return
        articles = self._articles(offers)
        facts: dict[str, ArticleFacts] = {}
        prices = self.terms.tag_prices({key for offer in offers for key, _price in offer.prices})
        if prices is None:
            self.unclear_prices = sorted({*self.unclear_prices, *self.terms.price_names()})
        for offer in offers:
            article = articles.get(offer.good) or articles.get(offer.article)
            if article is None:
                self._refuse(offer.id, offer.article or offer.name, _("nobody knows this good: send the catalogue first"))
                continue
            size = self._size(offer)
            price = self._price(offer, prices or set()) if self._takes_prices else None
            if price is not None or size:
                facts[article] = ArticleFacts(article, price=price, sizes=self._sizes(facts.get(article), size))
            self._count(offer, article, size)
        came = services.upsert_articles(facts.values())
        self.counts["offers"] += len(offers)
        self.counts["prices"] += came.updated
        self.tell()

    def _sizes(self, before: ArticleFacts | None, size: str) -> list[str] | None:
        """The sizes of an article that its offers of this batch have told."""
        told = [*((before.sizes or ()) if before else ()), *([size] if size and not self.left else ())]
        return told or None

    @property
    def _takes_prices(self) -> bool:
        return not self.left or bool(self.left.get("prices"))

    def _articles(self, offers: Sequence[Offer]) -> dict[str, str]:
        """Articles of offers, by the ids of goods and, where an offer names an article of the catalogue, by that. Two queries."""
        keys = sorted({offer.good for offer in offers})
        found = dict(Ware.objects.filter(source=self.file.source, external_id__any=keys).values_list("external_id", "article"))
        named = {offer.article for offer in offers if offer.article and offer.good not in found}
        told: dict[str, str] = {}
        for article in named:
            try:
                told[reading.article_key(article)] = article
            except BadArticleError:
                continue
        known = Article.objects.filter(key__any=sorted(told)).values_list("key", flat=True) if told else ()
        return found | {told[key]: told[key] for key in known}

    @staticmethod
    def _size(offer: Offer) -> str:
        """By a characteristic of that name, else in parentheses behind the name of one that has a characteristic."""
        said = next((value for header, value in offer.said if listing.named(header) == "size"), "")
        found = None if said or "#" not in offer.id else _IN_PARENTHESES.search(offer.name)
        return (said or (found[1] if found else ""))[:20]

    def _price(self, offer: Offer, wanted: set[str]) -> Decimal | None:
        said = next((price for key, price in offer.prices if key in wanted), "")
        try:
            return (writing.read_money(said) if said else None) or None
        except writing.NotMoneyError:
            self._refuse(offer.id, offer.article, said, listing.ARTICLES.reasons["price"])
            return None

    def _count(self, offer: Offer, article: str, size: str) -> None:
        """Add what lies where; less than nothing is nothing."""
        for warehouse, said in [] if offer.gone else offer.counts:
            if self.left and warehouse not in self.left.get("warehouses", ()):
                continue
            pieces = _whole(said)
            if pieces is None:
                self._refuse(offer.id, article, _("“%(said)s” is no number of pieces") % {"said": said[:40]})
                continue
            place = (article, size, warehouse)
            self.lying[place] = self.lying.get(place, 0) + pieces

    def _write_stock(self) -> list[str]:
        """Write what lies where; returns the ids of warehouses that nobody knows."""
        told = {key for _article, _size, key in self.lying}
        names = {key: self.terms.names.get(("warehouse", key), key) or finding.NO_WAREHOUSE for key in told}
        stores = finding.warehouses_of(names.values(), self.file.source)
        meant = {key: stores[finding.folded(name)] for key, name in names.items()}
        places: dict[tuple[str, str, int], StockFacts] = {}
        while self.lying:
            (article, size, warehouse), pieces = self.lying.popitem()
            store = meant[warehouse]
            if isinstance(store, Store):
                key = (article, size, store.pk)
                before = places[key].pieces if key in places else 0
                places[key] = StockFacts(article, store, min(before + pieces, MOST_LYING), size)
        whole = {one.pk: one for one in meant.values() if isinstance(one, Store)} if self.is_whole and not self.left else {}
        self._set(sorted(places.values(), key=lambda fact: reading.article_key(fact.article)), list(whole.values()))
        return sorted(key for key, store in meant.items() if isinstance(store, finding.WaitsError))

    def _set(self, facts: list[StockFacts], whole: list[Store]) -> None:
        for part in [facts] if whole else bulk.batched(facts, BATCH):
            came = services.set_stock(part, whole=whole)
            self.counts["stock"] += came.changed
            self.counts["cleared"] += came.cleared
            self.tell()


def _whole(said: str) -> int | None:
    """``2``, ``2.00``, ``""`` (none); None for what is no number of whole pieces."""
    number = said.replace("\xa0", "").replace(" ", "").replace(",", ".") or "0"
    whole, _point, part = number.partition(".")
    sign = whole.startswith("-")
    digits = whole.removeprefix("-") or "0"
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9 or part.strip("0"):
        return None
    return 0 if sign else min(int(digits), MOST_LYING)
