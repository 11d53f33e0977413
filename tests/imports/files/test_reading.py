"""Any file of a list: its encoding, its delimiter, its header, its rows."""

import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from clients.listing.spec import CLIENTS
from imports.files import reading
from imports.files.reading import Layout
from imports.files.unpacking import UnreadableFileError

TEXT = "ФИО;Дата рожд.;Тел.;Эл. почта\r\nАбрамова Вера Ильинична;14.02.1971;8 (914) 701-22-33;vera@example.ru\r\n" * 1
MORE = "Гринёв Пётр Андреевич;03.07.1985;914 701 22 34;petr@example.ru\r\nЛанская Ольга;01.03.1990;;\r\n"


def read(path: Path) -> tuple[Layout, list[list[str]]]:
    layout = reading.find_layout(path, CLIENTS)
    return layout, list(reading.rows(path, layout))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "cp866", "koi8-r", "mac-cyrillic"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_encoding_and_delimiter_is_told(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes((TEXT + MORE).replace(";", delimiter).encode(encoding))

    layout, rows = read(path)

    assert layout.columns == {"full_name": 0, "birth_date": 1, "phone": 2, "email": 3}
    assert rows[1][0] == "Гринёв Пётр Андреевич"
    assert len(rows) == 3


def test_a_workbook_with_a_title_and_a_late_header(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["Выгрузка из 1С"])
    sheet = book.create_sheet("Клиенты")
    sheet.append(["Клиенты сети", None, None])
    sheet.append([])
    sheet.append(["Фамилия", "Имя", "Дата рождения", "Моб. тел."])
    sheet.append(["Абрамова", "Вера", datetime(1971, 2, 14), 89147012233.0])
    sheet.append(["Ланская", "Ольга", date(1990, 3, 1), "8 914 701 22 35"])
    path = tmp_path / "list.xlsx"
    book.save(path)

    layout, rows = read(path)

    assert (layout.sheet, layout.header_row) == (1, 2)
    assert rows == [["Абрамова", "Вера", "1971-02-14", "89147012233"], ["Ланская", "Ольга", "1990-03-01", "8 914 701 22 35"]]


def test_quotes_and_line_breaks_stay_inside_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('ФИО;Телефон;Примечание\n"Иванов; Иван";8 914 701 22 33;"две\nстроки"\n', encoding="utf-8")

    _layout, rows = read(path)

    assert rows == [["Иванов; Иван", "8 914 701 22 33", "две\nстроки"]]


def test_empty_lines_at_the_end_are_no_rows_but_one_inside_is(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("ФИО;Телефон\nИванов Иван;1\n\nПетров Пётр;2\n\n\n", encoding="utf-8")

    _layout, rows = read(path)

    assert [row[:1] for row in rows] == [["Иванов Иван"], [], ["Петров Пётр"]]


@pytest.mark.parametrize("content", [b"", b"   \n", b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0 no book"])
def test_what_is_no_list_is_refused_with_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.bin"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError) as refusal:
        reading.find_layout(path, CLIENTS)

    assert str(refusal.value)


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)

    with pytest.raises(UnreadableFileError):
        reading.find_layout(path, CLIENTS)


def test_a_quote_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('ФИО;Телефон;Почта\n"Иванов Иван;1;a\nПетров Пётр;2;b\nСидоров Олег;3;c\n', encoding="utf-8")

    _layout, rows = read(path)

    assert [row[0] for row in rows] == ["Иванов Иван", "Петров Пётр", "Сидоров Олег"]


def test_sheets_of_the_same_columns_are_one_list(tmp_path: Path) -> None:
    book = Workbook()
    for number, sheet in enumerate([book.active, book.create_sheet("2")]):
        sheet.append(["ФИО", "Телефон"])
        sheet.append([f"Иванов {'АБ'[number]}лексей", "8914"])
    path = tmp_path / "list.xlsx"
    book.save(path)

    _layout, rows = read(path)

    assert len(rows) == 2


def test_a_broken_byte_does_not_spoil_a_utf8_list(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes((TEXT + MORE).encode().replace("Вера".encode(), b"\xd0\x92\xff\xd0\xb5\xd1\x80\xd0\xb0"))

    layout, rows = read(path)

    assert (layout.columns["full_name"], len(rows)) == (0, 3)


@pytest.mark.parametrize(
    "text",
    [b"a" * 150_000_000, b";" * 1_000_000, b"a;" * 1_000_000 + b"\n1;2\n", b'"' + b"a;" * 2_000_000, b"\0" * 3_000_000 + b";"],
    ids=["one-line", "columns", "header", "quote", "nul"],
)
def test_what_is_wider_than_a_list_is_refused_in_a_second(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text)
    began = time.process_time()

    with pytest.raises(UnreadableFileError):
        reading.find_layout(path, CLIENTS)

    assert time.process_time() - began < 1


def test_a_row_that_grows_too_wide_later_ends_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text((TEXT + MORE) * 50)
    layout = reading.find_layout(path, CLIENTS)
    with path.open("a") as file:
        file.write(";" * 3_000)

    with pytest.raises(UnreadableFileError):
        list(reading.rows(path, layout))


@pytest.mark.parametrize("chosen", [None, 3])
def test_a_header_of_two_rows(tmp_path: Path, chosen: int | None) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Клиенты магазина", None, "на 01.10.2026"])
    sheet.append(["Период", "октябрь"])
    sheet.append(["№", "Клиент", None, None, "Связь", None])
    sheet.append([None, "Фамилия", "Имя", "Дата рождения", "Телефон", "E-mail"])
    sheet.append([1, "Абрамова", "Вера", None, 89147012233, None])
    sheet.merge_cells("B3:D3")
    path = tmp_path / "list.xlsx"
    book.save(path)

    layout = reading.find_layout(path, CLIENTS, reading.Choice(header_row=chosen))

    assert layout.columns == {"last_name": 1, "first_name": 2, "birth_date": 3, "phone": 4, "email": 5}
    assert list(reading.rows(path, layout)) == [["1", "Абрамова", "Вера", "", "89147012233"]]


def test_names_of_columns_merged_over_two_rows_are_put_together(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    lines = [
        "Список клиентов;магазин;;;",
        "Код;ФИО;Дата рождения;Связь;",
        ";;;Телефон;E-mail",
        "7;Абрамова Вера;14.02.1971;89147012233;v@example.ru",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")

    layout, rows = read(path)

    assert layout.columns == {"code": 0, "full_name": 1, "birth_date": 2, "phone": 3, "email": 4}
    assert (layout.header_row, len(rows)) == (2, 1)


def test_a_title_above_a_header_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Магазин;Роскошь\n;ФИО;Телефон\n1;Абрамова Вера;89147012233\n", encoding="utf-8")

    layout, rows = read(path)

    assert layout.columns == {"full_name": 1, "phone": 2}
    assert len(rows) == 1


def test_sheets_whose_columns_stand_elsewhere_are_read_together(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["ФИО", "Телефон", "Цвет"])
    book.worksheets[0].append(["Ким Анна", "89147012233", "синий"])
    other = book.create_sheet("Ещё")
    other.append(["Телефон", "Вес", "Цвет", "ФИО"])
    other.append(["89147012234", "5", "алый", "Ким Вера"])
    path = tmp_path / "list.xlsx"
    book.save(path)

    assert read(path)[1] == [["Ким Анна", "89147012233", "синий"], ["Ким Вера", "89147012234", "алый", "5"]]


def test_sheets_of_other_columns_are_named(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["ФИО", "Телефон"])
    book.worksheets[0].append(["Ким Анна", "89147012233"])
    for title, row in {"Пустой": [], "Адреса": ["ФИО", "Адрес", "Почта"], "Скрытый": ["ФИО", "Адрес"]}.items():
        book.create_sheet(title).append(row)
    book["Скрытый"].sheet_state = "hidden"
    path = tmp_path / "list.xlsx"
    book.save(path)

    assert reading.sheets_left(path, read(path)[0]) == ["Адреса"]


def test_a_header_that_each_page_repeats_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("№;ФИО;Телефон\n1;Ким Анна;89147012233\n№ ; ФИО;Телефон;\n2;Ким Вера;89147012234\n", encoding="utf-8")

    assert [row[1] for row in read(path)[1]] == ["Ким Анна", "Ким Вера"]


def test_a_table_that_lies_on_its_side_is_refused_with_words(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "ФИО;Ким Анна;Ким Вера\nТелефон;89147012233;89147012234\nE-mail;a@example.ru;b@example.ru\n", encoding="utf-8"
    )

    with pytest.raises(UnreadableFileError, match=r"[Tt]ranspose|[Тт]ранспонир"):
        read(path)
