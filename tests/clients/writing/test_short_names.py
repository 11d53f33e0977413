"""Short forms of first names."""

import pytest

from clients.writing import names, short_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Саша", "Александр"),
        ("Саша", "Александра"),
        ("Шура", "Саня"),
        ("Лёша", "Алексей"),
        ("Леша", "Алексей"),
        ("Pasha", "Павел"),
    ],
)
def test_a_short_form_stands_for_its_full_name(one: str, other: str) -> None:
    assert short_names.short_form(one, other)
    assert short_names.short_form(other, one)


@pytest.mark.parametrize(("one", "other"), [("Мария", "Марина"), ("Саша", "Сергей"), ("Анна", "Анна"), ("Абвгд", "Александр")])
def test_other_names_are_no_short_forms(one: str, other: str) -> None:
    assert not short_names.short_form(one, other)


def test_every_full_name_of_the_table_is_tidy_and_known() -> None:
    for full, short in short_names.SHORT.items():
        assert names.tidy(full) == full
        assert short_names.is_known(full)
        assert all(
            short_names.short_form(full, word) or names.key(word) == names.key(full) or short_names.is_known(word)
            for word in short.split()
        )


def test_variants_hold_the_name_itself_and_both_writings_of_yo() -> None:
    assert {"Лёша", "Леша", "Алексей", "Алёша"} <= short_names.variants("Леша")
    assert short_names.variants("Абвгд") == {"Абвгд"}
