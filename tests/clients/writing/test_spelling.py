"""One name in many spellings."""

import pytest

from clients.writing import spelling
from clients.writing.names import PersonName


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Щербакова", "Shcherbakova"), ("Щербакова", "Scherbakova"), ("Хохлов", "Khokhlov"), ("Юлия", "Yuliya"), ("Юлия", "Iuliia"),
        ("Фёдор", "Fyodor"), ("Алексей", "Aleksey"), ("Алексей", "Alexei"), ("Анна", "Ана"),
    ],
)  # fmt: skip
def test_a_name_is_one_in_both_alphabets(one: str, other: str) -> None:
    assert spelling.fold(one) == spelling.fold(other)


@pytest.mark.parametrize(
    ("woman", "man"), [("Кузнецова", "Кузнецов"), ("Вознесенская", "Вознесенский"), ("Белая", "Белый"), ("Ким", "Ким")]
)
def test_a_couple_has_one_stem(woman: str, man: str) -> None:
    assert spelling.stem(woman.lower()) == spelling.stem(man.lower())
    assert spelling.stem_fold(woman) == spelling.stem_fold(man)


@pytest.mark.parametrize(("latin", "russian"), [("Kuznetsova", "Кузнецов"), ("Voznesenskaya", "Вознесенский")])
def test_a_stem_is_one_in_both_alphabets(latin: str, russian: str) -> None:
    assert spelling.stem_fold(latin) == spelling.stem_fold(russian)


@pytest.mark.parametrize(
    ("name", "man"),
    [
        (PersonName("Ким", "Саша", "Петрович"), True),
        (PersonName("Кузнецов", "Саша", "Петровна"), False),
        (PersonName("Кузнецов", "Саша"), True),
        (PersonName("Кузнецова", "Саша"), False),
        (PersonName("Ким", "Саша"), False),
    ],
)
def test_a_man_is_told_by_his_patronymic_else_by_his_surname(name: PersonName, man: bool) -> None:
    assert spelling.is_man(name) is man


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("иванова", "иванова", 0), ("иванова", "ивонова", 1), ("иванова", "иваонва", 1), ("иванова", "ивнова", 1),
        ("иванова", "ивонову", 2), ("иванова", "петрова", 3),
    ],
)  # fmt: skip
def test_slips_are_counted_and_neighbours_exchanged_are_one(one: str, other: str, slips: int) -> None:
    assert spelling.slips(one, other) == spelling.slips(other, one) == slips


@pytest.mark.parametrize(
    ("one", "other", "off"),
    [("абв", "абг", True), ("абв", "бав", True), ("абв", "вба", False), ("абв", "аб", False), ("абв", "абв", False)],
)
def test_one_sign_off(one: str, other: str, off: bool) -> None:
    assert spelling.one_off(one, other) is off


def test_a_slip_counts_in_either_alphabet() -> None:
    assert [spelling.one_slip("кузнецов", other) for other in ("кузнецев", "kuznetsof", "орлов")] == [True, True, False]
    assert [spelling.one_digit("+7914", other) for other in ("+7915", "+7914", "+79145")] == [True, False, False]
