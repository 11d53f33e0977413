"""One article and where its pieces lie."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from catalogue import selectors, services
from catalogue.models import Article
from catalogue.selectors import Lying
from catalogue.services import ArticleFacts, StockFacts
from stores.models import Store


@pytest.mark.django_db
def test_an_article_is_found_in_any_writing() -> None:
    services.upsert_articles([ArticleFacts("E6081-8735")])

    assert selectors.article_of("е6081–8735") == Article.objects.get()
    assert [selectors.article_of(text) for text in ("E6081", "", "A" * 50)] == [None, None, None]


@pytest.mark.django_db
def test_stock_is_told_by_size_and_store(
    store: Store, other_store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    services.upsert_articles([ArticleFacts("R1-1")])
    services.set_stock([StockFacts("R1-1", store, 1, "17"), StockFacts("R1-1", other_store, 2, "17"), StockFacts("R1-1", store, 3, "9"),
                        StockFacts("R1-1", store, 0, "20")])  # fmt: skip

    article = Article.objects.get()

    with django_assert_num_queries(1):
        lying = selectors.stock_of(article)

    assert [(one.size, one.pieces) for one in lying] == [("9", 3), ("17", 3)]
    assert lying[0] == Lying("9", [(store, 3)])


@pytest.mark.django_db
def test_the_search_box_asks_for_no_phones_and_names(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    services.upsert_articles([ArticleFacts("E6081-8735"), ArticleFacts("E6082")])

    assert [article.article for article in selectors.begun("е608")] == ["E6081-8735", "E6082"]
    with django_assert_num_queries(0):
        assert [selectors.begun(text) for text in ("9147012233", "Петрова", "E6", "", "E6" * 30)] == [[], [], [], [], []]


@pytest.mark.django_db
def test_where_it_lies_on_one_line(store: Store, other_store: Store) -> None:
    services.upsert_articles([ArticleFacts("R1-1"), ArticleFacts("P1-1")])
    ring, pendant = Article.objects.get(article="R1-1"), Article.objects.get(article="P1-1")
    assert selectors.whereabouts(ring, store) == "нет ни в одном магазине"
    services.set_stock([StockFacts("R1-1", store, 2, "17,5"), StockFacts("R1-1", other_store, 1, "17,5"), StockFacts("R1-1", store, 1, "18"),
                        StockFacts("P1-1", other_store, 2)])  # fmt: skip

    assert selectors.whereabouts(ring, store) == f"здесь: 17,5 (2), 18 · {other_store}: 17,5"
    assert selectors.whereabouts(pendant, store) == f"{other_store}: 2\xa0шт."
    assert selectors.whereabouts(pendant, None) == f"{other_store}: 2\xa0шт."


def test_an_article_in_words() -> None:
    article = Article(name="Кольцо", metal="white_gold", fineness=585, stones="сапфир 0,45 ct", weight=Decimal("3.450"))

    assert selectors.in_words(article) == "Кольцо, белое золото 585, сапфир 0,45 ct, 3,45\xa0г"
    assert selectors.in_words(Article()) == ""


@pytest.mark.django_db
def test_articles_that_have_a_photo(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    services.upsert_articles([ArticleFacts("R1-1"), ArticleFacts("R2-2")])
    article = Article.objects.get(article="R1-1")
    services.set_photo(article, b"picture")

    with django_assert_num_queries(1):
        assert selectors.pictured(["r1-1", "R1-1", "R2-2", "R3", "A" * 50]) == {"r1-1": article.pk, "R1-1": article.pk}
