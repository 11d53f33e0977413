"""All figures of a column say together whether they have decimals or groups of thousands."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports import decimals
from imports.decimals import ColumnOfFigures
from stores.texts import writing


def fixed(columns: dict[str, list[str]], counts: tuple[str, ...] = ("quantity",)) -> list[str]:
    seen = {name: ColumnOfFigures() for name in columns}
    for name, cells in columns.items():
        for cell in cells:
            seen[name].see(cell)
    return decimals.with_decimals(seen, counts)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"paid": ["12.500", "1250.000"]}, ["paid"]),
        ({"paid": ["12.500", "15.000"]}, []),
        ({"paid": ["12.500", "15.000", "1500"]}, []),
        ({"paid": ["12.500", "1.250.000"]}, []),
        ({"paid": ["12.500"], "discount": ["0.000"]}, ["paid", "discount"]),
        ({"paid": ["12.500"], "quantity": ["1.000"]}, ["paid"]),
        ({"paid": ["12 500,00"], "quantity": ["1,000"]}, []),
        ({"paid": ["115900.0000", "15.5000"]}, ["paid"]),
        ({"paid": ["-12.500", "-1250.000"]}, ["paid"]),
        ({"paid": []}, []),
    ],
)
def test_which_columns_have_decimals(columns: dict[str, list[str]], expected: list[str]) -> None:
    assert fixed(columns) == expected


@given(st.lists(st.decimals(0, 100_000, places=2), min_size=1))
def test_a_program_of_three_decimals_is_read_to_the_kopeck(sums: list[Decimal]) -> None:
    cells = [f"{value:.3f}" for value in sums]

    assert fixed({"paid": cells, "quantity": ["1.000"] * len(cells)}) == ["paid"]
    assert [writing.read_money(decimals.without_idle(cell)) for cell in cells] == sums


@pytest.mark.parametrize(
    ("cell", "plain"), [("12.500", "12.50"), ("15,0000", "15"), ("12.505", "12.505"), ("1500", "1500"), ("12.500 ₽", "12.500 ₽")]
)
def test_noughts_that_say_nothing_go(cell: str, plain: str) -> None:
    assert decimals.without_idle(cell) == plain
