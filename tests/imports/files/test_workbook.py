"""A workbook's cells as people would type them, and its strings on disk."""

from datetime import date, datetime, time
from io import BytesIO

import pytest

from imports.files.workbook import LONGEST_CELL, SharedStrings, cell_text

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RICH = "<si><r><t>Абрамова </t></r><r><t>Вера</t></r><rPh><t>читается иначе</t></rPh></si>"
STRINGS = f"<sst {NAMESPACE}><si><t>ФИО</t></si>{RICH}<si/><si><t></t></si><si><t>Ким</t></si></sst>"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (" Вера\0 ", "Вера"),
        (89147012233.0, "89147012233"),
        (17.5, "17.5"),
        (25101, "25101"),
        (date(1990, 3, 1), "1990-03-01"),
        (datetime(1971, 2, 14), "1971-02-14"),
        (datetime(1971, 2, 14, 9, 30), "1971-02-14 09:30:00"),
        (time(9, 30), "09:30:00"),
        (True, "True"),
        ("а" * (LONGEST_CELL + 1), "а" * LONGEST_CELL),
    ],
)
def test_a_cell_is_text_as_a_person_would_type_it(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_as_many_strings_are_there_as_the_workbook_says() -> None:
    assert len(SharedStrings(BytesIO(STRINGS.encode()))) == 5


@pytest.mark.parametrize("place", [5, -1])
def test_a_place_that_no_string_has_is_refused(place: int) -> None:
    strings = SharedStrings(BytesIO(STRINGS.encode()))

    with pytest.raises(IndexError):
        strings[place]
