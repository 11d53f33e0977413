"""Workbooks from outside: two readers that say the same, and files that mean harm."""

import struct
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pytest_django import Settings

from clients.listing.spec import CLIENTS
from imports.files import reading, unpacking
from imports.files.unpacking import UnreadableFileError

ROWS: list[list[Any]] = [
    ["ФИО", "Дата рождения", "Телефон", "E-mail"],
    ["Абрамова Вера", datetime(1971, 2, 14), 89147012233.0, "vera@example.ru"],
    ["Ланская Ольга", date(1990, 3, 1), "8 914 701 22 35", None],
    ["Гринёв Пётр", 25101, "тел. 8 914", "две\nстроки"],
]
SAID = [
    ["Абрамова Вера", "1971-02-14", "89147012233", "vera@example.ru"],
    ["Ланская Ольга", "1990-03-01", "8 914 701 22 35"],
    ["Гринёв Пётр", "25101", "тел. 8 914", "две\nстроки"],
]


def save(path: Path, rows: list[list[Any]], *, epoch: datetime | None = None) -> Path:
    book = Workbook()
    if epoch:
        book.epoch = epoch
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def read(path: Path) -> list[list[str]]:
    return list(reading.rows(path, reading.find_layout(path, CLIENTS)))


@pytest.mark.parametrize("limit", [10**9, 0], ids=["calamine", "streamed"])
@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904], ids=["1900", "1904"])
def test_both_readers_say_the_same_in_both_epochs(tmp_path: Path, settings: Settings, limit: int, epoch: datetime | None) -> None:
    settings.IMPORT_FAST_UNPACKED_BYTES = limit

    assert read(save(tmp_path / "list.xlsx", ROWS, epoch=epoch)) == SAID


def test_an_old_workbook_is_read_too(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Клиенты")
    day = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    for at, row in enumerate(ROWS):
        for place, cell in enumerate(row):
            sheet.write(at + 2, place + 1, cell, day if isinstance(cell, date) else xlwt.Style.default_style)
    path = tmp_path / "list.xls"
    book.save(str(path))

    assert [row[1:] for row in read(path)] == SAID


def test_a_lonely_cell_at_the_far_corner_harms_nobody(tmp_path: Path) -> None:
    book = Workbook()
    for row in ROWS[:2]:
        book.worksheets[0].append(row)
    book.worksheets[0]["XFD1048576"] = "x"
    path = tmp_path / "corner.xlsx"
    book.save(path)

    assert reading.find_layout(path, CLIENTS).columns["full_name"] == 0


def test_an_archive_whose_directory_lies_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(mark)
        data[at + place : at + place + 4] = struct.pack("<I", 1_000)
    path.write_bytes(data)

    with pytest.raises(UnreadableFileError, match=r"unpacks|распаковывается"):
        unpacking.unpacked(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 500, b"\xd0\xcf\x11\xe0" + b"\1" * 2000])
def test_a_damaged_workbook_is_refused_with_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError):
        unpacking.unpacked(path)


def test_sheets_have_names(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "Первый"
    book.create_sheet("Второй")
    path = tmp_path / "two.xlsx"
    book.save(path)

    assert unpacking.sheet_names(path) == ["Первый", "Второй"]
