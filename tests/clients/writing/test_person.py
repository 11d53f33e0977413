from datetime import date

import pytest

from clients.writing.names import PersonName
from clients.writing.person import person_name, understand

TODAY = date(2026, 11, 21)


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
