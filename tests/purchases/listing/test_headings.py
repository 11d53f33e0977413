"""Which texts that stand alone in a row say of what the rows below them are."""

from collections.abc import Mapping

import pytest

from imports.storebook import _key
from purchases.listing import headings

STORES = {_key("Роскошь-Дуэт")}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Роскошь Дуэт", {"store": "Роскошь Дуэт"}),
        ("Магазин: ТЦ Арка", {"store": "ТЦ Арка"}),
        ("01.02.2026", {"sold_on": "01.02.2026"}),
        ("Чек ККМ 17 от 01.02.2026 12:30:15", {"receipt": "Чек ККМ 17 от 01.02.2026 12:30:15", "sold_on": "01.02.2026 12:30:15"}),
        ("Лабина Вера, +7 914 555-01-01", {"full_name": "Лабина Вера", "phone": "+7 914 555-01-01"}),
        ("Клиент: Цой Э", {"full_name": "Цой Э", "phone": ""}),
        ("Лабина Вера Ильинична", {"full_name": "Лабина Вера Ильинична", "phone": ""}),
    ],
)
def test_a_heading(text: str, says: Mapping[str, str]) -> None:
    assert headings.heading(text, STORES) == says


@pytest.mark.parametrize(
    "text", ["Итого", "Кольца", "Кольца золотые", "Кольцо с бриллиантом", "К-1101", "Страница 1 из 3", "Арка", ""]
)
def test_what_is_no_heading(text: str) -> None:
    assert headings.heading(text, STORES) == {}


@pytest.mark.parametrize(
    ("receipt", "sold_on", "number"),
    [
        ("Чек ККМ РД00-000124 от 02.02.2026 12:30:15", "02.02.2026 12:30:15", "РД00-000124"),
        ("Receipt #17 of 2/2/2026", "2/2/2026", "17"),
        ("Чек 17 от 02.02.2026", "03.02.2026", "Чек 17 от 02.02.2026"),
        ("001402", "02.02.2026", "001402"),
    ],
)
def test_the_number_of_a_document_by_whose_name_alone_its_day_is_known(receipt: str, sold_on: str, number: str) -> None:
    assert headings.number(receipt, sold_on) == number
