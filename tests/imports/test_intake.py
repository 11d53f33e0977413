"""A file on its way in: kept, its layout found or chosen, its rows told and counted."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from imports import intake
from imports.files.reading import Choice, MissingColumnsError
from imports.files.unpacking import UnreadableFileError
from imports.models import ColumnMap, ImportState, ListImport
from stores.models import Employee
from tests.imports.brought import keep, people


def kept(content: bytes, name: str = "list.csv") -> ListImport:
    return intake.keep_file("clients", BytesIO(content), name, by=None)


def test_a_file_is_kept_under_a_name_of_ours(db: None) -> None:
    found = kept(b"a;b\n", "../../Клиенты Анны.C$V")

    path = intake.path_of(found)
    assert (path.name, path.read_bytes()) == (f"{found.sha256[:16]}.cv", b"a;b\n")
    assert (found.file_name, found.state) == ("Клиенты Анны.C$V", ImportState.UPLOADED)


@pytest.mark.parametrize(("content", "error"), [(b"", UnreadableFileError), (b"a;b\n1;2\n", MissingColumnsError)])
def test_a_file_that_is_no_list_is_kept_as_failed_with_words(db: None, content: bytes, error: type[UnreadableFileError]) -> None:
    found = kept(content)

    with pytest.raises(error) as refused:
        intake.read(found)

    found.refresh_from_db()
    assert (found.state, str(found.error), found.rows_total) == (ImportState.FAILED, str(refused.value), 0)


def test_columns_that_a_person_chose_are_remembered_and_those_that_lack_are_refused(admin: Employee) -> None:
    found = intake.find_layout(kept("А;Б\nКим Анна;89147012233\n".encode()))

    with pytest.raises(MissingColumnsError):
        intake.choose_columns(found, {"phone": 1}, by=admin)
    assert (ListImport.objects.get().layout["columns"], ColumnMap.objects.count()) == ({}, 0)
    intake.choose_columns(found, {"full_name": 0, "phone": 1}, by=admin)
    intake.choose_columns(found, {"full_name": 0, "phone": 1}, by=admin)

    assert ColumnMap.objects.get().columns == ListImport.objects.get().layout["columns"] == {"full_name": 0, "phone": 1}
    again = intake.find_layout(kept("А;Б\nКим Вера;89147012234\n".encode()))
    assert (again.layout["columns"], again.layout["remembered"]) == ({"full_name": 0, "phone": 1}, True)


def test_a_layout_that_a_person_chose_is_taken(db: None) -> None:
    found = intake.find_layout(kept("ФИО;Телефон\nКим Анна;89147012233\n".encode()), Choice(header_row=-1))

    assert (found.layout["header_row"], found.layout["columns"]) == (-1, {})
    assert intake.headers_shown(found) == ["столбец 1", "столбец 2"]
    assert [row.cells for row in intake.source_rows(found, already=1)] == [["Ким Анна", "89147012233"]]


def test_an_empty_base_notes_the_stores_that_a_list_names(db: None) -> None:
    found = keep("ФИО;Магазин\nКим Анна; Дуэт  Плюс\nКим Вера;Дуэт Плюс\nКим Яна;\nКим Ева;Люкс\n")

    assert (found.rows_total, found.takes_stores, found.layout["stores"]) == (4, True, ["Дуэт Плюс", "Люкс"])


def test_cells_of_a_row_have_the_names_of_their_columns() -> None:
    found = ListImport(spec="clients", layout={"columns": {"full_name": 0, "phone": 1, "email": 5}})

    assert intake.values_of(found, [" Ким ", "нет"]) == {
        "full_name": "Ким", "phone": "", "email": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "number"), [(["12"], 12), ([" 7 ", "x"], 7), ([], None), (["x"], None), (["²"], None), (["1" * 10], None)]
)
def test_a_corrected_row_says_which_it_was(cells: list[str], number: int | None) -> None:
    assert intake.former_number(cells) == number


def test_a_forgotten_file_leaves_nothing_of_itself(db: None, tmp_path: Path) -> None:
    book, out = Workbook(), BytesIO()
    book.worksheets[0].append(["ФИО", "Телефон"])
    book.worksheets[0].append(["Ким Анна", "89147012233"])
    book.save(out)
    found = intake.read(kept(out.getvalue(), "list.xlsx"))
    assert len(list(tmp_path.rglob("*.csv"))) == 1

    intake.forget_file(found)
    intake.forget_file(found)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert (ListImport.objects.get().file.name, ListImport.objects.get().rows_total) == ("", 1)


def test_rows_are_told_again_as_they_were(db: None) -> None:
    found = keep(people(3))

    rows = list(intake.source_rows(found, already=0))

    assert [row.number for row in rows] == [1, 2, 3]
    assert list(intake.source_rows(found, already=2)) == rows[2:]
