import pytest

from clients.searching import layouts


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (";erjdf", "жукова"),
        ("Bdfyjdf", "Иванова"),
        ("<jhbcjdf F/>/", "Борисова А.Ю."),
        ("яргл", "zhuk"),
        ('мукф"уьфшдюкг', "vera@email.ru"),
        ("У6081-8735", "E6081-8735"),
        ("2233", ""),
        ("Жuk", ""),
    ],
)
def test_the_same_keys_are_read_in_the_other_layout(typed: str, read: str) -> None:
    assert layouts.other_layout(typed) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (";erjdf", "жукова"), ("Lvbnhbq Cthuttdbx", "Дмитрий Сергеевич"), ("Fyyf", "Анна"), ("Ueobyf", "Гущина"),
        ("K.,jdm", "Любовь"), ("Ыьшер", "Smith"), ("E6081-8735", ""), ("---", ""), ("", ""), ("89147012233", ""), ("vera@", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_a_name_is_one_in_the_other_layout_or_none(typed: str, meant: str) -> None:
    assert layouts.meant(typed) == meant


@pytest.mark.parametrize(
    "name",
    ["Жукова", "Zhukova", "Smith", "Darby", "Wright", "Brandt", "Lynn", "Lee", "Мкртчян", "Цой Э", "Ли", "Ён", "Борисова А.Ю."],
)
def test_a_name_stays_as_it_was_typed(name: str) -> None:
    assert layouts.meant(name) == name


@pytest.mark.parametrize(("text", "is_one"), [("Жукова", True), ("О'Нил", True), ("ь", False), ("вдпрстж", False), ("А", False)])
def test_a_name_can_be_said(text: str, is_one: bool) -> None:
    assert layouts.is_like_a_name(text) == is_one
