"""Delimited text into records, whatever became of its quotes."""

import csv
from collections.abc import Iterator
from typing import IO

from imports.files.unpacking import UnreadableFileError
from stores.texts.kept_words import words as _

# What is wider or longer is no list's row, and would cost minutes to find out.
WIDEST, LONGEST_LINE = 2_000, 1_000_000


class TooWideError(UnreadableFileError):
    """A row has more columns or letters than any list."""


def lines(file: IO[str], delimiter: str) -> Iterator[str]:
    """Lines of a text; ends at one that no list has. Raises UnreadableFileError there."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE or line.count(delimiter) > WIDEST:
            raise TooWideError(_("A row of this file is longer than a list's can be, so it was not read."))
        yield line.replace("\0", "")


def split(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Rows of a delimited text. A quote that is opened and never closed does not swallow the rows after it:
    where one record holds the delimiters of two, its lines are read one by one without quotes."""
    consumed: list[str] = []
    width = 0

    def feed() -> Iterator[str]:
        for line in lines:
            consumed.append(line)
            yield line

    reader = csv.reader(feed(), delimiter=delimiter)
    while True:
        try:
            cells = next(reader, None)
            delimiters = sum(line.count(delimiter) for line in consumed)
            swallowed = len(consumed) > 1 < width and delimiters >= 2 * (width - 1) and not _is_whole(consumed, delimiter, width)
        except csv.Error:
            cells, swallowed = [], True
            reader = csv.reader(feed(), delimiter=delimiter)
        if cells is None:
            return
        if swallowed:
            yield from ([cell.replace('"', "") for cell in line.rstrip("\r\n").split(delimiter)] for line in consumed)
        else:
            width = width or len(cells)
            yield cells
        consumed.clear()


def _is_whole(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether the lines are one record as wide as the others whose every quote is where it belongs."""
    try:
        read = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return [len(cells) for cells in read] == [width]
