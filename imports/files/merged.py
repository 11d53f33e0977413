"""Merged cells of a table: what the topmost of them says holds for those below it. Without Django."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

# How many rows a merged cell has at most, and how many columns a list.
HIGHEST_SPAN, WIDEST = 5_000, 500
A_RANGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
PIECE, OVERLAP, MOST_RANGES = 1 << 20, 200, 200_000
Range = tuple[tuple[int, int], tuple[int, int]]


def with_merged(rows: Iterable[Sequence[object]], merged: Iterable[Range]) -> Iterable[Sequence[object]]:
    """Rows that tell, in the first column of merged cells, what the topmost of them says: marked, for it is said once."""
    covers: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in merged:
        if top < bottom <= top + HIGHEST_SPAN and left < WIDEST:
            for row in range(top + 1, bottom + 1):
                covers.setdefault(row, []).append((left, top))
    return _covered(rows, covers) if covers else rows


def _covered(rows: Iterable[Sequence[object]], covers: dict[int, list[tuple[int, int]]]) -> Iterator[Sequence[object]]:
    said: dict[tuple[int, int], object] = {}
    tops: dict[int, list[int]] = {}
    for left, top in {place for places in covers.values() for place in places}:
        tops.setdefault(top, []).append(left)
    for number, row in enumerate(rows):
        cells = list(row)
        for left, top in covers.get(number, ()):
            cells += [None] * (left + 1 - len(cells))
            if said.get((left, top)) is not None:
                cells[left] = said[left, top]
        for left in tops.get(number, ()):
            if left < len(cells) and cells[left] not in (None, ""):
                said[left, number] = Covered(cells[left])
        yield cells


class Covered:
    """What the topmost of merged cells says, below it."""

    def __init__(self, cell: object) -> None:
        self.cell = cell


def ranges_in(sheet: IO[bytes]) -> list[Range]:
    """The merged cells of a sheet's XML, read piece by piece: they stand behind all its rows, which need not be kept."""
    found: dict[Range, None] = {}
    held = b""
    while piece := sheet.read(PIECE):
        text = held + piece
        for left, top, right, bottom in A_RANGE.findall(text):
            found[(int(top) - 1, _column(left)), (int(bottom) - 1, _column(right))] = None
        if len(found) > MOST_RANGES:
            break
        held = text[-OVERLAP:]
    return list(found)


def _column(letters: bytes) -> int:
    """``A`` → 0, ``AA`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
