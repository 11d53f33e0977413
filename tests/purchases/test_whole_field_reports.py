"""Lists of purchases as people really send them, each the least input of a fault that users of other programs reported."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from imports.models import ListImport, Outcome, StagedRow
from purchases.models import Piece
from stores.models import Role, Store
from tests import factories
from tests.conftest import DATA
from tests.lists import answer, bring, verdicts

REPORTS = DATA / "field-reports"
CREATED, UPDATED, UNCHANGED, CONFLICT, REJECTED = "created", "updated", "unchanged", "conflict", "rejected"


class Kept(NamedTuple):
    """What the base says of a piece."""

    article: str
    sold_on: date
    price: Decimal
    discount: Decimal
    returned_on: date | None


@pytest.fixture(params=[1, 1_000], ids=["by one", "by the thousand"])
def base(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two clients of the reports, in a chain of two stores."""
    monkeypatch.setattr("imports.passes.engine.CHUNK", request.param)
    bring("clients", REPORTS / "clients-base.csv", source="LAB")
    Store.objects.create(code="luxury", name="Роскошь-Luxury")


def outcomes(path: Path) -> list[str]:
    """What each row becomes: previewed, applied, and after that unchanged for ever."""
    planned = bring("purchases", path, preview=True, source="LAB")
    done = bring("purchases", path, source="LAB")
    again = bring("purchases", path, source="LAB")
    assert verdicts(planned) == verdicts(done)
    assert [row.reason for row in planned] == [row.reason for row in done]
    assert verdicts(again) == [settled(row) for row in done]
    return verdicts(done)


def settled(row: StagedRow) -> str:
    return row.outcome if row.outcome in (CONFLICT, REJECTED, "incomplete") else UNCHANGED


def pieces() -> list[Kept]:
    found = Piece.objects.select_related("purchase").order_by("pk")
    return [Kept(one.article, one.purchase.sold_on, one.price, one.discount, one.returned_on) for one in found]


def days(marks: Iterable[tuple[int, int]], year: int = 2026) -> list[date]:
    return [date(year, month, day) for day, month in marks]


def test_a_receipt_of_return_takes_the_piece_of_its_sale_back(base: None) -> None:
    assert outcomes(REPORTS / "purchases-operation.csv") == [CREATED, UPDATED]

    assert pieces() == [Kept("К-1101", date(2026, 11, 1), Decimal(50_000), Decimal(0), date(2026, 11, 3))]


def test_flags_words_and_days_of_return(base: None) -> None:
    assert outcomes(REPORTS / "purchases-return-flag.csv") == [CREATED] * 5 + [CONFLICT] + [CREATED] * 2 + [CONFLICT]

    assert [piece.returned_on for piece in pieces()] == [None, *days([(2, 10), (3, 10), (4, 10), (5, 10), (8, 10), (9, 10)])]


def test_sums_are_sums(base: None) -> None:
    expected = [CREATED] * 3 + [REJECTED] * 3 + [CREATED] * 6 + [REJECTED, CREATED]

    assert outcomes(REPORTS / "purchases-money.csv") == expected
    prices = ["1500", "12500", "12500", "115900", "115900", "115900", "1500.50", "1500.50", "15000", "1500"]
    assert [piece.price for piece in pieces()] == [Decimal(price) for price in prices]


@pytest.mark.parametrize(
    ("name", "paid"),
    [("discount-percent", [(90_000, 10_000)]), ("price-sum", [(90_000, 10_000)] * 2), ("price-vs-paid", [(85_000, 15_000)])],
)
def test_price_discount_and_sum(base: None, name: str, paid: list[tuple[int, int]]) -> None:
    assert outcomes(REPORTS / f"purchases-{name}.csv") == [CREATED] * len(paid)

    assert [(piece.price, piece.discount) for piece in pieces()] == [(Decimal(price), Decimal(off)) for price, off in paid]


def test_numbers_that_passed_through_a_spreadsheet_are_the_same(base: None) -> None:
    assert outcomes(REPORTS / "purchases-receipt-zeros-text.csv") == [CREATED] * 2
    assert outcomes(REPORTS / "purchases-receipt-zeros-excel.csv") == [UNCHANGED] * 5

    assert Piece.objects.count() == 2


def test_the_same_line_in_several_writings_is_one(base: None) -> None:
    assert outcomes(REPORTS / "purchases-receipt-zeros-excel.csv") == [CREATED, CREATED, *[UNCHANGED] * 3]

    assert Piece.objects.count() == 2


def test_codes_that_lost_their_zeros_find_their_clients(base: None) -> None:
    assert outcomes(REPORTS / "purchases-codes-numeric.xlsx") == [CREATED] * 3

    found = Piece.objects.order_by("pk").values_list("purchase__client__last_name", flat=True)
    assert list(found) == ["Лабина", "Лабин", "Лабин"]


def test_a_code_that_may_be_two_clients_is_asked(base: None, tmp_path: Path) -> None:
    clients = tmp_path / "clients.csv"
    clients.write_text("Код;Фамилия;Имя;Дата рождения;Телефон\n101;Другая;Ольга;01.02.1970;+7 914 555-01-77\n", encoding="utf-8")
    bring("clients", clients, source="LAB")
    path = tmp_path / "purchases.csv"
    rows = ["901;101;01.08.2026;К1;100;luxury", "902;000101;01.08.2026;К1;100;luxury"]
    path.write_text("\n".join(["Чек;Код клиента;Дата;Артикул;Сумма;Магазин", *rows]), encoding="utf-8")

    assert outcomes(path) == [CONFLICT, CREATED]


def test_a_store_in_other_signs_is_the_store(base: None) -> None:
    assert outcomes(REPORTS / "purchases-store-spellings.csv") == [CREATED] * 5 + [CONFLICT] * 4

    assert set(Piece.objects.values_list("purchase__store__name", flat=True)) == {"Роскошь-Дуэт"}


def test_a_list_without_a_store_is_asked_in_a_chain_of_several(base: None) -> None:
    assert outcomes(REPORTS / "purchases-no-store-column.csv") == [CONFLICT] * 3


def test_moments_with_a_zone_are_days_of_the_store(base: None) -> None:
    assert outcomes(REPORTS / "purchases-shopify.csv") == [CREATED] * 7

    assert [piece.sold_on for piece in pieces()] == days((day, 3) for day in (15, 16, 17, 18, 18, 18, 15))


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*rows: str, columns: str = "Сумма", name: str = "list.csv") -> Path:
        path = tmp_path / name
        header = f"Чек;Телефон клиента;Дата;Артикул;{columns};Магазин"
        whole = [";".join(row.split(";")) + ";luxury" for row in rows]
        path.write_text("\n".join([header, *whole]) + "\n", encoding="utf-8")
        return path

    return write


SALE = "1;+7 914 555-01-02;01.02.2026;К-1"
BACK = "2;+7 914 555-01-02;05.02.2026;К-1"


@pytest.mark.parametrize(
    ("columns", "sale", "back"),
    [
        ("Сумма", "500", "-500"),
        ("Сумма", "500", "−500"),
        ("Сумма", "500", "– 500,00 ₽"),
        ("Сумма", "500", "500-"),
        ("Сумма", "500", "(500)"),
        ("Сумма", "500", "(500,00) руб."),
        ("Сумма", "500", "500,00-"),
        ("Сумма", "500", "500.00 -"),
        ("Кол-во;Сумма", "1;500", "-1;500"),
        ("Кол-во;Сумма", "1;500", "1−;500"),
        ("Кол-во;Сумма", "1,000;500", "(1);500"),
        ("Сумма;Вид операции", "500;Приход", "500;ВОЗВРАТ ПРИХОДА"),
        ("Сумма;Операция", "500;Продажа", "500;сторно"),
        ("Сумма;Type", "500;sale", "500;Refund"),
        ("Сумма;Наименование", "500;Кольцо", "500;Кольцо (возврат)"),
        ("Сумма;Комментарий", "500;", "500;возврат от покупателя"),
        ("Сумма;Документ продажи", "500;Чек ККМ", "500;Возврат товаров от клиента"),
    ],
)
def test_every_sign_of_return(base: None, write: Write, columns: str, sale: str, back: str) -> None:
    assert outcomes(write(f"{SALE};{sale}", f"{BACK};{back}", columns=columns)) == [CREATED, UPDATED]

    assert [piece.returned_on for piece in pieces()] == days([(5, 2)])


def test_the_newest_first_is_as_good(base: None, write: Write) -> None:
    assert outcomes(write(f"{BACK};-500", f"{SALE};500")) == [UPDATED, CREATED]

    assert [piece.returned_on for piece in pieces()] == days([(5, 2)])


def test_a_return_without_its_sale_waits_and_is_none(base: None, write: Write) -> None:
    other = "2;+7 914 555-01-02;05.02.2026;К-2;-500"
    before = "3;+7 914 555-01-02;31.01.2026;К-1;-500"
    somebodys = "4;+7 914 555-01-01;05.02.2026;К-1;-500"
    nobodys = "5;;05.02.2026;К-1;-500"

    assert outcomes(write(f"{SALE};500", other, before, somebodys, nobodys)) == [CREATED, *[CONFLICT] * 4]
    assert [piece.returned_on for piece in pieces()] == [None]


def test_of_two_alike_one_comes_back(base: None, write: Write) -> None:
    path = write(f"{SALE};500", f"{SALE};500", f"{BACK};-500", "3;+7 914 555-01-02;06.02.2026;к-1;-500", f"{BACK};-500")

    assert outcomes(path) == [CREATED, CREATED, UPDATED, UPDATED, CONFLICT]
    assert [piece.returned_on is None for piece in pieces()] == [False, False]


@pytest.mark.parametrize(("column", "cell"), [("Cancelled", "Yes"), ("Отменён", "05.02.2026"), ("Order Status", "wc-cancelled")])
def test_what_was_cancelled_never_was_a_sale_and_takes_nothing_back(base: None, write: Write, column: str, cell: str) -> None:
    path = write(f"{SALE};500;", f"{BACK};500;{cell}", columns=f"Сумма;{column}")

    assert outcomes(path) == [CREATED, REJECTED]
    assert [(piece.sold_on, piece.returned_on) for piece in pieces()] == [(date(2026, 2, 1), None)]


@pytest.mark.parametrize(
    ("column", "cell"), [("Статус", "Не оплачен"), ("Вид операции", "Обратная реализация"), ("Currency", "USD")]
)
def test_what_nobody_can_tell_is_asked_and_no_sale(base: None, write: Write, column: str, cell: str) -> None:
    assert outcomes(write(f"{SALE};500;{cell}", columns=f"Сумма;{column}")) == [CONFLICT]

    assert pieces() == []


def test_the_money_of_another_country_is_asked_once(base: None, write: Write) -> None:
    rows = [
        f"{SALE};$1,500.00",
        f"{BACK};-$1,500.00",
        "3;+7 914 555-01-02;06.02.2026;К-3;$20.00",
        "4;+7 914 555-01-02;07.02.2026;К-3;($20.00)",
    ]
    assert outcomes(write(*rows)) == [CONFLICT] * 4

    answer(ListImport.objects.latest("pk"), factories.employee(Role.ADMIN), currency={"$": "ours"})

    done = bring("purchases", write(*rows, name="again.csv"), source="LAB")
    assert verdicts(done) == [UNCHANGED] * 4
    assert [(piece.price, piece.returned_on) for piece in pieces()] == [(1500, date(2026, 2, 5)), (20, date(2026, 2, 7))]


@pytest.mark.parametrize("price", ["1500,-", "1500.–", "1500,—", "1500"])
def test_a_dash_for_kopecks_is_a_price(base: None, write: Write, price: str) -> None:
    assert outcomes(write(f"{SALE};{price}")) == [CREATED]

    assert [(piece.price, piece.returned_on) for piece in pieces()] == [(Decimal(1500), None)]


@pytest.mark.parametrize("cell", ["-", "—", "нет", "0", "0,00", "не возвращено", "без возврата"])
def test_no_return(base: None, write: Write, cell: str) -> None:
    assert outcomes(write(f"{SALE};500;{cell}", columns="Сумма;Возврат")) == [CREATED]

    assert [piece.returned_on for piece in pieces()] == [None]


def test_a_quantity_is_split_into_its_pieces(base: None, write: Write) -> None:
    path = write(f"{SALE};3;1000", f"{SALE};1;500", f"{SALE};2;1000", f"{SALE};0;100", f"{SALE};0,5;100", columns="Кол-во;Сумма")

    assert outcomes(path) == [CREATED] * 3 + [CONFLICT] * 2
    prices = ["333.34", "333.33", "333.33", "500", "500", "500"]
    assert sorted(piece.price for piece in pieces()) == sorted(Decimal(price) for price in prices)


def test_a_quantity_comes_back_as_a_whole(base: None, write: Write) -> None:
    path = write(f"{SALE};3;1500", f"{BACK};-2;-1000", columns="Кол-во;Сумма")

    assert outcomes(path) == [CREATED, UPDATED]
    assert sorted(str(piece.returned_on) for piece in pieces()) == ["2026-02-05", "2026-02-05", "None"]


def test_a_price_is_of_one_piece_and_a_sum_of_all(base: None, write: Write) -> None:
    path = write(f"{SALE};2;600;10%", columns="Кол-во;Цена;Скидка")

    assert outcomes(path) == [CREATED]
    assert [(piece.price, piece.discount) for piece in pieces()] == [(Decimal(540), Decimal(60))] * 2


@pytest.mark.parametrize(
    ("rows", "expected", "read"),
    [
        (["03/04/2026", "03/25/2026"], [CREATED, CREATED], [(4, 3), (25, 3)]),
        (["03/04/2026", "25/03/2026"], [CREATED, CREATED], [(3, 4), (25, 3)]),
        (["03.04.2026", "03.05.2026"], [CREATED, CREATED], [(3, 4), (3, 5)]),
        (["03/04/2026", "03/03/2026"], [CONFLICT, CREATED], [(3, 3)]),
        (["03/04/2026", "25/03/2026", "03/26/2026"], [CONFLICT, CREATED, CREATED], [(25, 3), (26, 3)]),
        (["04.03.2026", "03.25.2026", "05.03.2026"], [CREATED, REJECTED, CREATED], [(4, 3), (5, 3)]),
    ],
)
def test_the_whole_column_says_whether_the_day_comes_first(
    base: None, write: Write, rows: list[str], expected: list[str], read: list[tuple[int, int]]
) -> None:
    path = write(*(f"{at};+7 914 555-01-02;{row};К-{at};500" for at, row in enumerate(rows)))

    assert outcomes(path) == expected
    assert [piece.sold_on for piece in pieces()] == days(read)


def test_what_is_no_row_is_none(base: None, write: Write) -> None:
    path = write(f"{SALE};500", "Итого;;;;500", f"{BACK};700")
    with path.open("a", encoding="utf-8") as file:
        file.write(";;;;;\nВСЕГО по листу:;;;;1200;\n;;;;\n3;+7 914 555-01-02;06.02.2026;К-1;1;luxury\n")

    assert outcomes(path) == [CREATED] * 3


def test_every_row_is_counted_once(base: None) -> None:
    for path in sorted(REPORTS.glob("purchases-*")):
        rows = bring("purchases", path, source="LAB")
        assert {row.outcome for row in rows} <= set(Outcome.values)
