"""Words of a purchases' list: each meaning that a person may choose is read as what it says."""

import pytest

from catalogue import kinds
from imports.models import ListImport
from imports.vocabulary import KNOWN, NOTHING
from purchases.listing import signs
from purchases.listing.words import VOCABULARIES

FOUND = ListImport()


@pytest.mark.parametrize("words", VOCABULARIES, ids=lambda words: words.column)
def test_a_meaning_means_itself(words) -> None:  # type: ignore[no-untyped-def]
    read = words.opened(FOUND)

    assert {meaning: read(meaning) for meaning in words.meanings(FOUND)} == {
        meaning: meaning for meaning in words.meanings(FOUND)
    }


@pytest.mark.parametrize(
    ("column", "text", "meaning"),
    [
        ("operation", "Возврат прихода", "back"), ("operation", "Обмен", ""), ("returned", "да", "yes"), ("returned", "paid", "no"),
        ("returned", "частично", ""), ("returned_on", "08.10.26", KNOWN), ("returned", "43900 руб", KNOWN), ("kind", "Кольцо", "ring"),
        ("kind", "Сувенир", ""),
    ],
)  # fmt: skip
def test_what_nobody_knows_is_asked(column: str, text: str, meaning: str) -> None:
    words = next(words for words in VOCABULARIES if words.column == column)

    assert words.opened(FOUND)(text) == meaning


def test_an_operation_means_something_and_a_kind_may_mean_nothing() -> None:
    assert {words.column for words in VOCABULARIES if NOTHING in words.answers(FOUND)} == {
        "returned_on",
        "returned",
        "state",
        "kind",
    }
    assert signs.operation("neither") == "neither"
    assert {kinds.kind_of(value, "R1") for value in kinds.PieceKind.values} == set(kinds.PieceKind)
