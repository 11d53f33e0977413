import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stores.texts.visible import visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Зайцев", "Зайцев"),
        ("Петрова\u200bАнна", "Петрова Анна"),
        ("Пет\u200bрова", "Петрова"),
        ("Ма\u00adрия", "Мария"),
        ("Мак\u00adДональд", "МакДональд"),
        ("\u202a+7 914 555-01-01\u202c", "+7 914 555-01-01"),
        ("👩\u200d💻 пишет", "👩\u200d💻 пишет"),
        ("plain", "plain"),
    ],
)
def test_text_as_it_is_seen(text: str, expected: str) -> None:
    assert visible(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFC", expected)


@given(st.text(max_size=40))
def test_seeing_twice_sees_the_same(text: str) -> None:
    seen = visible(text)
    assert visible(seen) == seen
    assert unicodedata.is_normalized("NFC", seen)
