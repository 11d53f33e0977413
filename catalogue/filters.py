"""How the list of articles is narrowed by its address."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import CharFilter

from catalogue import reading
from catalogue.models import Article, Stock
from catalogue.reading import BadArticleError
from stores.filters import KeyFilter, Narrowing
from stores.texts.visible import visible


class WordsFilter(CharFilter):
    """Articles that begin so, or of which every word is told in their name, collection or stones."""

    def filter(self, articles: "QuerySet[Article]", text: str | None) -> "QuerySet[Article]":
        words = visible(text or "").lower().replace("ё", "е").split()[:8]
        if not words:
            return articles
        told = Q()
        for word in words:
            told &= Q(words__contains=word)
        try:
            begun = Q(key__startswith=reading.article_key("".join(words)))
        except BadArticleError:
            begun = Q(pk=None)
        return articles.filter(told | begun)


class StoreFilter(KeyFilter):
    """Articles of which a piece lies in the store."""

    def filter(self, articles: "QuerySet[Article]", store: int | None) -> "QuerySet[Article]":
        return articles.filter(Exists(Stock.objects.lying().filter(store=store, article=OuterRef("pk")))) if store else articles


class ArticleFilter(Narrowing):
    """Articles by their words, kind, metal, collection, and the store in which a piece of them lies."""

    q = WordsFilter()
    kind = CharFilter()
    metal = CharFilter()
    collection = CharFilter()
    store = StoreFilter()
