"""The legacy list of the acceptance folder, its repetition and its sequel; headers, and what is no row."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from clients.listing.spec import CLIENTS
from clients.models import Client
from imports.models import Outcome, StagedRow
from imports.recognising import recognise, voted
from tests.conftest import DATA
from tests.lists import bring, verdicts

FOLDER = DATA / "legacy-list"
FACTS = ("last_name", "first_name", "middle_name", "birth_date", "phone", "email", "state", "missing")


def differences(rows: list[StagedRow], expected: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    cards = Client.objects.in_bulk()
    found: list[tuple[object, ...]] = []
    for want in expected:
        row = rows[want["row"] - 1]
        card = cards.get(row.subject)
        if row.outcome != want["outcome"]:
            found.append((want["row"], row.outcome, want["outcome"]))
        for fact in set(FACTS) & set(want):
            value = getattr(card, fact)
            if (str(value) if fact == "birth_date" else value) != want[fact]:
                found.append((want["row"], fact, value, want[fact]))
        others = [other for other in ("of_row", "with_row") if other in want]
        found += [(want["row"], other) for other in others if rows[want[other] - 1].subject != row.subject]
    return found


@pytest.fixture
def expected() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text())
    return rows


def test_each_row_ends_as_expected(db: None, expected: list[dict[str, Any]]) -> None:
    rows = bring("clients", FOLDER / "clients.csv")

    assert len(rows) == len(expected)
    assert differences(rows, expected) == []
    assert [row.reason for row in rows if row.outcome == Outcome.REJECTED] == ["name"] * 4
    assert {row.number: row.reason for row in rows if row.outcome == Outcome.CONFLICT} == {24: "identity", 25: "phone"}


def test_the_preview_promises_what_the_list_does(db: None) -> None:
    planned = verdicts(bring("clients", FOLDER / "clients.csv", preview=True))
    assert not Client.objects.exists()

    assert verdicts(bring("clients", FOLDER / "clients.csv")) == planned


def test_a_second_time_nothing_changes(db: None) -> None:
    first = bring("clients", FOLDER / "clients.csv")
    stays = (Outcome.CONFLICT, Outcome.REJECTED)

    second = bring("clients", FOLDER / "clients.csv")

    assert verdicts(second) == [row.outcome if row.outcome in stays else Outcome.UNCHANGED for row in first]
    assert [row.subject for row in second] == [row.subject for row in first]


def test_the_second_list_fills_what_the_first_lacked(db: None) -> None:
    bring("clients", FOLDER / "clients.csv")

    rows = bring("clients", FOLDER / "second.csv")

    assert differences(rows, json.loads((FOLDER / "second-expected.json").read_text())) == []


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_the_size_of_a_chunk_changes_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch, expected: list[dict[str, Any]], chunk: int
) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", chunk)

    assert differences(bring("clients", FOLDER / "clients.csv"), expected) == []


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Телефон продавца", ""), ("Телефон супруга", ""), ("Телефон мамы", ""), ("Emergency Contact Phone", ""), ("Телефон менеджера", ""),
        ("Телефон магазина", ""), ("E-mail менеджера", ""), ("Work Fax", ""), ("Факс рабочий", ""), ("Pager", ""), ("Тел./факс", "phone"),
        ("Телефон клиента", "phone"), ("Другой телефон", "phone"), ("Дата рождения ребёнка", ""), ("ДР супруга", ""), ("Дата рождения клиента", "birth_date"),
        ("ФИО продавца", ""), ("Фамилия продавца", ""), ("ФИО покупателя", "full_name"), ("Полное наименование", "full_name"),
        ("Контакт создан", "registered_on"), ("Водительское удостоверение", ""), ("Имя пользователя", ""), ("Почтовый индекс", ""),
        ("Почтовый адрес", "postal_address"), ("Высота", ""), ("Адрес регистрации", ""), ("Эл. почта", "email"), ("Дом. телефон", "phone"), ("Моб.", "phone"),
    ],
)  # fmt: skip
def test_what_is_of_somebody_else_is_not_the_clients(header: str, column: str) -> None:
    assert recognise([header], CLIENTS) == ({column: 0} if column else {})


def test_what_is_wrong_by_its_cells_is_not_looked_for_where_somebody_else_is() -> None:
    headers = ["ФИО", "Телефон", "Телефон продавца", "Мобильный"]
    columns = recognise(headers, CLIENTS) | {"phone": 1}

    assert voted(columns, headers, [["Лагина Вера", "нет у неё", "8 914 555-33-02", "8 914 555-33-01"]], CLIENTS)["phone"] != 2


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        (["", ";;", "Лагина Вера;03.07.1985;1", "Итого;;1"], {"incomplete": 1}),
        (["Лагина Вера;03.07.1985;1", "Итого: 1;;", "Всего клиентов: 1"], {"incomplete": 1}),
        (["Итого: 1;;", "Лагина Вера;03.07.1985;1"], {"rejected": 1, "incomplete": 1}),
        (["Итогова Вера;03.07.1985;1", "Всего Вера;03.07.1985;2"], {"incomplete": 1, "rejected": 1}),
    ],
)  # fmt: skip
def test_what_is_no_row_is_not_counted(db: None, tmp_path: Path, lines: list[str], counts: dict[str, int]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["Список клиентов;;", "ФИО;Дата рождения;№ анкеты", *lines]) + "\n", encoding="utf-8")

    planned, done = bring("clients", path, preview=True), bring("clients", path)

    assert Counter(verdicts(planned)) == Counter(verdicts(done)) == counts


def test_a_total_beside_the_names_is_no_row_wherever_it_stands(db: None, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("№;ФИО;Телефон\nИтого;;2\n1;Лагина Вера;8 914 555-33-01\nВсего;;\n", encoding="utf-8")

    assert verdicts(bring("clients", path)) == ["incomplete"]
