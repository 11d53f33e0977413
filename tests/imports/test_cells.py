"""Text that a spreadsheet would take for a formula, on its way out and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.cells import escape, own_number, unescape


def test_cells_that_look_like_formulas_are_escaped() -> None:
    assert [escape(cell) for cell in ("=1+1", "+7914", "-", "@x", "Иванов")] == [
        "'=1+1",
        "'+7914",
        "'-",
        "'@x",
        "Иванов",
    ]


@given(st.text(alphabet="=+-@\t\r'0Яa;\n\" \xa0\u200b\ufeff＝＠", max_size=6))
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    assert unescape(escape(cell)) == cell


@pytest.mark.parametrize("cell", ["Иванов", "'так'", "", "'", "007", "''", "'а=1"])
def test_nothing_is_taken_from_a_cell_that_needed_no_escape(cell: str) -> None:
    assert (escape(cell), unescape(cell)) == (cell, cell)


def test_what_a_workbook_cannot_hold_goes_before_it_is_looked_at() -> None:
    assert escape("\x07=1") == "'=1"


@pytest.mark.parametrize(
    ("text", "number"), [("17", 17), ("17.0", 17), ("", None), ("17.5", None), ("-1", None), ("9" * 10, None), ("١٧", None)]
)
def test_a_number_of_carats_own(text: str, number: int | None) -> None:
    assert own_number(text) == number
