"""Where a fact of a card came from, in words."""

import pytest

from clients import origins


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("corrected", "исправлено в карточке"),
        ("list 12 row 7", "из списка 12, строка 7"),
        ("another system", "another system"),
    ],
)
def test_an_origin_is_told_in_words(kept: str, told: str) -> None:
    assert origins.in_words(kept) == told


def test_a_name_that_is_no_field_stays() -> None:
    assert (origins.field_name("postal_address"), origins.field_name("occasions")) == ("почтовый адрес", "occasions")
