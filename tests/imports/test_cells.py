"""Text that a spreadsheet would take for a formula, on its way out and back."""

import pytest

from imports.cells import escape, unescape


def test_cells_that_look_like_formulas_are_escaped() -> None:
    assert [escape(cell) for cell in ("=1+1", "+7914", "-", "@x", "Иванов")] == [
        "'=1+1",
        "'+7914",
        "'-",
        "'@x",
        "Иванов",
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+7914", "\tx", "Иванов", "'так'", "", "'"])
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    assert unescape(escape(cell)) == cell
