"""One row of a clients' list, understood as far as it can be."""

from datetime import date

import pytest

from clients.writing import person
from clients.writing.names import BadNameError, PersonName
from clients.writing.person import Person, person_name, understand

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"full_name": "Ким Анна Петровна"}, ("Ким", "Анна", "Петровна")),
        ({"last_name": "ким", "first_name": "анна", "middle_name": "12345"}, ("Ким", "Анна", "")),
        ({"name_first": "Анна Ким"}, ("Ким", "Анна", "")),
        ({"last_name": "Ким Анна Петровна"}, ("Ким", "Анна", "Петровна")),
        ({"last_name": "Ким", "full_name": "Анна Петровна"}, ("Ким", "Анна", "Петровна")),
    ],
)
def test_a_name_stands_in_one_column_or_in_several(values: dict[str, str], name: tuple[str, str, str]) -> None:
    assert person.person_name(values) == PersonName(*name)


@pytest.mark.parametrize("values", [{}, {"full_name": "Итого"}, {"last_name": "<b>", "first_name": "Анна"}])
def test_a_row_that_names_nobody_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(BadNameError):
        understand(values, TODAY)


def test_a_whole_row_is_understood() -> None:
    row = {
        "full_name": "Ким Анна", "birth_date": "3.7.85", "phone": "8 (423) 222-33-44", "phone2": "8 914 701-22-33",
        "email": "A@example.ru, b@example.ru", "code": " к-17 ", "store": "Дуэт", "registered_on": "15.12.18", "note": "VIP",
    }  # fmt: skip

    found = understand(row, TODAY)

    assert found == Person(
        PersonName("Ким", "Анна"), date(1985, 7, 3), "+79147012233", "a@example.ru", found.code, "Дуэт", date(2018, 12, 15),
        beside=["+74232223344", "b@example.ru"], note="VIP", key=found.key,
    )  # fmt: skip
    assert (found.missing, found.fingerprint, bool(found.key)) == ([], "", True)


def test_what_cannot_be_understood_is_kept_as_it_was_written() -> None:
    found = understand({"full_name": "Ким А.", "birth_date": "30.02.1966", "phone": "нет" * 50, "email": "a@mail,ru"}, TODAY)

    assert found.as_written == {"birth_date": "30.02.1966", "phone": ("нет" * 50)[:100], "email": "a@mail,ru"}
    assert found.missing == ["first_name", "birth_date", "phone", "email"]


def test_a_row_with_nothing_to_know_it_by_is_known_by_its_words() -> None:
    prints = [
        understand({"full_name": name, "email": email}, TODAY).fingerprint
        for name, email in (("Ким Анна", "A@example.ru"), ("КИМ  АННА", " a@example.ru "), ("Ким Вера", "a@example.ru"))
    ]

    assert prints[0] == prints[1] != prints[2]
    assert understand({"full_name": "Ким Анна", "phone": "89147012233"}, TODAY).fingerprint == ""


@pytest.mark.parametrize(
    ("text", "key"),
    [("17.0", "17"), ("17,00", "17"), ("К 17", "K17"), ("k17", "K17"), ("000", ""), ("0", ""), ("170", "170"), ("", "")],
)
def test_a_code_is_one_in_any_writing(text: str, key: str) -> None:
    assert person.code_key(text) == person.code_key(key)
    assert bool(person.code_key(text)) == bool(key)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"full_name": "Анна", "first_name": "Анна", "last_name": ""}, ("", "Анна", "")),
        ({"full_name": "Вера Котова", "first_name": "Вера", "last_name": ""}, ("Котова", "Вера", "")),
        ({"full_name": "", "first_name": "Анна", "last_name": ""}, ("", "Анна", "")),
        ({"first_name": "", "last_name": "Котова"}, ("Котова", "", "")),
        ({"first_name": "", "last_name": "Ван Дамм"}, ("Ван Дамм", "", "")),
        ({"first_name": "", "last_name": "Котова Вера Ильинична"}, ("Котова", "Вера", "Ильинична")),
        ({"last_name": "Котова Вера"}, ("Котова", "Вера", "")),
        ({"last_name": "Абрамова", "full_name": "Вера Ильинична"}, ("Абрамова", "Вера", "Ильинична")),
        ({"last_name": "", "first_name": "Вера Ильинична"}, ("", "Вера", "Ильинична")),
        ({"last_name": "Цой", "first_name": "Э"}, ("Цой", "Э", "")),
        ({"last_name": "Иванова", "first_name": "А"}, ("Иванова", "А.", "")),
        ({"last_name": "Иванова - Петрова", "first_name": "Анна"}, ("Иванова-Петрова", "Анна", "")),
    ],
)
def test_a_column_of_a_name_never_becomes_another(values: dict[str, str], expected: tuple[str, str, str]) -> None:
    assert person_name(values) == PersonName(*expected)


def test_the_mobile_is_the_phone_wherever_it_stands() -> None:
    values = {"full_name": "Котова Вера", "phone": "8 4212 30-40-53", "phone2": "", "phone4": "+7 914 555-07-31"}

    assert understand(values, TODAY).phone == "+79145550731"


def test_a_broken_further_address_loses_no_good_one() -> None:
    values = {"full_name": "Котова Вера", "email": "a@mail,ru", "email2": "vera@example.ru"}

    assert understand(values, TODAY).email == "vera@example.ru"
