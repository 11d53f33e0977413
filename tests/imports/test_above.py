"""What stands above a row and holds for it, on rules of a list that nobody has."""

from collections.abc import Collection

import pytest

from imports import above
from imports.above import FromAbove, Place, Reader
from imports.cells import MERGED


def heading(text: str, known: Collection[str]) -> dict[str, str]:
    if text in known:
        return {"store": text}
    return {"client": text} if text.startswith("Кл") else {}


def document(text: str) -> dict[str, str]:
    number, apart, day = text.partition(" от ")
    return {"receipt": number, "day": day} if apart else {}


RULES = FromAbove(
    heading, named=document, implied=("store", "client", "day"), carried=("receipt", "buyer"), beside=("article",),
    document="receipt", once=("receipt", "whole"), lines="lines", rather=("price",),
)  # fmt: skip
COLUMNS = {"receipt": 0, "buyer": 1, "article": 2}


def read(*rows: list[str], columns: dict[str, int] = COLUMNS, width: int = 3) -> list[list[str]]:
    place = Place(columns, [], width, {"Дуэт", "Арка"})
    names = above.implied(RULES, place, [list(row) for row in rows])
    return list(Reader(RULES, place._replace(implied=names)).rows(map(list, rows)))


def test_a_heading_holds_for_the_rows_below_it_and_ends_those_of_lower_levels() -> None:
    rows = [
        ["Дуэт", "", "", "120"],
        ["Клён"],
        ["1", "А", "К-1", "70"],
        ["Арка"],
        ["2", "Б", "К-2"],
        [""],
        ["Клюев"],
        ["3", "В", "К-3"],
    ]

    assert [(cells[0], *cells[4:]) for cells in read(*rows, width=4)] == [
        ("1", "Дуэт", "Клён"), ("2", "Арка", ""), ("", "", ""), ("3", "Арка", "Клюев"),
    ]  # fmt: skip


def test_without_a_heading_rows_are_as_they_are() -> None:
    assert read(["1", "А", "К-1"], ["Кто-то"], ["2", "", "К-2"]) == [["1", "А", "К-1"], ["Кто-то"], ["2", "", "К-2"]]


def test_the_name_of_a_document_tells_its_day() -> None:
    assert read(["Чек 1 от 01.02", "А", "К-1"], ["2", "Б", "К-2"]) == [
        ["Чек 1 от 01.02", "А", "К-1", "01.02"], ["2", "Б", "К-2", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("line", [["", "", "К-2"], ["1", "", "К-2"]])
def test_a_further_line_is_of_the_receipt_above(line: list[str]) -> None:
    assert read(["1", "А", "К-1"], line)[1] == ["1", "А", "К-2"]


@pytest.mark.parametrize("row", [["", "", ""], ["2", "", "К-2"], ["", "Б", "К-2"], ["", "", "", "9000"]])
def test_what_is_no_further_line_gets_nothing(row: list[str]) -> None:
    assert read(["1", "А", "К-1"], row)[1] == row


def test_merged_cells_fill_what_they_may_and_nothing_else() -> None:
    rows = [["1", "А", "К-1"], [f"{MERGED}1", f"{MERGED}А", f"{MERGED}К-1"], [f"{MERGED}1", "Б", f"{MERGED}К-1"]]

    assert read(*rows) == [["1", "А", "К-1"], [], ["1", "Б", ""]]
    assert above.plain([f"{MERGED}1", "Б"]) == ["", "Б"]


def test_lines_that_repeat_the_sum_of_their_document_are_counted() -> None:
    columns = {"receipt": 0, "whole": 1}
    rows = [["1", "300"], ["1", "300"], ["1", "200"], ["2", "200"]]

    assert [row[2] for row in read(*rows, columns=columns, width=2)] == ["2", "2", "1", "1"]
    assert read(*rows, columns=columns | {"price": 2}, width=2) == rows
