"""Which list it is, how its file is read, and what its columns are."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from pytest_django import Settings

from imports import intake
from imports.files.reading import Choice
from imports.forms import ColumnsForm, LayoutForm, UploadForm, ValuesForm
from imports.models import ListImport, ValueMeaning
from stores.models import Employee, Store
from tests.imports.brought import HEADER, keep, people

SHEETS = {"Первый": ["ФИО", "Телефон"], "Второй": ["Имя", "Почта"]}


def book() -> ListImport:
    """A workbook of two sheets."""
    made, out = Workbook(), BytesIO()
    made.remove(made.worksheets[0])
    for name, cells in SHEETS.items():
        made.create_sheet(name).append(cells)
    made.save(out)
    return intake.find_layout(intake.keep_file("clients", BytesIO(out.getvalue()), "list.xlsx", by=None))


@pytest.mark.parametrize(("limit", "errors"), [(3, []), (2, ["file"])])
def test_a_file_is_taken_up_to_a_size(settings: Settings, limit: int, errors: list[str]) -> None:
    settings.IMPORT_MAX_BYTES = limit

    form = UploadForm({"spec": "clients", "source": ""}, {"file": SimpleUploadedFile("a.csv", b"a;b")})

    assert list(form.errors) == errors


@pytest.mark.parametrize(("typed", "source"), [("  1С  склад ", "1С склад"), (" ", "list")])
def test_a_source_has_one_writing(typed: str, source: str) -> None:
    form = UploadForm({"spec": "cats", "source": typed}, {"file": SimpleUploadedFile("a.csv", b"a;b")})

    assert list(form.errors) == ["spec"]
    assert form.cleaned_data["source"] == source


def test_a_text_is_read_by_its_encoding_and_a_workbook_by_its_sheet(db: None) -> None:
    text, workbook = LayoutForm(list_import=keep(people(1)), sample=2), LayoutForm(list_import=book(), sample=1)

    assert list(text.fields) == ["encoding", "delimiter", "header_row"]
    assert list(workbook.fields) == ["sheet", "header_row"]
    assert list(workbook.fields["sheet"].choices) == [(0, "Первый"), (1, "Второй")]  # type: ignore[attr-defined]
    assert [row for row, _words in text.fields["header_row"].choices] == [0, 1, -1]  # type: ignore[attr-defined]


def test_what_a_person_says_of_a_layout_is_a_choice(db: None) -> None:
    said = LayoutForm({"encoding": "cp866", "header_row": "-1"}, list_import=keep(people(1)), sample=2)
    sheet = LayoutForm({"sheet": "1", "header_row": "0"}, list_import=book(), sample=1)

    assert (said.is_valid(), sheet.is_valid()) == (True, True)
    assert (said.choice(), sheet.choice()) == (Choice("cp866", None, None, -1), Choice(None, None, 1, 0))


def test_columns_are_offered_as_they_were_recognised(db: None) -> None:
    form = ColumnsForm(list_import=keep(HEADER.replace("E-mail", "Кто") + "Ким Анна;;;x\n"))

    assert [(field.label, field.initial) for field in form.columns()] == [
        ("ФИО", "full_name"), ("Дата рождения", "birth_date"), ("Телефон", "phone"), ("Кто", ""),
    ]  # fmt: skip
    assert form.fields["prefer"].widget.attrs["class"] == "form-check-input"


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"column_0": "full_name", "column_2": "phone"}, []),
        ({"column_0": "phone"}, ["__all__"]),
        ({"column_0": "full_name", "column_1": "full_name"}, ["column_1"]),
    ],
)
def test_each_column_is_chosen_once_and_those_that_are_needed_are(db: None, said: dict[str, str], errors: list[str]) -> None:
    form = ColumnsForm(said, list_import=keep(people(1)))

    assert list(form.errors) == errors
    if not errors:
        assert form.cleaned_data["columns"] == {"full_name": 0, "phone": 2}


def test_a_list_without_a_word_to_prefer_asks_for_none(db: None) -> None:
    found = intake.keep_file("services", BytesIO("Дата приёма;Вид\n01.02.2026;чистка\n".encode()), "list.csv", by=None)

    assert "prefer" not in ColumnsForm(list_import=intake.find_layout(found)).fields


def test_a_writing_is_explained_by_one_of_its_meanings(store: Store, other_store: Store, admin: Employee) -> None:
    found = keep("ФИО;Магазин\nКим Анна;Чужой\nКим Вера;Luxury\n")
    ValueMeaning.objects.create(spec="clients", source="list", column="store", key="чужой", meaning="duet", by=admin)
    name, known = ValuesForm(list_import=found).questions

    form, wrong = ValuesForm({name: "luxury"}, list_import=found), ValuesForm({name: "moon"}, list_import=found)

    assert [(field.label, field.initial) for _question, field in form.asked()] == [("Чужой", "duet")]
    assert [choice for choice, _words in form.fields[name].choices] == ["", "luxury", "duet", "-"]  # type: ignore[attr-defined]
    assert (form.is_valid(), wrong.is_valid(), list(wrong.errors)) == (True, False, [name])
    assert [(question.said.text, answer) for question, answer in form.answers()] == [("Чужой", "luxury"), ("Luxury", "")]
    assert [field.name for _question, field in form.understood()] == [known]
