"""Whose a row is, and rows that correct those of an earlier list."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from clients.models import Client
from imports import intake, outcomes
from imports.cells import escape
from imports.passes import engine
from purchases.models import Piece, Purchase
from stores.models import Store
from tests.factories import ClientFactory
from tests.lists import bring, verdicts
from tests.purchases.listing.applied import HEADER, LINE, applied, corrected, prices, undo


def test_clients_are_found_by_phone_and_by_name_and_birth_date(store: Store, purchases: Callable[..., Path]) -> None:
    card = ClientFactory.create(phone="+79147012233", birth_date=date(1980, 2, 1))
    header = "Дата;ФИО;Дата рождения;Телефон;Артикул;Сумма\n"
    path = purchases("05.05.2020;;;8 914 701-22-33;R1;100", "06.05.2020;Иванова Елена;01.02.1980;;R1;100", header=header)

    assert verdicts(bring("purchases", path)) == ["created"] * 2
    assert card.purchases.count() == 2


def test_a_row_that_names_somebody_is_never_anybody_elses(store: Store, purchases: Callable[..., Path]) -> None:
    ClientFactory.create(phone=None, state="incomplete", birth_date=date(1980, 2, 1))
    header = "Дата;ФИО;Дата рождения;Телефон;Артикул;Сумма\n"
    path = purchases(
        "05.05.2020;Сидорова Ольга;05.05.1975;;R1;100", "05.05.2020;Иванова Елена;01.02.1980;;R1;100",
        "06.05.2020;Петрова Анна;;;R1;100", "06.05.2020;Розничный покупатель;;;R1;100", header=header,
    )  # fmt: skip

    assert verdicts(bring("purchases", path)) == ["incomplete", "created", "incomplete", "created"]
    assert sorted(Purchase.objects.values_list("no_card_reason", flat=True)) == ["", "list"]


def test_a_phone_with_another_name_is_a_conflict(store: Store, purchases: Callable[..., Path]) -> None:
    ClientFactory.create(last_name="Петров", first_name="Олег", phone="+79147012233")
    path = purchases("05.05.2020;Иванова Елена;8 914 701 22 33;R1;100", header="Дата;ФИО;Телефон;Артикул;Сумма\n")

    assert verdicts(bring("purchases", path)) == ["conflict"]


def test_a_corrected_price_replaces_the_former_line(orlova: Client) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 100, "") + LINE.format(2, "дорого", ""))
    table = [";".join(escape(cell) for cell in row) for row in outcomes.table(kept, str)]
    text = "\n".join(table).replace(";100;", ";10000;").replace("дорого", "500") + "\n"

    second = applied("purchases", text)

    assert second.corrects == kept
    assert sorted(Piece.objects.values_list("price", flat=True)) == [Decimal(500), Decimal(10000)]
    assert Client.objects.get().activity.spent == 10500


def test_corrections_of_some_of_identical_lines_lose_none(orlova: Client) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 100, "") * 2)
    text = corrected(kept)
    header, _first, second, *_rest = text.splitlines(keepends=True)

    again = applied("purchases", header + second)

    assert (again.counts, prices()) == ({"unchanged": 1}, [100, 100])


def test_a_correction_promises_what_it_does_and_taken_back_brings_the_former_line_again(orlova: Client) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 100, "") + LINE.format(2, 300, ""))
    text = corrected(kept, (";100;", ";200;"))
    planned = engine.preview(intake.read(intake.keep_file("purchases", BytesIO(text.encode()), "x.csv", by=None)))
    promised = planned.counts
    assert prices() == [100, 300]

    engine.apply(planned)
    assert (planned.counts, prices()) == (promised, [200, 300])

    undo(planned)
    assert prices() == [100, 300]
    undo(kept)
    assert prices() == []
