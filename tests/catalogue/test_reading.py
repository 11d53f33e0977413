"""Articles, metals, sizes and stones as lists of chains have them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import reading
from catalogue.kinds import Metal, PieceKind


@pytest.mark.parametrize(("text", "metal", "fineness"), [
    ("Золото 585", Metal.GOLD, 585), ("золото красное 585 проба", Metal.RED_GOLD, 585), ("Белое золото, 750", Metal.WHITE_GOLD, 750),
    ("Au 585", Metal.GOLD, 585), ("585", Metal.GOLD, 585), ("0,585", Metal.GOLD, 585), ("585/1000", Metal.GOLD, 585),
    ("14К", None, 585), ("18 kt white gold", Metal.WHITE_GOLD, 750), ("серебро 925", Metal.SILVER, 925), ("925", Metal.SILVER, 925),
    ("Жёлтое золото", Metal.YELLOW_GOLD, None), ("платина 950", Metal.PLATINUM, 950), ("950", None, 950), ("Паллад 850", Metal.PALLADIUM, 850),
    ("red_gold", Metal.RED_GOLD, None), ("Агат", None, None), ("кожа", None, None), ("2585", None, None), ("", None, None),
])  # fmt: skip
def test_a_metal_and_its_fineness(text: str, metal: Metal | None, fineness: int | None) -> None:
    assert (reading.metal_of(text), reading.fineness_of(text)) == (
        metal or reading.METAL_OF_FINENESS.get(fineness or 0),
        fineness,
    )


@pytest.mark.parametrize(("text", "carats"), [
    ("0,45 ct", "0.45"), ("бриллиант 0,45ct, сапфир 1,2 карата", "1.65"), ("1 бр. Кр57 0.150 кт 3/4", "0.150"), ("2 carats", "2"),
    ("бриллиант", None), ("12 кружев", None), ("", None),
])  # fmt: skip
def test_stones_are_weighed_together(text: str, carats: str | None) -> None:
    assert reading.carats_of(text) == (None if carats is None else Decimal(carats))


@pytest.mark.parametrize(("text", "grams"), [("3,45 г", "3.45"), ("3.45", "3.45"), ("0,45 ct", "0.45"), ("12 гр.", "12"), ("около 3", None),
                                             ("3+2", None), ("1" * 40, None)])  # fmt: skip
def test_a_measure_in_a_column_of_its_own(text: str, grams: str | None) -> None:
    assert reading.measure(text) == (None if grams is None else Decimal(grams))


@pytest.mark.parametrize(("text", "kind", "size"), [
    ("17,5", PieceKind.RING, "17.5"), ("17.50", PieceKind.RING, "17.5"), ("EU 55", PieceKind.RING, "17.5"), ("17½", PieceKind.RING, "17.5"),
    ("55", PieceKind.CHAIN, "55"), ("45 см", PieceKind.CHAIN, "45"), ("18,0", PieceKind.BRACELET, "18"), ("б/р", PieceKind.EARRINGS, ""),
    ("0", PieceKind.PENDANT, ""), ("S-m", PieceKind.OTHER, "S-M"), ("", PieceKind.RING, ""),
])  # fmt: skip
def test_a_size_by_the_kind_of_the_piece(text: str, kind: PieceKind, size: str) -> None:
    assert reading.size_of(text, kind) == size


@pytest.mark.parametrize(("text", "sizes"), [
    ("16; 16,5;17", ["16", "16.5", "17"]), ("17, 16, 16,5", ["16", "16.5", "17"]), ("16 16,5 17", ["16", "16.5", "17"]),
    ("17,5", ["17.5"]), ("16/17/16", ["16", "17"]), ("17 1/2", ["17.5"]), ("", []),
])  # fmt: skip
def test_sizes_of_one_cell(text: str, sizes: list[str]) -> None:
    assert reading.sizes_of(text, PieceKind.RING) == sizes


@given(st.lists(st.decimals(10, 30, places=2).map(lambda size: f"{size:f}"), max_size=8))
def test_sizes_are_ordered_once_and_for_all(sizes: list[str]) -> None:
    once = reading.in_order(reading.size_of(size, "") for size in sizes)

    assert reading.in_order(reversed(once)) == once
    assert [Decimal(size) for size in once] == sorted({Decimal(size) for size in sizes})


@pytest.mark.parametrize(
    ("text", "same"), [("e6081-8735", "E6081-8735"), ("Е6081–8735", "E6081-8735"), (" 0012345 ", "12345"), ("12345.0", "12345")]
)
def test_an_article_is_one_however_it_is_written(text: str, same: str) -> None:
    assert reading.article_key(text) == reading.article_key(same)


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "A" * 41])
def test_what_is_no_article_is_refused(text: str) -> None:
    with pytest.raises(reading.BadArticleError):
        reading.article_key(text)
