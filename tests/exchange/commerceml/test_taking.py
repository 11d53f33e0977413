"""What a file of 1C makes of the catalogue and its stock."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from catalogue.models import Article, Stock
from catalogue.services import ArticleFacts, upsert_articles
from exchange import services
from exchange.commerceml import keeping, working
from exchange.models import FileState, GoodsFile, Source, Subject, Ware
from stores.models import Employee, Store
from tests.exchange.commerceml import files
from tests.exchange.commerceml.files import good, offer


@pytest.fixture
def base(db: None, store: Store) -> Source:
    return Source.objects.create(name="1C", may_fill=True)


def take(source: Source, content: bytes, name: str = "import.xml") -> GoodsFile:
    file = keeping.take_file(source, name, io.BytesIO(content))
    working.read_files()
    file.refresh_from_db()
    return file


def lying() -> list[tuple[str, str, str, int]]:
    return list(Stock.objects.order_by("size", "store__code").values_list("article__article", "size", "store__code", "count"))


def test_a_good_becomes_an_article_with_its_properties(base: Source) -> None:
    more = "<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Вес</Наименование><Значение>3,45</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>"

    file = take(base, files.catalogue(good(more=more), good("w2", "W-1", "Изделие")))

    assert (file.state, file.counts) == (FileState.APPLIED, {"goods": 2, "created": 2, "changed": 0, "unchanged": 0})
    ring = Article.objects.get(article="R5387-6925")
    assert (ring.kind, ring.metal, ring.fineness, ring.collection, ring.weight) == ("ring", "gold", 585, "Море", Decimal("3.45"))
    assert Article.objects.get(article="W-1").kind == "ring"  # by its group


def test_the_same_file_once_more_changes_nothing(base: Source) -> None:
    take(base, files.catalogue(good()))
    take(base, files.offers(offer()), "offers.xml")
    changed_at = Article.objects.get().changed_at

    again = [take(base, files.catalogue(good())), take(base, files.offers(offer()), "offers.xml")]

    assert [file.counts for file in again] == [
        {"goods": 1, "created": 0, "changed": 0, "unchanged": 1}, {"offers": 1, "prices": 0, "stock": 0, "cleared": 0},
    ]  # fmt: skip
    assert (Article.objects.get().changed_at, Ware.objects.count()) == (changed_at, 1)


def test_offers_tell_prices_sizes_and_stock(base: Source) -> None:
    take(base, files.catalogue(good()))

    file = take(
        base,
        files.offers(offer(), offer(size="16", price="138 795,00", counts='<Склад ИдСклада="s1" КоличествоНаСкладе="-1"/>')),
        "offers.xml",
    )

    assert (file.state, file.refused) == (FileState.APPLIED, [])
    assert (Article.objects.get().price, Article.objects.get().sizes) == (Decimal(138_795), ["16", "17.5"])
    assert lying() == [("R5387-6925", "16", "luxury", 0), ("R5387-6925", "17.5", "luxury", 2)]


def test_pieces_with_characteristics_of_their_own_are_added_up(base: Source) -> None:
    take(base, files.catalogue(good()))
    rows = [offer(counts='<Склад ИдСклада="s1" КоличествоНаСкладе="1"/>').replace("#c", f"#{at}") for at in range(3)]

    take(base, files.offers(*rows), "offers.xml")

    assert lying() == [("R5387-6925", "17.5", "luxury", 3)]


def test_a_whole_package_clears_what_it_does_not_name_and_changes_do_not(base: Source) -> None:
    take(base, files.catalogue(good(), good("w2", "E1000-0001", "Серьги")))
    take(base, files.offers(offer(), offer("w2", "")), "offers.xml")

    part = take(base, files.offers(offer(), changes="true"), "offers.xml")
    several = take(base, files.offers(offer()), "offers0_1.xml")
    assert [part.counts["cleared"], several.counts["cleared"]] == [0, 0]

    whole = take(base, files.offers(offer()), "offers.xml")

    assert (whole.counts["cleared"], [row[3] for row in lying()]) == (1, [0, 2])


def test_an_unknown_warehouse_waits_and_is_read_again_for_that_alone(base: Source, store: Store, admin: Employee) -> None:
    take(base, files.catalogue(good()))
    both = '<Склад ИдСклада="s1" КоличествоНаСкладе="2"/><Склад ИдСклада="s2" КоличествоНаСкладе="5"/>'
    file = take(base, files.offers(offer(counts=both)), "offers.xml")
    assert (file.state, file.left, "Склад № 2" in file.words) == (FileState.WAITS, {"warehouses": ["s2"]}, True)
    assert lying() == [("R5387-6925", "17.5", "luxury", 2)]
    take(base, files.offers(offer(price="100000.00"), changes="true"), "offers.xml")
    other = Store.objects.create(code="other", name="Второй", city="Чита")

    going = services.say_meaning(Subject.WAREHOUSE, "Склад № 2", by=admin, store=other)
    working.read_files()

    file.refresh_from_db()
    assert (going, file.state, file.left) == (1, FileState.APPLIED, {})
    assert (lying(), Article.objects.get().price) == (
        [("R5387-6925", "17.5", "luxury", 2), ("R5387-6925", "17.5", "other", 5)], Decimal(100_000)
    )  # fmt: skip


def test_a_warehouse_that_is_no_stores_is_left_out(base: Source, admin: Employee) -> None:
    take(base, files.catalogue(good()))
    services.say_meaning(Subject.WAREHOUSE, "Склад № 2", by=admin, store=None)

    file = take(base, files.offers(offer(counts='<Склад ИдСклада="s2" КоличествоНаСкладе="5"/>')), "offers.xml")

    assert (file.state, lying()) == (FileState.APPLIED, [])


def test_counts_without_a_warehouse_are_of_the_only_store(base: Source, store: Store) -> None:
    take(base, files.catalogue(good()))

    take(base, files.offers(offer(counts="<Количество>4</Количество>")), "offers.xml")

    assert lying() == [("R5387-6925", "17.5", "luxury", 4)]


def test_of_several_types_of_prices_a_person_chooses_once(base: Source) -> None:
    take(base, files.catalogue(good()))
    told = files.offers(offer(), prices=("Для сети", "Оптовая"))
    file = take(base, told, "offers.xml")
    assert (file.state, file.left, Article.objects.get().price) == (FileState.WAITS, {"prices": ["Для сети", "Оптовая"]}, None)

    services.choose_prices(base, "Для сети")
    working.read_files()

    file.refresh_from_db()
    assert (file.state, Article.objects.get().price) == (FileState.APPLIED, Decimal(138_795))
    assert take(base, told, "offers.xml").state == FileState.APPLIED


def test_what_cannot_be_taken_is_said_row_by_row(base: Source) -> None:
    take(base, files.catalogue(good(), good("w3", "", "Без артикула"), good("w4", "X-1", attributes=' Статус="Удален"')))
    rows = (offer("other"), offer(counts='<Склад ИдСклада="s1" КоличествоНаСкладе="1.5"/>'), offer(size="18", price="дорого"))

    file = take(base, files.offers(*rows), "offers.xml")

    assert [(row["at"], row["article"]) for row in file.refused] == [
        ("other#c17,5", "Кольцо (17,5)"), ("w1#c17,5", "R5387-6925"), ("w1#c18", ""),
    ]  # fmt: skip
    first = GoodsFile.objects.earliest("pk")
    assert (first.counts["gone"], [row["at"] for row in first.refused]) == (1, ["w3"])


def test_a_fault_at_the_end_is_said_and_the_rest_is_written(base: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exchange.commerceml.taking.BATCH", 1)

    file = take(base, files.catalogue(good(), good("w2", "E1000-0001"))[:-60])

    assert (file.state, "с ошибкой" in file.words, Article.objects.count()) == (FileState.REFUSED, True, 2)


def test_a_file_is_taken_by_one_worker_and_anew_when_it_has_died(base: Source) -> None:
    file = keeping.take_file(base, "import.xml", io.BytesIO(files.catalogue(good())))
    first = working.claim()
    assert first == file
    assert working.claim() is None

    GoodsFile.objects.update(touched_at=timezone.now() - 2 * working.SILENT)

    assert working.read_files() == 1
    file.refresh_from_db()
    assert file.state == FileState.APPLIED


def test_an_offer_may_name_its_article_itself(base: Source) -> None:
    upsert_articles([ArticleFacts("R5387-6925", kind="ring")])
    told: Any = offer("unknown").replace("<Наименование>Кольцо", "<Артикул>R5387-6925</Артикул><Наименование>Кольцо")

    file = take(base, files.offers(told), "offers.xml")

    assert (file.refused, lying()) == ([], [("R5387-6925", "17.5", "luxury", 2)])
