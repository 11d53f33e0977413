import pytest

from clients.searching import beginnings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Борисова А.Ю.", ["борисова", "а", "ю"]),
        ("Борисова А Ю", ["борисова", "а", "ю"]),
        ("Борисова АЮ", ["борисова", "а", "ю"]),
        ("БОРИСОВА АЮ", ["борисова", "аю"]),
        ("А.Ю. Борисова", ["а", "ю", "борисова"]),
        ("Ёлкина-Белая", ["елкина", "белая"]),
        ("100%_\\", ["100"]),
        ("", []),
    ],
)
def test_words_of_a_name_are_search_keys(text: str, words: list[str]) -> None:
    assert beginnings.words(text) == words


@pytest.mark.parametrize(
    ("said", "patterns"),
    [
        ([], []),
        (["борис"], ["борис%"]),
        (["вера", "абрамова"], ["вера абрамова%", "вера абрамова%", "абрамова вера%"]),
        (["а", "ю", "борисова"], ["а ю борисова%", "а ю% борисова%", "борисова а% ю%"]),
    ],
)
def test_a_surname_stands_first_or_last(said: list[str], patterns: list[str]) -> None:
    assert beginnings.patterns(said) == list(dict.fromkeys(patterns))
