"""Kinds of dirt in purchases' lists: what is understood is right, and what is not, waits or is refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from clients.models import Client
from imports.files.reading import MissingColumnsError
from purchases.models import Piece
from stores.models import Store
from tests.conftest import DATA
from tests.lists import bring

CREATED, CONFLICT, REJECTED = "created", "conflict", "rejected"
COMMON = ["Чек", "Дата", "Магазин", "Артикул", "Телефон"]
ROW = ["9", "01.08.2026", "luxury", "К-1", "+7 914 555-01-02"]


@pytest.fixture(params=[1, 1_000], ids=["by one", "by the thousand"])
def base(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", request.param)
    bring("clients", DATA / "field-reports" / "clients-base.csv", source="LAB")
    Store.objects.create(code="luxury", name="Роскошь-Luxury")


def listed(tmp_path: Path, header: str, *rows: str, common: list[str] = ROW) -> list[tuple[str, str]]:
    """Rows of a list: the common columns, then these."""
    path = tmp_path / "list.csv"
    whole = [";".join([*COMMON, header]), *(";".join([*common, row]) for row in rows)]
    path.write_text("\n".join(whole) + "\n", encoding="utf-8")
    planned = bring("purchases", path, preview=True, source="LAB")
    done = bring("purchases", path, source="LAB")
    assert [(row.outcome, row.reason) for row in planned] == [(row.outcome, row.reason) for row in done]
    return [(row.outcome, row.reason) for row in done]


def paid() -> list[tuple[Decimal, Decimal]]:
    return [(piece.price, piece.discount) for piece in Piece.objects.order_by("pk")]


@pytest.mark.parametrize(
    ("row", "pieces"),
    [
        ("12500;3;1250;33750", [(11_250, 1_250)] * 3),
        ("10000;1;500;9000", [(9_000, 1_000)]),
        ("10000;1;1000;9000", [(9_000, 1_000)]),
        ("10000;1;10%;8990", [(8_990, 1_010)]),
        ("12 500,00 руб.;2;10%;22 500,00 руб.", [(11_250, 1_250)] * 2),
    ],
)
def test_what_was_taken_off_is_the_price_less_what_was_paid(
    base: None, tmp_path: Path, row: str, pieces: list[tuple[int, int]]
) -> None:
    assert listed(tmp_path, "Цена;Кол-во;Скидка;Итого", row) == [(CREATED, "")]

    assert paid() == pieces


def test_a_discount_above_what_was_taken_off_is_asked(base: None, tmp_path: Path) -> None:
    assert listed(tmp_path, "Цена;Скидка;Итого", "10000;2000;9000") == [(CONFLICT, "sum")]


@pytest.mark.parametrize("error", ["#N/A", "#Н/Д", "#ЗНАЧ!", "#DIV/0!"])
def test_a_sum_whose_formula_failed_is_not_known(base: None, tmp_path: Path, error: str) -> None:
    assert listed(tmp_path, "Цена;Сумма", f"5000;{error}") == [(REJECTED, "price")]


@pytest.mark.parametrize("header", ["Сумма, коп.", "Сумма (тыс. руб.)", "Цена, тыс.", "Сумма без НДС"])
def test_figures_in_other_units_are_no_sums(base: None, tmp_path: Path, header: str) -> None:
    with pytest.raises(MissingColumnsError):
        listed(tmp_path, header, "1000")


@pytest.mark.parametrize("header", ["Сумма без НДС;НДС;Сумма с НДС", "Итого;Сумма заказа;Сумма позиции"])
def test_of_several_sums_the_lines_own_with_its_tax_is_taken(base: None, tmp_path: Path, header: str) -> None:
    assert listed(tmp_path, header, "10000;2000;12000") == [(CREATED, "")]

    assert paid() == [(12_000, 0)]


def test_two_sums_of_one_name_are_asked_where_they_differ(base: None, tmp_path: Path) -> None:
    with pytest.raises(MissingColumnsError):
        listed(tmp_path, "Сумма;Сумма", "12000;10000")

    assert listed(tmp_path, "Сумма;Сумма", "12000;12000") == [(CREATED, "")]


@pytest.mark.parametrize("said", ["Обмен", "Предоплата", "Скупка", "Списание", "Внесение денег", "Коррекция"])
def test_a_type_that_is_an_operation_is_asked_as_one(base: None, tmp_path: Path, said: str) -> None:
    assert listed(tmp_path, "Сумма;Тип", f"1000;{said}") == [(CONFLICT, f"operation: {said}")]

    assert not Piece.objects.exists()


def test_a_type_that_says_sale_or_back_is_understood(base: None, tmp_path: Path) -> None:
    assert listed(tmp_path, "Сумма;Тип", "1000;Продажа") == [(CREATED, "")]
    assert listed(tmp_path, "Сумма;Тип", "1000;Возврат", common=["10", "03.08.2026", *ROW[2:]]) == [("updated", "returned")]

    assert Piece.objects.get().returned_on == date(2026, 8, 3)


def test_a_number_that_lost_its_digits_waits(base: None, tmp_path: Path) -> None:
    assert listed(tmp_path, "Сумма", "1000", common=["1,23457E+11", *ROW[1:]]) == [(CONFLICT, "rounded")]


def test_lines_under_their_clients_each_a_document_of_its_own(base: None, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Ведомость;;;\nКонтрагент / Документ;Номенклатура;Кол-во;Сумма\nЛабина Вера, +79145550101;;2;3 000,00\n"
        "Реализация РД000000012 от 05.08.2026 12:12:12;Кольцо;1;1 000,00\n"
        "Реализация РД000000013 от 06.08.2026 12:12:12;Серьги;1;2 000,00\nИтого;;2;3 000,00\n",
        encoding="utf-8",
    )

    rows = bring("purchases", path, source="LAB")

    assert [row.raw[0][:12] for row in rows] == ["Реализация Р"] * 2
    assert {row.raw[4] for row in rows} == {"Лабина Вера"}


def test_a_header_of_each_page_asks_nothing(base: None, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    head, row = ";".join([*COMMON, "Сумма"]), ";".join([*ROW, "1000"])
    path.write_text(
        "\n".join([head, row, f"Итого за 01.08.2026{';' * 5}1000", head, row.replace("9;", "10;", 1)]) + "\n", encoding="utf-8"
    )

    assert [row.outcome for row in bring("purchases", path, source="LAB")] == [CREATED] * 2


def test_rows_below_a_heading_of_returns_are_returns_however_far_down(base: None, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    sold = [";".join([str(at), *ROW[1:3], f"К-{at}", ROW[4], "1000"]) for at in range(1, 41)]
    back = ["Возвраты за август;;;;;2000", ";".join([*COMMON, "Сумма"]), "51;03.08.2026;luxury;К-5;+79145550102;1000"]
    path.write_text("\n".join([";".join([*COMMON, "Сумма"]), *sold, *back, "Итого возвраты;;;;;1000"]) + "\n", encoding="utf-8")

    rows = bring("purchases", path, source="LAB")

    assert [row.outcome for row in rows] == [CREATED] * 40 + ["updated"]
    assert [piece.article for piece in Piece.objects.exclude(returned_on=None)] == ["К-5"]


def test_rows_of_a_sheet_of_returns_are_returns(base: None, tmp_path: Path) -> None:
    book = Workbook()
    rows = {"Август": [["9", "К-1"], ["10", "К-2"]], "Возвраты": [["11", "К-1"]], "Сентябрь": [["12", "К-4"]]}
    for name, said in rows.items():
        sheet = book.create_sheet(name)
        sheet.append(["Дата", "Чек", "Артикул", "Магазин", "Телефон", "Сумма"])
        for number, article in said:
            sheet.append(["03.08.2026", number, article, "luxury", "+79145550102", 1000])
    path = tmp_path / "list.xlsx"
    book.save(path)

    assert [row.outcome for row in bring("purchases", path, source="LAB")] == [CREATED, CREATED, "updated", CREATED]
    assert [piece.article for piece in Piece.objects.exclude(returned_on=None)] == ["К-1"]


def test_a_day_of_return_says_more_than_the_number_of_its_receipt(base: None, tmp_path: Path) -> None:
    assert listed(tmp_path, "Сумма;Чек возврата;Дата возврата", "1000;9302;03.08.2026") == [(CREATED, "")]

    assert Piece.objects.get().returned_on == date(2026, 8, 3)


def test_who_leaves_a_phone_is_no_nameless_buyer(base: None, tmp_path: Path) -> None:
    assert listed(tmp_path, "Сумма;Клиент", "1000;Розничный покупатель") == [(CREATED, "")]

    assert Piece.objects.get().purchase.client == Client.objects.get(phone="+79145550102")
