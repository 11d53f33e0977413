"""The list of articles and their photos."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from catalogue import services
from catalogue.models import Article
from catalogue.services import ArticleFacts, StockFacts
from stores.models import Employee, Store
from tests.conftest import SignIn

LIST = reverse("catalogue:articles")


@pytest.fixture
def browser(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


@pytest.fixture
def ring(store: Store, other_store: Store) -> Article:
    services.upsert_articles([
        ArticleFacts("R5387-6925", name="Кольцо «Ёлка»", metal="white_gold", stones="сапфир", collection="Север", price=Decimal(100)),
        ArticleFacts("E6081-8735", name="Серьги", metal="silver"),
    ])  # fmt: skip
    services.set_stock([StockFacts("R5387-6925", store, 2, "17"), StockFacts("R5387-6925", other_store, 1, "18")])
    return Article.objects.get(article="R5387-6925")


@pytest.mark.parametrize(("asked", "found"), [
    ("", ["E6081-8735", "R5387-6925"]), ("q=r5387", ["R5387-6925"]), ("q=сапфир елка", ["R5387-6925"]), ("q=сапфир серьги", []),
    ("kind=earrings", ["E6081-8735"]), ("metal=white_gold", ["R5387-6925"]), ("collection=Север", ["R5387-6925"]), ("q=" + "R" * 60, []),
    ("store={store}", ["R5387-6925"]), ("store=none", ["E6081-8735", "R5387-6925"]),
])  # fmt: skip
def test_articles_are_found(browser: Browser, ring: Article, store: Store, asked: str, found: list[str]) -> None:
    answer = browser.get(f"{LIST}?{asked.format(store=store.pk)}")

    assert [article.article for article in answer.context["page"]] == found


def test_how_many_lie_in_the_chain_is_told(browser: Browser, ring: Article) -> None:
    assert [article.lying for article in browser.get(LIST).context["page"]] == [0, 3]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same(
    browser: Browser, store: Store, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    services.upsert_articles([ArticleFacts(f"R{number}-1", name="Кольцо") for number in range(count)])
    browser.get(LIST)

    with django_assert_max_num_queries(8):
        browser.get(LIST)


def picture() -> SimpleUploadedFile:
    raw = BytesIO()
    Image.new("RGB", (9, 9)).save(raw, "PNG")
    return SimpleUploadedFile("a.png", raw.getvalue())


def test_a_manager_gives_an_article_its_photo(manager: Employee, signed_in: SignIn, ring: Article) -> None:
    browser, keep = signed_in(manager), reverse("catalogue:keep_photo", args=[ring.pk])
    assert browser.get(reverse("catalogue:photo", args=[ring.pk])).status_code == 404

    browser.post(keep, {"photo": picture()})
    shown = browser.get(reverse("catalogue:photo", args=[ring.pk]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")

    browser.post(keep, {"photo": SimpleUploadedFile("a.png", b"text")})
    assert Article.objects.get(pk=ring.pk).photo
    browser.post(keep, {"gone": ""})
    assert not Article.objects.get(pk=ring.pk).photo


def test_a_seller_changes_no_photo(browser: Browser, ring: Article) -> None:
    assert browser.post(reverse("catalogue:keep_photo", args=[ring.pk]), {"photo": picture()}).status_code == 403
    assert not Article.objects.get(pk=ring.pk).photo
