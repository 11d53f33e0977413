"""A million articles, each in two places: searched by article and by words, and turned over page by page.

The peers: a look-up by primary key for an article, and the same words looked for in every row for a page. Each page asks two
questions, however many articles there are.
"""

import random
import sys
from collections.abc import Callable

from django.core.paginator import Paginator
from django.db import connection, transaction
from django.db.models import Q
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import in_turn, tell
from catalogue import selectors
from catalogue.filters import ArticleFilter
from catalogue.models import Article
from stores.models import Store

PAGE, ASKED = 50, 100
# A word of one in a thousand, two of one in a few hundred, the beginning of an article, everything, a kind, a store's.
ASKINGS = ("q=лотос17", "q=сапфир лотос17", "q=R4242", "", "kind=ring", "kind=ring&q=сапфир")


def run(scale: float) -> bool:
    with transaction.atomic():
        articles = _make(int(1_000_000 * scale))
        chance = random.Random(2018)
        keys = [chance.randrange(articles) for _time in range(ASKED)]
        some = list(Article.objects.order_by("-pk").values_list("pk", flat=True)[:ASKED])
        _check(articles)
        one = in_turn(lambda: [selectors.article_of(f"R{key}-{key % 89}") for key in keys], lambda: _look_up(some))
        begun = in_turn(lambda: [selectors.begun(f"R{key}") for key in keys], lambda: _look_up(some))
        words = in_turn(
            lambda: [page(asked) for asked in ASKINGS[:2]], lambda: [_read_all(said) for said in ("лотос17", "сапфир лотос17")]
        )
        pages = {asked: in_turn(lambda asked=asked: page(asked), lambda: None)[0] for asked in ASKINGS}  # type: ignore[misc]
        transaction.set_rollback(True)
    sys.stderr.write("catalogue: " + ", ".join(f"{asked or 'all'} {taken:.3f} s" for asked, taken in pages.items()) + "\n")
    return all([
        tell("catalogue-article", scale, *one, at_most=3),
        tell("catalogue-begun", scale, *begun, at_most=6),
        tell("catalogue-words", scale, *words, faster=10),
    ])  # fmt: skip


def page(asked: str, number: int = 1) -> list[Article]:
    """As the page of articles has it."""
    narrowed = ArticleFilter(QueryDict(asked), Article.objects.with_counts())
    return list(Paginator(narrowed.qs, PAGE).get_page(number))


def _read_all(said: str) -> list[Article]:
    """Without an index: every row is read, for the count and for the page."""
    told = Q()
    for word in said.split():
        told &= Q(words__icontains=word)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        found = Article.objects.filter(told)
        rows = [*range(found.count()), *found[:PAGE]]
        cursor.execute("SET LOCAL enable_bitmapscan = on")
    return rows  # type: ignore[return-value]


def _look_up(keys: list[int]) -> None:
    for key in keys:
        Article.objects.get(pk=key)


def _check(articles: int) -> None:
    assert selectors.article_of("r17-17") == Article.objects.get(key="R17-17")
    assert {one.article for one in selectors.begun("R17-")} == {"R17-17"}
    for number in (1, articles // PAGE):
        assert _questions(lambda number=number: page("", number)) == 2  # type: ignore[misc]
    assert all("лотос17" in one.words for one in page("q=лотос17"))


def _questions(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def _make(articles: int) -> int:
    stores = list(Store.objects.values_list("pk", flat=True)[:2]) or [
        Store.objects.create(code=f"b{n}", name=f"b{n}").pk for n in (1, 2)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ARTICLES, {"last": articles - 1})
        cursor.execute(_STOCK, {"stores": stores})
        cursor.execute("ANALYZE catalogue_article")
        cursor.execute("ANALYZE catalogue_stock")
    return articles


_ARTICLES = """
INSERT INTO catalogue_article (key, article, name, kind, metal, fineness, stones, weight, sizes, collection, price, tariff, photo, words, changed_at)
SELECT key, key, name, kind, 'gold', 585, stones, 3.45, '["17", "17.5"]', collection, 10000, 'tag', '',
    lower(concat_ws(' ', key, name, stones, collection)), now()
FROM (SELECT n, 'R' || n || '-' || n %% 89 AS key, (ARRAY['Кольцо', 'Серьги', 'Подвеска', 'Цепь'])[1 + n %% 4] || ' с вставкой' AS name,
    (ARRAY['ring', 'earrings', 'pendant', 'chain'])[1 + n %% 4] AS kind,
    (ARRAY['сапфир', 'бриллиант', 'изумруд', 'без вставок', 'фианит'])[1 + n %% 5] AS stones, 'Лотос' || n %% 1000 AS collection
    FROM generate_series(0, %(last)s) n) made"""
_STOCK = """
INSERT INTO catalogue_stock (article_id, size, store_id, count, changed_at)
SELECT id, '17', store, 1, now() FROM catalogue_article, unnest(%(stores)s::bigint[]) store"""
