import pytest

from clients.searching import spellings


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Zhukova", "Жукова"), ("Jukova", "Жукова"), ("Žukova", "Жукова"), ("Yurieva", "Юрьева"), ("Jurjeva", "Юрьева"),
        ("Khrushcheva", "Хрущёва"), ("Tsoy", "Цой"), ("Shcherbakov", "Щербаков"), ("Xarlamov", "Харламов"), ("Wolf", "Вольф"),
    ],
)  # fmt: skip
def test_a_name_is_the_same_in_both_alphabets(latin: str, cyrillic: str) -> None:
    assert set(spellings.folds(latin)) & set(spellings.folds(cyrillic))


@pytest.mark.parametrize(
    ("latin", "cyrillic"), [("Zhukva", "жуква"), ("Shchukin", "щукин"), ("Dmitriy", "дмитрий"), ("Ёж", "Ёж")]
)
def test_a_latin_word_is_written_in_cyrillic(latin: str, cyrillic: str) -> None:
    assert spellings.in_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("latin", "names"), [("Anna", ["анна"]), ("Dmitri", ["дмитрий"]), ("Svetl", ["светлана"]), ("Анна", []), ("Qqq", [])]
)
def test_first_names_are_known_by_their_latin_writing(latin: str, names: list[str]) -> None:
    assert spellings.first_names(latin) == names
