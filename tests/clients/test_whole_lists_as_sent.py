"""Clients' lists as people really send them: what each must become, previewed and applied, in chunks of one and of many."""

from datetime import date
from typing import Any

import pytest

from clients import selectors
from clients.models import Client
from imports.models import Outcome, StagedRow
from tests.conftest import DATA
from tests.lists import bring, verdicts

FOLDER = DATA / "field-reports"
COMPLETE, INCOMPLETE = "complete", "incomplete"

Card = tuple[str, str, str, str]
LISTS: dict[str, list[Card]] = {
    "clients-base.csv": [
        ("Лабина", "Вера", "", COMPLETE),
        ("Лабин", "Пётр", "", COMPLETE),
    ],
    "clients-nfd-mac.csv": [
        ("Зайцев", "Андрей", "Сергеевич", COMPLETE),
        ("Ёлкина", "Алёна", "Юрьевна", COMPLETE),
        ("Петрова", "Анна", "Ивановна", COMPLETE),
    ],
    "clients-name-and-given.csv": [("", "Анна", "", INCOMPLETE), ("Котова", "Вера", "", COMPLETE)],
    "clients-one-letter-columns.csv": [("О", "Ден Сик", "", COMPLETE), ("Цой", "Э", "", COMPLETE)],
    "clients-one-letter-surnames.csv": [
        ("О", "Ден Сик", "", COMPLETE),
        ("Ю", "Ен Сук", "", COMPLETE),
        ("Э", "Мин", "", COMPLETE),
        ("Цой", "Э", "", COMPLETE),
    ],
    "clients-spaced-hyphen.csv": [
        ("Иванова-Петрова", "Анна", "Сергеевна", COMPLETE),
        ("Соколова-Белая", "Инна", "", COMPLETE),
        ("Котова-Лисова", "Ия", "", COMPLETE),
        ("Петрова", "Анна", "", COMPLETE),
        ("Лунина", "Анна", "", COMPLETE),
        ("Page", "Larry", "", COMPLETE),
        ("Null", "Jennifer", "", COMPLETE),
    ],
    "clients-area-code.csv": [("Кодова", "Вера", "", COMPLETE), ("Кодова", "Инна", "", COMPLETE)],
    "clients-google-contacts.csv": [("Котова", "Вера", "", COMPLETE), ("Лис", "Игорь", "", INCOMPLETE)],
    "clients-google-contacts-2024.csv": [("Мотова", "Вера", "", COMPLETE)],
    "clients-outlook.csv": [("Лотова", "Вера", "", COMPLETE)],
    "clients-three-phones.csv": [("Сотова", "Вера", "", COMPLETE)],
    "clients-dup-headers.csv": [("Дублина", "Вера", "", COMPLETE)],
    "clients-registered-year.csv": [(f"Годова{letter}", "Вера", "", COMPLETE) for letter in "абвгде"],
    "clients-erased-again.csv": [("Забытова", "Вера", "Ильинична", COMPLETE)],
}
FACTS: dict[str, list[dict[str, Any]]] = {
    "clients-area-code.csv": [{"phone": "+74212304057"}, {"phone": "+79145551502"}],
    "clients-google-contacts.csv": [
        {"phone": "+79145550701", "email": "vera71@example.ru"},
        {"birth_date": None, "as_written": {"birth_date": "--07-05"}},
    ],
    "clients-google-contacts-2024.csv": [{"phone": "+79145550711", "email": "vera73@example.ru"}],
    "clients-outlook.csv": [{"phone": "+79145550721", "email": "vera75@example.ru", "birth_date": date(1985, 7, 4)}],
    "clients-three-phones.csv": [{"phone": "+79145550731"}],
    "clients-dup-headers.csv": [{"phone": "+79145551621", "email": "du1@example.ru"}],
    "clients-registered-year.csv": [
        {"registered_on": None, "as_written": {"registered_on": text}}
        for text in ("2019", "01.06.2030", "12", "10.05.1885", "март 2019", "00.00.0000")
    ],
}


def cards(rows: list[StagedRow]) -> list[Client]:
    found = Client.objects.in_bulk()
    return [found[row.subject] for row in rows if row.subject]


@pytest.mark.parametrize("chunk", [1, 1000])
@pytest.mark.parametrize("name", LISTS)
def test_each_list_becomes_what_it_must(db: None, monkeypatch: pytest.MonkeyPatch, name: str, chunk: int) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", chunk)
    planned = bring("clients", FOLDER / name, preview=True)
    assert not Client.objects.exists()

    rows = bring("clients", FOLDER / name)

    assert [(row.outcome, row.reason) for row in rows] == [(row.outcome, row.reason) for row in planned]
    assert [(*card.name, card.state) for card in cards(rows)] == LISTS[name]
    for card, facts in zip(cards(rows), FACTS.get(name, []), strict=False):
        assert {field: getattr(card, field) for field in facts} == facts
    assert verdicts(bring("clients", FOLDER / name)) == [Outcome.UNCHANGED] * len(rows)


def test_a_midnight_that_lost_a_bit_is_the_next_day_and_a_year_is_no_birth_date(db: None) -> None:
    rows = bring("clients", FOLDER / "clients-midnight.xlsx")

    found = [(card.birth_date, card.phone, card.state) for card in cards(rows)]
    assert (date(1985, 7, 3), "+79145550803", COMPLETE) in found
    assert [state for born, _phone, state in found if born is None] == [INCOMPLETE]
    assert {born for born, _phone, _state in found} <= {date(1985, 7, 3), None}


def test_a_birthday_without_a_year_is_a_day_to_remember(db: None) -> None:
    rows = bring("clients", FOLDER / "clients-google-contacts.csv")

    lis = cards(rows)[1]

    assert [(str(day.kind), day.day, day.year) for day in lis.occasions.all()] == [("день рождения", 705, None)]
    assert lis.missing == ["birth_date"]


def test_composed_names_are_found_as_typed_on_a_keyboard(db: None) -> None:
    bring("clients", FOLDER / "clients-nfd-mac.csv")

    assert [str(client) for client in selectors.find_clients("Зайцев")] == ["Зайцев Андрей Сергеевич"]
    assert [str(client) for client in selectors.find_clients("Зайцев")] == ["Зайцев Андрей Сергеевич"]
    assert [str(client) for client in selectors.find_clients("ёлкина")] == ["Ёлкина Алёна Юрьевна"]


def test_other_numbers_and_addresses_are_kept_beside(db: None) -> None:
    three = cards(bring("clients", FOLDER / "clients-three-phones.csv"))[0]
    google = cards(bring("clients", FOLDER / "clients-google-contacts.csv"))[0]
    outlook = cards(bring("clients", FOLDER / "clients-outlook.csv"))[0]

    assert [c.value for c in three.contacts_beside.all()] == ["+74212304053", "+74212304054"]
    assert [c.value for c in google.contacts_beside.all()] == ["+79145550702", "+74212304050", "vera72@example.ru"]
    assert [c.value for c in outlook.contacts_beside.all()] == ["+74212304052"]  # the fax is none
    assert selectors.find_clients("8 4212 30-40-54") == [three]
    assert selectors.find_clients("vera72@") == [google]
