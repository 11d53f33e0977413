"""Articles and their stock for a screen, and in one line of words."""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.models import Article
from catalogue.reading import BadArticleError, article_key, by_value
from stores.models import Store
from stores.texts import writing


def article_of(text: str) -> Article | None:
    """The article that is written so, or None. One query, none for what can be no article."""
    try:
        return Article.objects.filter(key=article_key(text)).first()
    except BadArticleError:
        return None


# What is shorter, or has no digit, is no article that somebody looks for.
SHORTEST = 3


def begun(text: str, limit: int = 5) -> list[Article]:
    """Articles that begin so, for the search box. One query, none for what can be no article: a phone, a surname, a date."""
    bare = "".join(text.split())
    if len(bare) < SHORTEST or not re.search(r"[^\W\d_].*\d|\d.*[^\W\d_]", bare):
        return []
    try:
        # In no order of the base's: it would read its index of keys from end to end to keep one.
        found = Article.objects.filter(key__startswith=article_key(bare)).order_by()[:limit]
    except BadArticleError:
        return []
    return sorted(found, key=lambda article: article.article)


def pictured(articles: Iterable[str]) -> dict[str, int]:
    """Of these writings, those of articles with a photo, each with its article's key. One query."""
    keys: dict[str, str] = {}
    for text in articles:
        with suppress(BadArticleError):
            keys[text] = article_key(text)
    known = dict(Article.objects.filter(key__in=set(keys.values())).exclude(photo="").values_list("key", "pk"))
    return {text: known[key] for text, key in keys.items() if key in known}


class Lying(NamedTuple):
    """Pieces of one size in the stores that have some, each with how many."""

    size: str
    stores: list[tuple[Store, int]]

    @property
    def pieces(self) -> int:
        return sum(pieces for _store, pieces in self.stores)


def stock_of(article: Article) -> list[Lying]:
    """Where pieces of an article lie, by size, the smallest first. One query."""
    sizes: dict[str, list[tuple[Store, int]]] = {}
    for stock in article.stock.lying().select_related("store").order_by("store__name"):
        sizes.setdefault(stock.size, []).append((stock.store, stock.count))
    return [Lying(size, sizes[size]) for size in sorted(sizes, key=by_value)]


def whereabouts(article: Article, here: Store | None) -> str:
    """Which sizes lie where on one line, one's own store first: ``здесь: 17 (2), 17,5 · Центр: 18``. One query."""
    places: dict[int, list[str]] = {}
    names = {here.pk: _("here")} if here else {}
    for lying in stock_of(article):
        for store, pieces in lying.stores:
            places.setdefault(store.pk, []).append(_of_size(lying.size, pieces))
            names.setdefault(store.pk, store.name)
    if not places:
        return _("in none of the stores")
    return " · ".join(f"{name}: {', '.join(places[pk])}" for pk, name in names.items() if pk in places)


def _of_size(size: str, pieces: int) -> str:
    if not size:
        return ngettext("%(n)s piece", "%(n)s pieces", pieces) % {"n": pieces}
    return shown_size(size) if pieces == 1 else f"{shown_size(size)} ({pieces})"


def shown_size(size: str) -> str:
    """A size as people write it: ``17,5``."""
    return writing.shortest(size) if not by_value(size)[0] else size


def in_words(article: Article) -> str:
    """What an article is, on one line: ``Кольцо с сапфиром, белое золото 585, сапфир 0,45 ct, 3,45 г``."""
    metal = " ".join(filter(None, (str(article.get_metal_display()), str(article.fineness or ""))))
    weight = f"{writing.shortest(article.weight)}\xa0{_('g')}" if article.weight else ""
    return ", ".join(filter(None, (article.name, metal, article.stones, weight)))
