"""Stores as lists name them."""

import pytest
from django.utils import timezone

from imports.models import ListImport
from imports.specs import ListContext
from imports.storebook import HOME_STORES, STORES, StoreBook, store_key
from imports.vocabulary import KNOWN, NOTHING
from stores.models import Store


def told(*new_stores: str, takes: bool = True, write: bool = True) -> ListContext:
    return ListContext(1, "list", takes, timezone.now(), write, None, new_stores)


def test_a_base_without_stores_takes_those_of_the_list(db: None) -> None:
    book = StoreBook(told("Роскошь", "Дуэт"))

    assert set(Store.objects.values_list("name", "code")) == {("Роскошь", "roskosh"), ("Дуэт", "duet")}
    assert book.find(" ДУЭТ ") == book.find("duet") == Store.objects.get(code="duet")


def test_a_preview_only_plans_them(db: None) -> None:
    book = StoreBook(told("Роскошь", write=False))

    planned = book.find("роскошь")

    assert planned is not None
    assert (planned.pk, planned.code, store_key(planned)) == (None, "roskosh", "Роскошь")
    assert not Store.objects.exists()


def test_a_store_that_the_base_knows_is_not_opened_again(store: Store) -> None:
    book = StoreBook(told("роскошь-luxury", "LUXURY", "Дуэт"))

    assert sorted(one.name for one in book.stores) == ["Дуэт", "Роскошь-Luxury"]
    assert Store.objects.count() == 2


def test_a_list_that_takes_no_stores_opens_none(store: Store) -> None:
    assert StoreBook(told("Дуэт", takes=False)).find("Дуэт") is None
    assert Store.objects.get() == store


@pytest.mark.parametrize("stores", [1, 2])
def test_a_chain_of_one_store_needs_no_name(store: Store, request: pytest.FixtureRequest, stores: int) -> None:
    if stores == 2:
        request.getfixturevalue("other_store")

    book = StoreBook(told())

    assert (book.find(""), book.named("")) == (store if stores == 1 else None, None)
    assert book.named("Luxury") == store


def test_a_store_is_told_by_its_key(store: Store) -> None:
    assert (store_key(store), store_key(None)) == (store.pk, "")


def test_a_code_as_it_stands_tells_a_store_before_its_like(store: Store) -> None:
    twin = Store.objects.create(code="lux-ury", name="Другой")

    book = StoreBook(told())

    assert (book.find("luxury"), book.find("lux-ury"), book.find("LUX URY")) == (store, twin, None)


@pytest.mark.parametrize(
    ("stores", "read"), [(1, {"": KNOWN, "Luxury": "luxury", "Дуэт": ""}), (2, {"": "", "luxury": "luxury", "«дуэт»": ""})]
)
def test_an_unknown_store_is_asked_an_empty_one_in_a_chain_of_several(
    store: Store, request: pytest.FixtureRequest, stores: int, read: dict[str, str]
) -> None:
    if stores == 2:
        request.getfixturevalue("other_store")

    reader = STORES.opened(ListImport())

    assert {text: reader(text) for text in read} == read
    assert set(STORES.answers(ListImport())) == set(Store.objects.values_list("code", flat=True))
    assert NOTHING in HOME_STORES.answers(ListImport())


def test_a_list_that_opens_its_stores_may_be_of_one_of_them(db: None) -> None:
    found = ListImport(takes_stores=True, layout={"stores": ["Роскошь", "РОСКОШЬ", "Дуэт"]})

    assert STORES.answers(found) == {"roskosh": "РОСКОШЬ", "duet": "Дуэт"}
    assert [STORES.opened(found)(text) for text in ("Роскошь", "Новый", "")] == ["roskosh", KNOWN, ""]
