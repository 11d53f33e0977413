"""The watched folder: taken once, moved to where it belongs, left while it is torn."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from catalogue.models import Article, Stock
from exchange import folder
from exchange.commerceml import working
from exchange.documents import applying
from exchange.models import Source, TillDocument
from imports.models import ListImport
from stores.models import Store
from tests.exchange.commerceml import files
from tests.exchange.conftest import back, sale
from tests.exchange.test_one_c import zipped


@pytest.fixture
def watched(settings: Any, tmp_path: Path, store: Store) -> Path:
    settings.EXCHANGE_FOLDER = tmp_path
    return tmp_path


def lay(place: Path, name: str, content: bytes | str, age: float = 60) -> Path:
    path = place / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def names(place: Path) -> list[str]:
    return sorted(path.name[18:] for path in place.glob("*")) if place.is_dir() else []


def test_without_a_setting_nothing_is_watched(settings: Any) -> None:
    settings.EXCHANGE_FOLDER = None

    assert folder.take() == 0


def test_a_night_file_of_receipts_is_taken_once(watched: Path) -> None:
    lay(watched, "night.json", json.dumps([sale(), back()]))

    taken = [folder.take(), folder.take()]
    lay(watched, "night.json", json.dumps({"receipts": [sale(), back()]}))
    taken.append(folder.take())

    assert (taken, TillDocument.objects.count(), applying.apply_all()) == ([1, 0, 1], 2, 2)
    assert len(names(watched / "done")) == 2


def test_catalogues_archives_and_lists_go_where_they_are_read(watched: Path) -> None:
    lay(watched, "import.xml", files.catalogue(files.good()), age=90)
    lay(watched, "1c.zip", zipped(offers__xml=files.offers(files.offer())), age=80)
    lay(watched, "stock.json", json.dumps({"stock": [{"article": "NOWHERE", "store": "luxury", "pieces": 1}]}))
    lay(watched, "Остатки ночь.csv", "артикул;остаток;магазин\nR5387-6925;2;luxury\n")

    assert (folder.take(), working.read_files()) == (3, 2)

    assert (Article.objects.count(), Stock.objects.count(), ListImport.objects.get().spec) == (1, 1, "stock")
    assert names(watched / "failed") == ["stock.json", "stock.json.txt"]


def test_what_still_grows_or_is_torn_is_left_until_it_is_whole(watched: Path) -> None:
    lay(watched, "fresh.json", json.dumps(sale()), age=0)
    lay(watched, "copy.json.part", "x")
    torn = lay(watched, "torn.json", json.dumps(sale())[:40])

    assert (folder.take(), TillDocument.objects.count(), torn.exists()) == (0, 0, True)

    lay(watched, "torn.json", json.dumps(sale()))
    assert (folder.take(), names(watched / "done")) == (1, ["torn.json"])


def test_torn_for_good_and_nobodys_files_are_said(watched: Path) -> None:
    lay(watched, "torn.json", "{", age=3600)
    lay(watched, "photo.jpg", b"\xff\xd8")

    assert (folder.take(), names(watched / "failed")) == (0, ["photo.jpg", "photo.jpg.txt", "torn.json", "torn.json.txt"])
    told = next((watched / "failed").glob("*photo.jpg.txt")).read_text()
    assert "stock*.csv" in told


def test_a_folder_of_a_source_is_the_sources(watched: Path) -> None:
    source = Source.objects.create(name="Till 2", may_send=False)
    lay(watched / "till 2", "a.json", json.dumps(sale()))
    lay(watched / "stranger", "b.json", json.dumps(sale()))

    assert (folder.take(), TillDocument.objects.count(), names(watched / "till 2" / "failed")) == (0, 0, ["a.json", "a.json.txt"])

    source.may_send = True
    source.save()
    lay(watched / "till 2", "a.json", json.dumps(sale()))
    assert (folder.take(), TillDocument.objects.get().source) == (1, source)


def test_what_a_dead_worker_left_is_taken_anew(watched: Path) -> None:
    lay(watched, ".taking-a.json", json.dumps(sale()), age=3600)

    assert (folder.take(), folder.take(), TillDocument.objects.count()) == (0, 1, 1)
