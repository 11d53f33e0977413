"""Reports of tills and accounts as lists: headings, merged cells, receipts told once, sums of whole receipts and of three decimals."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from purchases.models import Piece
from stores.models import Store
from tests.conftest import DATA
from tests.lists import bring, verdicts

PHONES = "+7 914 555-01-01", "+7 914 555-01-02"
BY_CLIENT = f"""Продажи за февраль;;;;
Дата;Чек;Артикул;Количество;Сумма
Роскошь-Дуэт;;;3;6000
Лабина Вера, {PHONES[0]};;;2;3000
01.02.2026;501;К-1;1;1000
01.02.2026;501;К-2;1;2000
Лабин Пётр, {PHONES[1]};;;1;3000
02.02.2026;502;К-3;1;3000
;;;;
Страница 1 из 1;;;;
Итого;;;3;6000
"""
BY_DAY = f"""Чек;Телефон;Артикул;Сумма
Магазин: Роскошь-Дуэт;;;
01.02.2026;;;
501;{PHONES[0]};К-1;1000
501;{PHONES[0]};К-2;2000
02.02.2026;;;3000
502;{PHONES[1]};К-3;3000
"""
BY_RECEIPT = f"""Номенклатура;Артикул;Количество;Сумма;Клиент;Телефон;Магазин
Чек ККМ 501 от 01.02.2026 12:30:15;;2;3 000,00;Лабина Вера;{PHONES[0]};Роскошь-Дуэт
Кольцо;К-1;1;1 000,00;;;
Серьги;К-2;1;2 000,00;;;
Чек ККМ 502 от 02.02.2026 9:30:15;;1;3 000,00;Лабин Пётр;{PHONES[1]};Роскошь-Дуэт
Кольцо;К-3;1;3 000,00;;;
"""
IN_ITS_NAME = f"""Документ;Телефон;Артикул;Сумма;Магазин
Чек ККМ 501 от 01.02.2026 12:30:15;{PHONES[0]};К-1;1000;Роскошь-Дуэт
Чек ККМ 501 от 01.02.2026 12:30:15;{PHONES[0]};К-2;2000;Роскошь-Дуэт
Чек ККМ 502 от 02.02.2026 9:30:15;{PHONES[1]};К-3;3000;Роскошь-Дуэт
"""
TOLD_ONCE = f"""Магазин;Дата;Чек;Покупатель;Телефон;Артикул;Сумма
Роскошь-Дуэт;01.02.2026;501;Лабина Вера;{PHONES[0]};К-1;1000
;;;;;К-2;2000
Роскошь-Дуэт;02.02.2026;502;Лабин Пётр;{PHONES[1]};К-3;3000
"""
TOLD_BY_NUMBER = f"""Name,Created at,Lineitem quantity,Lineitem price,Lineitem sku,Billing Phone,Location
#501,2026-02-01 10:00:00 +1000,1,1000.00,К-1,{PHONES[0]},Роскошь-Дуэт
#501,,1,2000.00,К-2,,
#502,2026-02-02 10:00:00 +1000,1,3000.00,К-3,{PHONES[1]},Роскошь-Дуэт
"""
OF_THREE_DECIMALS = f"""Чек;Дата;Телефон;Артикул;Кол-во;Сумма;Магазин
501;01.02.2026;{PHONES[0]};К-1;1.000;1000.000;Роскошь-Дуэт
501;01.02.2026;{PHONES[0]};К-2;1.000;2000.000;Роскошь-Дуэт
502;02.02.2026;{PHONES[1]};К-3;1.000;3000.000;Роскошь-Дуэт
"""
REPEATS_THE_SUM = f"""Номер заказа;Дата;Телефон;Артикул;Цена;Сумма заказа;Магазин
501;01.02.2026;{PHONES[0]};К-1;1000;3000;Роскошь-Дуэт
501;01.02.2026;{PHONES[0]};К-2;2000;3000;Роскошь-Дуэт
502;02.02.2026;{PHONES[1]};К-3;3000;3000;Роскошь-Дуэт
"""
SAME = [
    (date(2026, 2, 1), "Лабина", "К-1", Decimal(1000)),
    (date(2026, 2, 1), "Лабина", "К-2", Decimal(2000)),
    (date(2026, 2, 2), "Лабин", "К-3", Decimal(3000)),
]


@pytest.fixture(params=[1, 1_000], ids=["by one", "by the thousand"])
def base(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", request.param)
    bring("clients", DATA / "field-reports" / "clients-base.csv", source="LAB")
    Store.objects.create(code="luxury", name="Роскошь-Luxury")


def pieces() -> list[tuple[date, str, str, Decimal]]:
    found = Piece.objects.select_related("purchase__client", "purchase__store").order_by("article")
    assert {piece.purchase.store.name for piece in found} <= {"Роскошь-Дуэт"}
    return [(one.purchase.sold_on, one.purchase.client.last_name, one.article, one.price) for one in found if one.purchase.client]


def brought(path: Path) -> list[str]:
    """What each row becomes: previewed, applied, and unchanged after that."""
    planned, done, again = bring("purchases", path, preview=True), bring("purchases", path), bring("purchases", path)
    assert verdicts(planned) == verdicts(done)
    assert {after for before, after in zip(verdicts(done), verdicts(again), strict=True) if before == "created"} <= {"unchanged"}
    return verdicts(done)


@pytest.mark.parametrize(
    "text",
    [BY_CLIENT, BY_DAY, BY_RECEIPT, IN_ITS_NAME, TOLD_ONCE, TOLD_BY_NUMBER, OF_THREE_DECIMALS, REPEATS_THE_SUM],
    ids=["by client", "by day", "by receipt", "in its name", "told once", "told by number", "three decimals", "repeats the sum"],
)
def test_a_report_is_the_list_that_it_is(base: None, tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.csv"
    path.write_text(text, encoding="utf-8")

    assert brought(path) == ["created"] * 3
    assert pieces() == SAME


def test_merged_cells_hold_for_all_their_rows_but_a_sum_is_said_once(base: None, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Магазин", "Дата", "Чек", "Телефон", "Артикул", "Сумма"])
    sheet.append(["Роскошь-Дуэт", "01.02.2026", 501, PHONES[0], "К-1", 1000])
    sheet.append([None, None, None, None, "К-2", 2000])
    sheet.append([None, "02.02.2026", 502, PHONES[1], "К-3", 3000])
    sheet.append([None, None, None, None, "К-4", None])
    for cells in ("A2:A5", "B2:B3", "C2:C3", "D2:D3", "B4:B5", "C4:C5", "D4:D5", "F4:F5"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "report.xlsx")

    assert brought(tmp_path / "report.xlsx") == ["created"] * 3 + ["rejected"]
    assert pieces() == SAME


def test_the_sum_of_a_receipt_is_no_sum_of_its_lines(base: None, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    head = "Номер чека;Дата;Телефон;Артикул;Сумма чека;Магазин\n"
    rows = ["501;01.02.2026;{0};К-1;3000;{1}", "501;01.02.2026;{0};К-2;3000;{1}", "502;02.02.2026;{0};К-3;3000;{1}"]
    path.write_text(head + "\n".join(row.format(PHONES[1], "Роскошь-Дуэт") for row in rows) + "\n", encoding="utf-8")

    assert brought(path) == ["conflict", "conflict", "created"]
    assert pieces() == SAME[2:]


@pytest.mark.parametrize("sign", ["-", "−", "–"])
def test_a_dash_in_a_column_of_operations_is_asked_and_no_sale(base: None, tmp_path: Path, sign: str) -> None:
    path = tmp_path / "report.csv"
    path.write_text(f"Чек;Дата;Телефон;Артикул;Сумма;Операция;Магазин\n7;01.02.2026;{PHONES[0]};К-1;5;{sign};Роскошь-Дуэт\n")

    assert brought(path) == ["conflict"]
