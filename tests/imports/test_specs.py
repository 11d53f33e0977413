"""How a list is recognised, and what its reasons are in words."""

import pytest
from django.utils import translation

from clients.listing.spec import CLIENTS
from clients.resources import ClientResource
from imports.models import StagedRow
from imports.recognising import recognise
from imports.resources import ListField, SafeResource
from imports.specs import LONGEST_CELL, ListSpec, SourceRow, filled
from purchases.listing.spec import PURCHASES
from purchases.resources import PieceResource
from workshop.listing.spec import SERVICES
from workshop.resources import ServiceResource


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("read_in", ["ru", "en"])
@pytest.mark.parametrize(
    ("spec", "resource"), [(CLIENTS, ClientResource), (PURCHASES, PieceResource), (SERVICES, ServiceResource)]
)
def test_a_list_knows_each_exported_column_for_what_it_is(
    spec: ListSpec, resource: type[SafeResource], language: str, read_in: str
) -> None:
    columns = resource().get_export_fields()
    with translation.override(language):
        headers = resource().get_export_headers()

    with translation.override(read_in):
        found = recognise(headers, spec)

    assert found == {field.listed_as: at for at, field in enumerate(columns) if isinstance(field, ListField)}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("spec", [CLIENTS, PURCHASES, SERVICES])
def test_a_list_knows_its_own_labels(spec: ListSpec, language: str) -> None:
    with translation.override(language):
        headers = [str(column.label) for column in spec.columns]

    assert recognise(headers, spec) == {column.name: at for at, column in enumerate(spec.columns)}


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", ""),
        ("name", "в строке нет имени клиента"),
        ("back", "загрузка отменена"),
        ("missing: phone, email", "нет данных: Телефон, Почта"),
        ("changed since: birth_date, x", "остаётся, уже изменено: Дата рождения, x"),
        ("other: phone", "Телефон"),
        ("unheard of", "unheard of"),
    ],
)
def test_a_reason_is_said_in_words(reason: str, words: str) -> None:
    assert CLIENTS.say(reason) == words


@pytest.mark.parametrize(
    ("row", "choices"),
    [
        ({"outcome": "conflict", "reason": "email"}, ["same", "take", "skip"]),
        ({"outcome": "conflict", "reason": "unheard of"}, ["skip"]),
        ({"outcome": "created", "likeness": "digit"}, ["same", "take", "other"]),
        ({"outcome": "created"}, []),
    ],
)
def test_a_person_decides_only_what_a_row_leaves_open(row: dict[str, str], choices: list[str]) -> None:
    assert [choice.value for choice in CLIENTS.choices(StagedRow(**row))] == choices


@pytest.mark.parametrize(
    ("cell", "text"),
    [(" Ким ", "Ким"), ("Н/Д.", ""), ("—", ""), ("Нетребко", "Нетребко"), ("а  " * 2_000, ("а " * 2_000)[:LONGEST_CELL])],
)
def test_a_cell_is_empty_where_people_wrote_that_there_is_nothing(cell: str, text: str) -> None:
    assert filled(cell) == text


def test_a_row_says_the_same_whatever_the_order_of_its_columns() -> None:
    one = SourceRow(1, [], {"phone": "1", "email": "a", "note": ""})

    assert one.digest == SourceRow(9, ["x"], {"email": "a", "phone": "1"}).digest
    assert one.digest != SourceRow(1, [], {"phone": "a", "email": "1"}).digest


def test_the_least_that_an_app_says_of_a_list_does_nothing_to_it() -> None:
    spec = ListSpec("cats", "Cats", (), (), CLIENTS.handler)

    assert (spec.facts(1), spec.shown("x", None), spec.shown("x", 5), spec.suggest({}), spec.accept) == ({}, "", "5", "", None)


@pytest.mark.parametrize(
    ("spec", "reason", "words"),
    [
        (SERVICES, "status: Не: готов", "Статус «Не: готов»: что это значит, неизвестно; скажите на странице значений"),
        (SERVICES, "status", "не сказано, в каком состоянии изделие: скажите на странице значений"),
        (PURCHASES, "store", "не сказано, какого магазина строка: скажите на странице значений"),
        (PURCHASES, "return: частично", "Возврат «частично»: что это значит, неизвестно; скажите на странице значений"),
        (PURCHASES, "day or month", "непонятно, что в дате первое — день или месяц: скажите на странице значений"),
    ],
)
def test_a_reason_to_wait_says_what_is_unknown_and_where_it_is_said(spec: ListSpec, reason: str, words: str) -> None:
    assert spec.say(reason) == words


def test_a_row_is_told_by_what_is_written_and_not_by_what_it_means() -> None:
    said = {"status": "Согласование"}

    row = SourceRow(1, [], {"status": "in_work"}, said=said)

    assert (row.written, row.digest) == (said, SourceRow(1, [], said).digest)
