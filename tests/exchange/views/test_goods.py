"""The admin's pages of files of goods."""

import io
from typing import Any

import pytest

from exchange.commerceml import keeping, working
from exchange.models import FileState, GoodsFile, Meaning, Source
from stores.models import Employee, Store
from tests.exchange.commerceml import files


@pytest.fixture
def browser(admin: Employee, signed_in: Any) -> Any:
    return signed_in(admin)


def take(source: Source, content: bytes, name: str) -> GoodsFile:
    file = keeping.take_file(source, name, io.BytesIO(content))
    working.read_files()
    file.refresh_from_db()
    return file


@pytest.fixture
def source(store: Store) -> Source:
    made = Source.objects.create(name="1C", may_fill=True)
    take(made, files.catalogue(files.good()), "import.xml")
    return made


def test_a_warehouse_is_explained_on_the_page_of_sources(browser: Any, source: Source, store: Store) -> None:
    counts = '<Склад ИдСклада="s2" КоличествоНаСкладе="5"/>'
    file = take(source, files.offers(files.offer(counts=counts)), "offers.xml")
    assert "Склад № 2" in browser.get("/exchange/").content.decode()

    browser.post("/exchange/meaning/", {"subject": "warehouse", "word": "Склад № 2", "source": source.pk, "store": store.pk})

    file.refresh_from_db()
    assert (file.state, Meaning.objects.get().store) == (FileState.APPLIED, store)
    assert "Склад № 2" not in browser.get("/exchange/").content.decode()


def test_prices_are_chosen_on_the_page_of_the_file(browser: Any, source: Source) -> None:
    file = take(source, files.offers(files.offer(), prices=("Для сети", "Оптовая")), "offers.xml")
    address = f"/exchange/files/{file.pk}/"
    assert "Для сети" in browser.get(address).content.decode()

    browser.post(f"{address}prices/", {"price_type": "nonsense"})
    assert Source.objects.get().price_type == ""
    browser.post(f"{address}prices/", {"price_type": "Для сети"})

    file.refresh_from_db()
    assert (Source.objects.get().price_type, file.state) == ("Для сети", FileState.APPLIED)


def test_the_list_of_files_asks_again_while_one_is_read(browser: Any, source: Source) -> None:
    assert "hx-trigger" not in browser.get("/exchange/files/", headers={"HX-Request": "true"}).content.decode()

    GoodsFile.objects.update(state=FileState.READING)

    assert "every 2s" in browser.get("/exchange/files/", headers={"HX-Request": "true"}).content.decode()


def test_rows_that_were_not_taken_stand_on_the_page_of_the_file(browser: Any, source: Source) -> None:
    file = take(source, files.catalogue(files.good("w9", "")), "import2.xml")

    assert "w9" in browser.get(f"/exchange/files/{file.pk}/").content.decode()
