"""Names out of any dirt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.writing import names
from clients.writing.names import BadNameError, PersonName


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Абрамова Вера Ильинична", ("Абрамова", "Вера", "Ильинична")),
        ("  гринёв   пётр андреевич ", ("Гринёв", "Пётр", "Андреевич")),
        ("ЛАНСКАЯ ОЛЬГА", ("Ланская", "Ольга", "")),
        ("Мироновa Мaрия Ивановна", ("Миронова", "Мария", "Ивановна")),
        ("МАМИН-СИБИРЯК Дмитрий", ("Мамин-Сибиряк", "Дмитрий", "")),
        ("Оглы Рашид Мамед оглы", ("Оглы", "Рашид", "Мамед оглы")),
        ("О'КОННОР ШОН", ("О'Коннор", "Шон", "")),
        ("О’Коннор Шон", ("О'Коннор", "Шон", "")),
        ("ИВАНОВ И.И.", ("Иванов", "И.", "И.")),
        ("Вера Ильинична Абрамова", ("Абрамова", "Вера", "Ильинична")),
        ("Kim Anna", ("Kim", "Anna", "")),
        ("МакДональд Рональд", ("МакДональд", "Рональд", "")),
    ],
)
def test_full_names_are_split_and_tidied(text: str, expected: tuple[str, str, str]) -> None:
    assert names.split_full_name(text) == PersonName(*expected)


@pytest.mark.parametrize(
    "text", ["", "   ", "Итого: 29", "<b>Петров</b>", '=HYPERLINK("http://x")', "12345", "ВСЕГО", "нет", "@@@", "Клиент 5"]
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(BadNameError):
        names.split_full_name(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Гринёв", "Пётр", ""), ("Гринев", "Петр", "Андреевич"), True),
        (("Иванов", "И.", ""), ("Иванов", "Иван", "Петрович"), True),
        (("Иванов", "Иван", "Петрович"), ("Иванов", "Иван", "Сергеевич"), False),
        (("Гринёв", "Пётр", ""), ("Гринёва", "Мария", ""), False),
        (("Вера", "Абрамова", ""), ("Абрамова", "Вера", ""), True),
    ],
)
def test_compatible_names(one: tuple[str, str, str], other: tuple[str, str, str], same: bool) -> None:
    assert names.compatible(PersonName(*one), PersonName(*other)) is same
    assert names.compatible(PersonName(*other), PersonName(*one)) is same


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        name = names.split_full_name(text)
    except BadNameError:
        return
    assert name.last == name.last.strip() != ""
    assert "<" not in "".join(name)


@given(st.text(alphabet="абвг", max_size=8), st.text(alphabet="абвг", max_size=8))
def test_edit_distance_is_a_distance(a: str, b: str) -> None:
    assert names.edit_distance(a, b, limit=9) == names.edit_distance(b, a, limit=9)
    assert (names.edit_distance(a, b) == 0) == (a == b)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Иванов, Иван Иванович", ("Иванов", "Иван", "Иванович")),
        ("Smith, John", ("Smith", "John", "")),
        ("Иванов\u200b Иван?", ("Иванов", "Иван", "")),
        ("И.И. Иванов", ("Иванов", "И.", "И.")),
        ("Иванова (Петрова) Анна", ("Иванова", "Анна", "")),
        ("г-жа Иванова Анна", ("Иванова", "Анна", "")),
    ],
)
def test_dirt_around_a_name(text: str, expected: tuple[str, str, str]) -> None:
    assert names.split_full_name(text) == PersonName(*expected)


@pytest.mark.parametrize("text", ["ООО Ромашка", "Розничный покупатель"])
def test_firms_and_nobody_are_no_people(text: str) -> None:
    with pytest.raises(BadNameError):
        names.split_full_name(text)
