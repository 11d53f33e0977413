"""What lists, tills and 1C say of articles and their stock, written down; photos of articles. Public.

Said again, nothing changes, ``changed_at`` included: what watches the catalogue wakes for news alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from catalogue import kinds, reading
from catalogue.models import Article, Stock
from imports.bulk import batched
from stores.models import Store
from stores.texts.visible import visible

BATCH = 2_000
# What an article says of itself, beside the key that it is told by.
FIELDS = ("article", "name", "kind", "metal", "fineness", "stones", "carats", "weight", "sizes", "collection", "price", "tariff")
LONGEST = {"article": 40, "name": 200, "stones": 200, "collection": 100, "kind": 10, "metal": 12, "tariff": 10}
WRITTEN = (*FIELDS, "words", "changed_at")


class ArticleFacts(NamedTuple):
    """What is said of an article; None is "not said" and leaves what is known. ``sizes`` are added to those known."""

    article: str
    name: str | None = None
    kind: str | None = None
    metal: str | None = None
    fineness: int | None = None
    stones: str | None = None
    carats: Decimal | None = None
    weight: Decimal | None = None
    sizes: Sequence[str] | None = None
    collection: str | None = None
    price: Decimal | None = None
    tariff: str | None = None


class Change(NamedTuple):
    """What a fact made of an article: field → [there was, there is]; a new one was nothing before."""

    article: Article
    is_new: bool
    fields: Mapping[str, Sequence[Any]]


class Upserted(NamedTuple):
    """How many articles were made, changed, and left as they were."""

    created: int
    updated: int
    unchanged: int


def upsert_articles(facts: Iterable[ArticleFacts]) -> Upserted:
    """Make the articles that are new, change what is said otherwise of known ones. Two or three queries for 2 000 of them.

    The same article twice is one: the later word holds. Raises BadArticleError before anything of its batch is written.
    """
    created = updated = unchanged = 0
    for batch in batched(facts, BATCH):
        changes = merge(batch)
        new = {change.article.key for change in changes if change.is_new}
        news = {change.article.key for change in changes if change.fields} - new
        created, updated = created + len(new), updated + len(news)
        unchanged += len({change.article.key for change in changes} - new - news)
    return Upserted(created, updated, unchanged)


@transaction.atomic
def merge(facts: Sequence[ArticleFacts], *, write: bool = True, planned: dict[str, Article] | None = None) -> list[Change]:
    """What each fact changes, in their order; without ``write`` nothing is kept but in ``planned``, which holds the articles
    that earlier facts of the same list would have made or changed. Raises BadArticleError.
    """
    keys = [reading.article_key(fact.article) for fact in facts]
    known = Article.objects.filter(key__any=sorted(set(keys))).order_by("key")
    there = {article.key: article for article in (known.select_for_update() if write else known)} | (planned or {})
    now, changes, new = timezone.now(), [], set[str]()
    for key, fact in zip(keys, facts, strict=True):
        if is_new := key not in there:
            there[key] = Article(key=key, kind=kinds.kind_of("", fact.article.strip()))
        article = there[key]
        fields = _take(article, fact)
        if fields:
            article.words, article.changed_at = words_of(article), now
        new |= {key} if is_new else set()
        changes.append(Change(article, is_new, fields))
    if write:
        _write(changes, new)
    elif planned is not None:
        planned |= {change.article.key: change.article for change in changes}
    return changes


def _take(article: Article, fact: ArticleFacts) -> dict[str, list[Any]]:
    """Put what a fact says into an article; returns what changed."""
    said = {name: value for name, value in fact._asdict().items() if value is not None}
    said["article"] = said["article"].strip() if not article.article else article.article
    if "sizes" in said:
        kind = said.get("kind", article.kind)
        said["sizes"] = reading.in_order([*article.sizes, *(reading.size_of(size, kind) for size in said["sizes"])])
    fields = {}
    for name, value in said.items():
        was = getattr(article, name)
        now = _clipped(name, value)
        if was != now:
            fields[name] = [plain(was), plain(now)]
            setattr(article, name, now)
    return fields


def _clipped(name: str, value: Any) -> Any:
    """A text as it is kept: visible, on one line, no longer than its column."""
    if not isinstance(value, str):
        return value
    return " ".join(visible(value).split())[: LONGEST[name]]


def plain(value: Any) -> Any:
    """A value as the changes of a list keep it."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def words_of(article: Article) -> str:
    """What a search by words reads of an article."""
    told = (article.article, article.name, article.collection, article.stones)
    return " ".join(filter(None, told)).lower().replace("ё", "е")[:460]


def _write(changes: Sequence[Change], new: set[str]) -> None:
    """New and changed articles, two statements. Whoever made the same article meanwhile is taken to have come before."""
    touched = {change.article.key: change.article for change in changes if change.fields}
    for batch in ([touched[key] for key in sorted(new)], [touched[key] for key in sorted(touched.keys() - new)]):
        Article.objects.bulk_create(batch, update_conflicts=True, unique_fields=["key"], update_fields=WRITTEN, batch_size=BATCH)


class StockFacts(NamedTuple):
    """So many pieces of an article and a size lie in a store: all of them, not some more."""

    article: str
    store: Store
    pieces: int
    size: str = ""


class StockChange(NamedTuple):
    """What a fact made of a stock; ``stock`` is None where the catalogue does not know the article."""

    stock: Stock | None
    was: int | None


class StockSet(NamedTuple):
    """How many counts changed, which articles the catalogue does not know, and how many counts nobody named any more."""

    changed: int
    unknown: list[str]
    cleared: int = 0


@transaction.atomic
def set_stock(facts: Sequence[StockFacts], *, whole: Collection[Store] = ()) -> StockSet:
    """Take what lies where; of the stores that are told ``whole``, whatever is not named lies there no more.

    Counts of unknown articles are left out and named. Four queries for 2 000 facts, and one. Raises BadArticleError.
    """
    _lock_stores({fact.store.pk for fact in facts} | {store.pk for store in whole})
    named: set[int] = set()
    changed, cleared, unknown = 0, 0, dict[str, None]()
    for batch in batched(facts, BATCH):
        for fact, change in zip(batch, merge_stock(batch), strict=True):
            if change.stock is None:
                unknown[fact.article] = None
                continue
            named.add(change.stock.pk)
            changed += change.was != change.stock.count
    if whole:
        gone = Stock.objects.lying().filter(store__in=[store.pk for store in whole])
        left = [pk for pk in gone.values_list("pk", flat=True) if pk not in named]
        for part in batched(left, BATCH):
            cleared += Stock.objects.filter(pk__any=part).update(count=0, changed_at=timezone.now())
    return StockSet(changed, list(unknown), cleared)


def _lock_stores(stores: Collection[int]) -> None:
    """Whoever counts in these stores waits here, before any article or count is locked: nobody waits in a circle."""
    list(Store.objects.filter(pk__in=stores).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


@transaction.atomic
def merge_stock(facts: Sequence[StockFacts], *, write: bool = True) -> list[StockChange]:
    """What each fact makes of the stock, in their order. The stores are locked, so that two who count in one do so in turn."""
    if write:
        _lock_stores({fact.store.pk for fact in facts})
    keys = [reading.article_key(fact.article) for fact in facts]
    known = Article.objects.filter(key__any=sorted(set(keys))).order_by("key").only("pk", "key", "kind")
    articles = {article.key: article for article in (known.select_for_update(no_key=True) if write else known)}
    there = {
        (stock.article_id, stock.size, stock.store_id): stock for stock in Stock.objects.filter(article__in=articles.values())
    }
    now, changes, touched = timezone.now(), [], dict[tuple[int, str, int], Stock]()
    for key, fact in zip(keys, facts, strict=True):
        article = articles.get(key)
        if article is None:
            changes.append(StockChange(None, None))
            continue
        place = (article.pk, reading.size_of(fact.size, article.kind), fact.store.pk)
        stock = there.get(place)
        was = stock.count if stock else None
        if stock is None:
            stock = there[place] = Stock(article=article, size=place[1], store=fact.store)
        if was != fact.pieces:
            stock.count, stock.changed_at = fact.pieces, now
            touched[place] = stock
        changes.append(StockChange(stock, was))
    if write and touched:
        Stock.objects.bulk_create(
            [touched[place] for place in sorted(touched)],
            update_conflicts=True,
            unique_fields=["article", "size", "store"],
            update_fields=["count", "changed_at"],
            batch_size=BATCH,
        )
    return changes


@transaction.atomic
def set_photo(article: Article, content: bytes) -> None:
    """Keep a picture (made by ``pictures.picture``) as the article's only one; b"" takes the picture away."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    former = locked.photo.name
    if content:
        locked.photo.save(f"{uuid4().hex}.jpg", ContentFile(content), save=False)
    else:
        locked.photo.name = ""
    locked.save(update_fields=["photo"])
    article.photo = locked.photo
    if former:
        storage = locked.photo.storage
        transaction.on_commit(lambda: storage.delete(former))
