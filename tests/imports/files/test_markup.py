"""Tables that other programs save under the name of a workbook."""

from pathlib import Path

import pytest

from clients.listing.spec import CLIENTS
from imports.files import reading
from imports.files.markup import Tables
from imports.files.merged import Covered
from imports.files.unpacking import UnreadableFileError
from tests.conftest import DATA

HEADER = ["Фамилия", "Имя", "Дата рождения", "Телефон", "E-mail"]
ROW = ["Таблицына", "Вера", "03.07.1985", "+7 914 555-08-11", "tab8@example.ru"]


def read(path: Path) -> list[list[str]]:
    return list(reading.rows(path, reading.find_layout(path, CLIENTS)))


def page(*rows: list[str], head: str = "", tag: str = "td") -> str:
    cells = "".join("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>" for row in rows)
    return f"<html><head>{head}</head><body><table border=1>{cells}</table></body></html>"


def told(text: str) -> list[list[list[str]]]:
    tables = Tables()
    tables.feed(text)
    tables.close()
    return [[[f"^{cell.cell}" if isinstance(cell, Covered) else cell for cell in row] for row in rows] for rows in tables.done]


def test_the_files_of_the_reports_are_the_tables_that_they_are() -> None:
    assert read(DATA / "field-reports" / "clients-html.xls") == [ROW]
    assert read(DATA / "field-reports" / "clients-spreadsheetml.xls") == [["Ячейкина", "Вера", "1985-07-03", "+7 914 555-08-12"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "koi8-r"])
@pytest.mark.parametrize("named", [True, False], ids=["the page names its letters", "it does not"])
def test_letters_of_a_page_are_told(tmp_path: Path, encoding: str, named: bool) -> None:
    path = tmp_path / "list.xls"
    head = f'<meta http-equiv=Content-Type content="text/html; charset={encoding}">' if named else ""
    path.write_bytes(page(HEADER, ROW, head=head).encode(encoding))

    assert read(path) == [ROW]


def test_a_page_saved_as_one_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_text(
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{page(HEADER, ROW)}\n--b--\n",
        encoding="utf-8",
    )

    assert read(path) == [ROW]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("<table><tr><td>a<td>b<tr><td>c</table>", [[["a", "b"], ["c"]]]),
        ("<table><tr><td colspan=2>a</td><td>b</td></tr></table>", [[["a", "", "b"]]]),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", [[["a", "b"], ["^a", "c"]]]),
        (
            "<table><tr><td rowspan=2>a<td>b<td rowspan=2>c<tr><td>d<tr><td>e</table>",
            [[["a", "b", "c"], ["^a", "d", "^c"], ["e"]]],
        ),
        ("<table><tr><td rowspan=3>a<td>b<tr><tr><td>c</table>", [[["a", "b"], ["^a"], ["^a", "c"]]]),
        ("<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c</table>", [[["a", "", "b"], ["^a", "", "c"]]]),
        ("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c</table>", [[["a", "b"], ["c", ""]]]),
        ("<table><tr><td rowspan=2><td>b<tr><td>c</table>", [[["", "b"], ["", "c"]]]),
        ("<table><tr><td><table><tr><td>in</table></td><td>out</td></tr></table>", [[["in"]], [["", "out"]]]),
        ("<table><tr><td>&nbsp;a &amp;\n  b<br>c</td></tr>", [[["a & b\nc"]]]),
        ("<table><tr><td><b>a</b>b<script>x()</script></td></tr></table>", [[["ab"]]]),
        ("<p>nothing</p><td>lost</td>", []),
        ("<table></table>", []),
        ("<table><tr><td colspan=999999999999>a</td></tr></table>", [[["a", *[""] * 499]]]),
    ],
)
def test_cells_of_a_page(text: str, rows: list[list[list[str]]]) -> None:
    assert told(text) == rows


def test_cells_that_are_left_out_of_a_written_sheet_are_empty(tmp_path: Path) -> None:
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    cells = "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in HEADER)
    told = (
        '<Row ss:Index="3"><Cell><Data ss:Type="String">Ячейкина</Data></Cell><Cell ss:Index="4"><Data ss:Type="Number">89145550812'
        "</Data></Cell></Row>"
    )
    path = tmp_path / "list.xls"
    sheet = f'<Worksheet ss:Name="a"><Table><Row>{cells}</Row>{told}</Table></Worksheet>'
    path.write_bytes(f'<?xml version="1.0" encoding="windows-1251"?><Workbook {space}>{sheet}</Workbook>'.encode("cp1251"))

    assert read(path) == [[], ["Ячейкина", "", "", "89145550812"]]


def test_merged_cells_of_a_page_and_of_a_written_sheet_hold_for_their_rows(tmp_path: Path) -> None:
    head = ["Магазин", *HEADER]
    page_path, sheet_path = tmp_path / "page.xls", tmp_path / "sheet.xls"
    merged = "<tr><td rowspan=2>Луч</td><td rowspan=2>Двойнина</td><td>Анна</td></tr><tr><td>Вера</td></tr>"
    page_path.write_text(page(head).replace("</table>", f"{merged}</table>"), encoding="utf-8")
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    data = [[f'<Data ss:Type="String">{cell}</Data>' for cell in row] for row in (head, ["Луч", "Двойнина", "Анна"], ["Вера"])]
    first = "".join(f"<Cell>{cell}</Cell>" for cell in data[0])
    down = "".join(f'<Cell ss:MergeDown="1">{cell}</Cell>' for cell in data[1][:2]) + f"<Cell>{data[1][2]}</Cell>"
    rows = f'<Row>{first}</Row><Row>{down}</Row><Row><Cell ss:Index="3">{data[2][0]}</Cell></Row>'
    sheet_path.write_text(
        f'<?xml version="1.0"?><Workbook {space}><Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet></Workbook>',
        encoding="utf-8",
    )

    for path in (page_path, sheet_path):
        layout = reading.find_layout(path, CLIENTS)
        told = [row[:3] for row in reading.rows(path, layout, CLIENTS.above)]
        assert told == [["Луч", "Двойнина", "Анна"], ["Луч", "", "Вера"]]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Vera\r\nEND:VCARD\r\n", "vCard"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b'{"clients": [{"name": "Vera"}]}', "JSON"),
        (b"<?xml version='1.0'?><offers><offer/></offers>", "JSON"),
        (b"<!DOCTYPE html><html><body><form>Sign in</form></body></html>", ""),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet>", ""),
    ],
)
def test_what_is_no_table_is_told_what_it_is(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError) as refusal:
        reading.find_layout(path, CLIENTS)

    assert word in str(refusal.value)
