"""One row of a list, understood."""

from datetime import date
from decimal import Decimal

import pytest

from imports.specs import BadRowError
from purchases.listing import reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("115.900,00", "115900"),
        ("115.900", "115900"),
        ("115 900=", "115900"),
        ("1'234,5", "1234.50"),
        ("1,234,567.00", "1234567"),
        ("12.50", "12.50"),
    ],
)
def test_sums_in_any_writing(text: str, expected: str) -> None:
    assert reading.money(text) == Decimal(expected)


TODAY = date(2026, 5, 5)


@pytest.mark.parametrize(
    "said",
    [{"full_name": "Розничный покупатель"}, {"last_name": "физ. лицо"}, {"code": "без карты"}, {"full_name": "walk-in"}, {"phone": ""}],
)  # fmt: skip
def test_a_row_of_nobody_names_nobody(said: dict[str, str]) -> None:
    assert not reading.who(said, TODAY)


def test_a_row_names_its_client_in_all_ways_that_it_can() -> None:
    found = reading.who(
        {"phone": "8 914 701-22-33", "full_name": "Иванова Елена", "birth_date": "03.07.1985", "code": "К1"}, TODAY
    )
    unclear = reading.who({"full_name": "???"}, TODAY)

    assert (found.phone, found.name.last, bool(found.code), bool(found.person_key)) == ("+79147012233", "Иванова", True, True)
    assert (unclear.phone, unclear.name, bool(unclear)) == ("", reading.NO_NAME, True)


@pytest.mark.parametrize("text", ["31.02.2020", "06.05.2026", "31.12.1989", "", "вчера"])
def test_a_day_that_cannot_be_a_sales_is_none(text: str) -> None:
    with pytest.raises(BadRowError, match="date"):
        reading.day({"sold_on": text}, "sold_on", TODAY)


@pytest.mark.parametrize(
    ("values", "day"),
    [({}, None), ({"returned": "нет"}, None), ({"returned": "да"}, date(2026, 5, 1)), ({"returned_on": "03.05.2026"}, date(2026, 5, 3))],
)  # fmt: skip
def test_a_return_is_marked_by_its_own_columns(values: dict[str, str], day: date | None) -> None:
    assert reading.return_day(values, date(2026, 5, 1), TODAY) == day


@pytest.mark.parametrize("text", ["30.04.2026", "06.05.2026", "может быть"])
def test_a_return_before_its_sale_or_still_to_come_is_asked(text: str) -> None:
    with pytest.raises(reading.UnclearRowError, match="return"):
        reading.return_day({"returned_on": text}, date(2026, 5, 1), TODAY)


def test_an_operation_that_nobody_knows_is_asked() -> None:
    assert [reading.is_back({"operation": said}) for said in ("Возврат", "Продажа", "")] == [True, False, False]
    with pytest.raises(reading.UnclearRowError, match="operation"):
        reading.is_back({"operation": "перемещение"})


@pytest.mark.parametrize(
    ("cells", "values", "is_row"),
    [
        (["", " "], {}, False),
        (["Итого:", "500"], {}, False),
        (["Итого", "5"], {"sold_on": "05.05.2026"}, True),
        (["7"], {}, True),
    ],
)
def test_a_row_that_only_adds_up_others_is_none(cells: list[str], values: dict[str, str], is_row: bool) -> None:
    assert reading.is_row(cells, values) == is_row


def test_a_line_is_the_same_in_any_case_and_another_with_its_parts_moved() -> None:
    assert reading.line_key("К1 ", None, 5) == reading.line_key("к1", "", "5")
    assert reading.line_key("a", "b") != reading.line_key("b", "a")
