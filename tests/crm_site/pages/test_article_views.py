"""One article: where its pieces lie and who bought it."""

from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalogue import services
from catalogue.kinds import PieceKind
from catalogue.models import Article
from catalogue.services import ArticleFacts, StockFacts
from clients.models import Client
from purchases.models import Piece, Purchase
from stores.models import Employee, Store
from tests.conftest import SignIn


@pytest.fixture
def ring(store: Store, other_store: Store) -> Article:
    services.upsert_articles([ArticleFacts("R5387-6925", name="Кольцо с сапфиром")])
    services.set_stock([StockFacts("R5387-6925", store, 2, "17"), StockFacts("R5387-6925", other_store, 1, "18")])
    return Article.objects.get()


@pytest.fixture
def browser(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


def bought(card: Client, store: Store, article: str) -> None:
    purchase = Purchase.objects.create(client=card, store=store, sold_on=date(2026, 3, 5))
    Piece.objects.create(purchase=purchase, article=article, kind=PieceKind.RING, price=100)


def test_an_article_shows_its_stock_and_its_buyers(browser: Browser, ring: Article, card: Client, store: Store) -> None:
    bought(card, store, "r5387-6925")

    answer = browser.get(reverse("pages:article", args=[ring.pk]))

    assert [(one.size, one.pieces) for one in answer.context["stock"]] == [("17", 2), ("18", 1)]
    assert [buyer.client for buyer in answer.context["buyers"]] == [card]


def test_an_article_that_is_not_there(browser: Browser, ring: Article) -> None:
    assert browser.get(reverse("pages:article", args=[ring.pk + 1])).status_code == 404


def test_opening_articles_counts_as_looking_up(
    browser: Browser, ring: Article, settings: object, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("pages:article", args=[ring.pk])
    browser.get(address)

    with django_assert_max_num_queries(9):
        browser.get(address)


def test_the_search_finds_articles_by_their_beginning(browser: Browser, ring: Article) -> None:
    assert list(browser.get(reverse("pages:search") + "?q=R5387").context["found"].articles) == [ring]
    assert list(browser.get(reverse("pages:search") + "?q=Петров").context["found"].articles) == []
