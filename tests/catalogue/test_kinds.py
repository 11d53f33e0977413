"""The kind of a piece, by its name as lists write it, else by its article."""

import pytest

from catalogue.kinds import KIND_OF_LETTER, PieceKind, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Серьги-пусеты", "earrings"), ("серёжки", "earrings"), ("КОЛЬЦО обручальное", "ring"), ("Печатка мужская", "ring"),
        ("gold ring", "ring"), ("Кулон", "pendant"), ("крестик", "pendant"), ("ожерелье", "necklace"), ("цепь", "chain"),
        ("Браслет", "bracelet"), ("запонки", "brooch"), ("часы женские", "watch"),
    ],
)  # fmt: skip
def test_a_name_tells_the_kind_whatever_the_article(name: str, kind: str) -> None:
    assert kind_of(name, "X1") == kind


def test_earrings_are_no_ring_though_the_word_ends_so() -> None:
    assert kind_of("earring", "R1") == PieceKind.EARRINGS


@pytest.mark.parametrize(("letter", "kind"), KIND_OF_LETTER.items())
def test_without_a_name_the_article_tells(letter: str, kind: PieceKind) -> None:
    assert [kind_of("", f"{letter}1"), kind_of("изделие", f"{letter.lower()}1")] == [kind, kind]


@pytest.mark.parametrize("article", ["", "X1", "1"])
def test_what_nothing_is_known_of_is_other(article: str) -> None:
    assert kind_of("", article) == PieceKind.OTHER
