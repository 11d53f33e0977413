"""What lists, tills and 1C say of articles and stock: each thing once, news alone, and nothing by half."""

from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from catalogue import services
from catalogue.models import Article, Stock
from catalogue.reading import BadArticleError
from catalogue.services import ArticleFacts, StockFacts, StockSet, Upserted
from stores.models import Store

RING = ArticleFacts(
    "R5387-6925", name="Кольцо с сапфиром", metal="white_gold", fineness=585, price=Decimal(138_795), sizes=["17,5", "16"]
)


@pytest.mark.django_db
def test_an_article_is_made_once_and_what_is_not_said_stays() -> None:
    assert services.upsert_articles([RING]) == Upserted(1, 0, 0)
    before = Article.objects.get()

    assert services.upsert_articles([RING._replace(article="r5387–6925")]) == Upserted(0, 0, 1)
    assert services.upsert_articles([ArticleFacts("R5387-6925", collection=" Север\u200b ", sizes=["18"])]) == Upserted(0, 1, 0)

    after = Article.objects.get()
    assert (after.article, after.kind, after.metal, after.price) == ("R5387-6925", "ring", "white_gold", 138_795)
    assert (after.collection, after.sizes, after.words) == ("Север", ["16", "17.5", "18"], "r5387-6925 кольцо с сапфиром север")
    assert after.changed_at > before.changed_at


@pytest.mark.django_db
def test_what_is_said_again_is_no_news() -> None:
    services.upsert_articles([RING])
    before = Article.objects.get()

    services.upsert_articles([RING, RING])

    assert Article.objects.get().changed_at == before.changed_at


@pytest.mark.django_db
def test_of_two_words_about_one_article_the_later_holds() -> None:
    assert services.upsert_articles([RING, RING._replace(price=Decimal(1))]) == Upserted(1, 0, 0)
    assert Article.objects.get().price == 1


@pytest.mark.django_db
def test_a_bad_article_leaves_nothing_of_its_batch() -> None:
    with pytest.raises(BadArticleError):
        services.upsert_articles([RING, ArticleFacts("")])

    assert not Article.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_many_articles_cost_what_one_costs(count: int, store: Store, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    facts = [RING._replace(article=f"R{number}-1") for number in range(count)]
    with django_assert_num_queries(4):  # two of them the savepoint's
        services.upsert_articles(facts)
    with django_assert_num_queries(9):  # four of them the savepoints', two lock the stores
        services.set_stock([StockFacts(fact.article, store, 2) for fact in facts])


@pytest.mark.django_db
def test_stock_is_what_was_told_last(store: Store, other_store: Store) -> None:
    services.upsert_articles([RING])
    told = [StockFacts("R5387-6925", store, 2, "17,5"), StockFacts("R5387-6925", other_store, 1, "EU 55")]

    assert services.set_stock(told) == StockSet(2, [])
    assert services.set_stock(told) == StockSet(0, [])
    assert services.set_stock([StockFacts("R5387-6925", store, 1, "17.50"), StockFacts("NOWHERE-1", store, 3)]) == StockSet(
        1, ["NOWHERE-1"]
    )

    assert list(Stock.objects.order_by("store").values_list("size", "store", "count")) == [
        ("17.5", store.pk, 1),
        ("17.5", other_store.pk, 1),
    ]


@pytest.mark.django_db
def test_of_a_store_told_whole_the_rest_is_gone(store: Store, other_store: Store) -> None:
    services.upsert_articles([RING])
    services.set_stock([StockFacts(RING.article, place, 2, size) for place in (store, other_store) for size in ("16", "17.5")])

    assert services.set_stock([StockFacts(RING.article, store, 2, "16")], whole=[store]) == StockSet(0, [], 1)

    lying = Stock.objects.lying().values_list("store", "size").order_by("store", "size")
    assert list(lying) == [(store.pk, "16"), (other_store.pk, "16"), (other_store.pk, "17.5")]
    assert services.set_stock([], whole=[other_store]) == StockSet(0, [], 2)


@pytest.mark.django_db
def test_an_article_has_one_photo(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    services.upsert_articles([RING])
    article = Article.objects.get()
    services.set_photo(article, b"one")
    first = article.photo.name

    with django_capture_on_commit_callbacks(execute=True):
        services.set_photo(article, b"two")

    assert (article.photo.read(), default_storage.exists(first or "")) == (b"two", False)
    with django_capture_on_commit_callbacks(execute=True):
        services.set_photo(article, b"")
    assert not Article.objects.get().photo
