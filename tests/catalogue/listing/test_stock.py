"""A list of what lies where: each count is all that there is."""

from pathlib import Path

import pytest

from catalogue import services
from catalogue.models import Stock
from catalogue.services import ArticleFacts
from imports import services as imports_services
from imports.models import ListImport
from imports.passes import engine
from stores.models import Store
from tests import lists

LIST = """Артикул;Размер;Остаток;Склад
R5387-6925;17,5;2;{store}
R5387-6925;17.5;3;{store}
R5387-6925;18;1,000;{store}
NOWHERE-1;;1;{store}
R5387-6925;18;1;Нигде
R5387-6925;19;много;{store}
;19;1;{store}
"""


@pytest.fixture
def path(tmp_path: Path, store: Store, other_store: Store) -> Path:
    services.upsert_articles([ArticleFacts("R5387-6925")])
    path = tmp_path / "stock.csv"
    path.write_text(LIST.format(store=store.name), encoding="utf-8")
    return path


def test_a_list_of_stock_loses_no_row(path: Path) -> None:
    preview = lists.bring("stock", path, preview=True)
    assert not Stock.objects.exists()
    rows = lists.bring("stock", path)

    assert lists.verdicts(preview) == lists.verdicts(rows)
    assert [(row.outcome, row.reason) for row in rows] == [
        ("created", ""), ("conflict", "twice"), ("created", ""), ("conflict", "unknown article"), ("conflict", "store: Нигде"),
        ("rejected", "count"), ("rejected", "article"),
    ]  # fmt: skip
    assert list(Stock.objects.values_list("size", "count")) == [("17.5", 2), ("18", 1)]
    assert [row.outcome for row in lists.bring("stock", path)][:3] == ["unchanged", "conflict", "unchanged"]


def test_a_list_of_stock_can_be_taken_back(path: Path, store: Store) -> None:
    services.set_stock([services.StockFacts("R5387-6925", store, 7, "17.5")])
    lists.bring("stock", path)
    Stock.objects.filter(size="18").update(count=5)
    kept = ListImport.objects.get()

    imports_services.undo(kept)
    engine.take_back(kept)

    assert list(Stock.objects.values_list("size", "count")) == [("17.5", 7), ("18", 5)]
