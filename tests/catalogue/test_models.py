"""What the tables of the catalogue refuse, whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from catalogue.models import Article, Stock
from stores.models import Store


@pytest.fixture
def article(db: None) -> Article:
    return Article.objects.create(key="R1", article="R1", kind="ring")


@pytest.mark.parametrize("wrong", [{"key": ""}, {"article": ""}, {"kind": "boat"}, {"metal": "tin"}, {"tariff": "free"}, {"fineness": 1000}, {"price": -1},
                                   {"weight": -1}, {"carats": -1}, {"key": "R1"}])  # fmt: skip
def test_an_article_that_cannot_be_is_refused(article: Article, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.create(**{"key": "R2", "article": "R2", "kind": "ring"} | wrong)

    assert Article.objects.get() == article


def test_what_lies_in_a_store_is_found_by_size(article: Article, store: Store, other_store: Store) -> None:
    Stock.objects.create(article=article, store=store, size="17", count=1)
    Stock.objects.create(article=article, store=store, size="18", count=0)

    found = [
        Article.objects.in_stock(stores=stores, size=size).count()
        for stores in (None, [store], [other_store])
        for size in ("", "17", "18")
    ]

    assert found == [1, 1, 0, 1, 1, 0, 0, 0, 0]
    counted: Any = Article.objects.with_counts().get()
    assert counted.lying == 1
