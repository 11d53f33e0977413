"""Names out of any dirt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.writing import names
from clients.writing.names import PersonName


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


@given(st.text(alphabet="абвг", max_size=8), st.text(alphabet="абвг", max_size=8))
def test_edit_distance_is_a_distance(a: str, b: str) -> None:
    assert names.edit_distance(a, b, limit=9) == names.edit_distance(b, a, limit=9)
    assert (names.edit_distance(a, b) == 0) == (a == b)
