"""Lists of purchases: each line once, whoever comes first."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from clients.models import Client, ClientKey
from clients.writing.person import code_key
from purchases.correcting import acts
from purchases.models import Piece, Purchase
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.lists import bring, verdicts
from tests.purchases.listing.conftest import BY_CODE
from visits.models import Visit


def test_lines_of_one_receipt_and_their_repetition(known: Client, purchases: Callable[..., Path]) -> None:
    path = purchases(
        "7;05.05.2020;К1;R1;кольцо;10 000,50;Роскошь-Luxury;",
        "7;05.05.2020;К1;R1;кольцо;10 000,50;Роскошь-Luxury;",
        "7;05.05.2020;К1;E2;серьги;0;Роскошь-Luxury;09.05.2020",
        ";06.05.2020;К1;B3;браслет;5000;luxury;",
    )

    assert verdicts(bring("purchases", path)) == ["created"] * 4
    assert verdicts(bring("purchases", path)) == ["unchanged"] * 4
    assert (Purchase.objects.count(), Piece.objects.count(), Piece.objects.kept().count()) == (2, 4, 3)


@pytest.mark.parametrize("chunk", [1, 2])
def test_repeated_lines_are_told_apart_across_chunks(
    known: Client, purchases: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", chunk)
    path = purchases(*["7;05.05.2020;К1;R1;кольцо;100;luxury;"] * 5)

    assert verdicts(bring("purchases", path)) == ["created"] * 5
    assert verdicts(bring("purchases", path)) == ["unchanged"] * 5
    assert Piece.objects.count() == 5


def test_a_return_that_comes_later_is_marked(known: Client, purchases: Callable[..., Path]) -> None:
    bring("purchases", purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;"))

    rows = bring("purchases", purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;01.06.2020"))

    assert verdicts(rows) == ["updated"]
    assert Piece.objects.get().returned_on == date(2020, 6, 1)
    assert not Visit.objects.exists()


def test_a_voided_receipts_line_makes_a_new_one(known: Client, purchases: Callable[..., Path], seller: Employee) -> None:
    path = purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;")
    bring("purchases", path)
    mistaken = Purchase.objects.get()
    acts.void(mistaken, reason="by mistake", version=0, by=seller)

    assert verdicts(bring("purchases", path)) == ["created"]
    assert Purchase.objects.get() != mistaken
    assert Visit.objects.get(scope=0).items == 1


def test_a_list_that_touches_a_receipt_makes_it_another_version(known: Client, purchases: Callable[..., Path]) -> None:
    bring("purchases", purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;"))
    before = Purchase.objects.get().version

    bring("purchases", purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;01.06.2020"))

    assert Purchase.objects.get().version == before + 1


@pytest.mark.parametrize(
    ("row", "outcome", "reason"),
    [
        ("7;30.02.2020;К1;R1;кольцо;100;luxury;", "rejected", "date"),
        ("7;05.05.2099;К1;R1;кольцо;100;luxury;", "rejected", "date"),
        ("7;05.05.2020;К1;R1;кольцо;-100;luxury;", "conflict", "no sale"),
        ("7;05.05.2020;К1;R1;кольцо;дорого;luxury;", "rejected", "price"),
        ("7;05.05.2020;К1;R1;кольцо;100;Чужой;", "conflict", "store: Чужой"),
        ("7;05.05.2020;К9;R1;кольцо;100;luxury;", "incomplete", "client unknown"),
        ("7;05.05.2020;;R1;кольцо;100;luxury;", "created", ""),
    ],
)
def test_each_row_has_its_own_outcome(known: Client, purchases: Callable[..., Path], row: str, outcome: str, reason: str) -> None:
    (found,) = bring("purchases", purchases(row))

    assert (found.outcome, found.reason) == (outcome, reason)


def test_a_receipt_of_two_clients_is_a_conflict(known: Client, purchases: Callable[..., Path]) -> None:
    ClientKey.objects.create(source="list", key=code_key("К2"), client=ClientFactory.create())
    path = purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;", "7;05.05.2020;К2;R2;кольцо;100;luxury;")

    assert verdicts(bring("purchases", path)) == ["created", "conflict"]
    assert verdicts(bring("purchases", path)) == ["unchanged", "conflict"]


def test_an_empty_base_takes_the_stores_of_the_list(db: None, purchases: Callable[..., Path]) -> None:
    rows = bring("purchases", purchases("7;05.05.2020;;R1;кольцо;100;Первый;", "8;05.05.2020;;R1;кольцо;100;Второй;"))

    assert verdicts(rows) == ["created", "created"]
    assert set(Store.objects.values_list("name", flat=True)) == {"Первый", "Второй"}


def test_lines_that_name_nobody_follow_their_receipt(known: Client, purchases: Callable[..., Path]) -> None:
    path = purchases(
        "7;05.05.2020;;R1;кольцо;100;luxury;", "7;05.05.2020;К1;E2;серьги;200;luxury;", "7;05.05.2020;;B3;;300;luxury;"
    )

    assert verdicts(bring("purchases", path)) == ["created"] * 3
    assert known.purchases.get().pieces.count() == 3


def test_one_store_by_name_and_by_code_is_one(known: Client, purchases: Callable[..., Path]) -> None:
    path = purchases("7;05.05.2020;К1;R1;;100;luxury;", "7;05.05.2020;К1;R1;;100;Роскошь-Luxury;")

    assert verdicts(bring("purchases", path)) == ["created"] * 2
    assert verdicts(bring("purchases", path)) == ["unchanged"] * 2


@pytest.mark.parametrize("cells", ["10.06.20;б/н;-;нет", "10.06.2020;—;10%;н/д"])
def test_placeholders_lose_no_sale(known: Client, purchases: Callable[..., Path], cells: str) -> None:
    day, receipt, discount, returned = cells.split(";")
    path = purchases(
        f"{receipt};{day};К1;R1;кольцо;1 200,50 руб.;luxury;{returned};{discount}", header=BY_CODE.strip() + ";Скидка\n"
    )

    assert verdicts(bring("purchases", path)) == ["created"]
    assert Purchase.objects.get().sold_on == date(2020, 6, 10)
    assert Purchase.objects.get().receipt_number is None
