"""A list of articles: previewed, applied, applied again, taken back."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from catalogue import services
from catalogue.models import Article, Stock
from catalogue.services import ArticleFacts
from imports import services as imports_services
from imports.models import ListImport
from imports.passes import engine
from stores.models import Store
from tests import lists

LIST = """Артикул;Наименование;Проба;Вставка;Вес, г;Размер;Коллекция;Цена
R5387-6925;Кольцо с сапфиром;585;сапфир 0,45 ct;3,45;16,5;Север;138 795,00
R5387-6925;Кольцо с сапфиром;585;сапфир 0,45 ct;3,45;17;Север;138 795,00
E6081;Серьги;925;;2;;;4500 руб.
;Цепь;585;;3;;;100
P7;Подвеска;585;;много;;;100
P8;Подвеска;585;;1;;;дорого
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "articles.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_a_preview_tells_and_writes_nothing(path: Path) -> None:
    rows = lists.bring("articles", path, preview=True)

    assert lists.verdicts(rows) == ["created", "updated", "created", "rejected", "rejected", "rejected"]
    assert [row.reason for row in rows] == ["", "sizes", "", "article", "weight", "price"]
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_a_list_of_articles_is_taken_as_people_write_it(path: Path) -> None:
    lists.bring("articles", path)

    ring = Article.objects.get(article="R5387-6925")
    assert (ring.kind, ring.metal, ring.fineness, ring.stones, ring.carats) == (
        "ring",
        "gold",
        585,
        "сапфир 0,45 ct",
        Decimal("0.45"),
    )
    assert (ring.weight, ring.sizes, ring.collection, ring.price) == (Decimal("3.45"), ["16.5", "17"], "Север", 138_795)
    earrings = Article.objects.get(article="E6081")
    assert (earrings.kind, earrings.metal, earrings.price, earrings.sizes) == ("earrings", "silver", 4_500, [])
    again = lists.bring("articles", path)
    assert lists.verdicts(again) == ["unchanged", "unchanged", "unchanged", "rejected", "rejected", "rejected"]


@pytest.mark.django_db
def test_a_list_of_articles_can_be_taken_back(path: Path, store: Store) -> None:
    services.upsert_articles([ArticleFacts("E6081", price=Decimal(4_000), name="Серьги старые")])
    lists.bring("articles", path)
    Article.objects.filter(article="E6081").update(name="Пусеты")
    kept = ListImport.objects.get()

    imports_services.undo(kept)
    engine.take_back(kept)

    earrings = Article.objects.get()
    assert (earrings.article, earrings.price, earrings.metal, earrings.name) == ("E6081", 4_000, "", "Пусеты")
    assert list(kept.rows.order_by("number").values_list("undone", flat=True))[:3] == ["back", "back", "stays: changed since"]


@pytest.mark.django_db
def test_an_article_that_lies_in_a_store_stays(path: Path, store: Store) -> None:
    lists.bring("articles", path)
    Stock.objects.create(article=Article.objects.get(article="E6081"), store=store, count=1)
    kept = ListImport.objects.get()

    imports_services.undo(kept)
    engine.take_back(kept)

    assert [article.article for article in Article.objects.all()] == ["E6081"]
    assert kept.rows.get(number=3).undone == "in stock"


@pytest.mark.django_db
def test_the_command_takes_a_list_of_articles(path: Path) -> None:
    call_command("import_list", "articles", str(path))

    assert Article.objects.count() == 2
