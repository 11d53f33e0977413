"""What stands above a row and holds for it: a heading, a merged cell, the receipt whose further line it is. Public.

A heading that names what the list has no column for makes one, behind the others, so that every row keeps what it says
whoever reads it again. Nothing else of a row changes but empty cells.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from imports.cells import MERGED, is_foot, is_total

# So many cells stand in the row of a section at most: its name and sums.
MOST_BESIDE = 4
NOTHING = " \t\xa0-–—"
# Beside a heading stand at most the sums of what is below it.
A_FIGURE = re.compile(r"(?!\s*\d{1,2}\.\d{1,2}\.\d{4})\s*-?[\d \xa0.,]{1,20}\s*(?:₽|руб\.?|р\.|шт\.?|%)?\s*")


@dataclass(frozen=True)
class FromAbove:
    """What rows of a list may owe to those above them, by the names of its columns.

    ``heading`` tells what a text that stands alone in its row says, beside the ``known`` names that the base was asked for once:
    column → text, the most telling first; nothing for one that is no heading. ``named`` tells it of the cells of the column
    ``document``: «Чек 17 от 01.02.2026». What the list has no column for becomes one of the ``implied``. ``carried`` are cells
    that a merged one above fills, and, where all of them are empty and something stands ``beside``, the row above. A row
    that says ``what`` behind the text of a heading is a line of its own. Rows in a row that say the same ``once`` get their
    number in ``lines``, where nothing says ``rather``. A ``section`` is a heading that counts however far down it first stands,
    and as the name of a sheet; the sheets beside such a one are ``otherwise``.
    """

    heading: Callable[[str, Collection[str]], Mapping[str, str]] = field(default=lambda text, known: {})
    known: Callable[[], list[str]] = field(default=list)
    named: Callable[[str], Mapping[str, str]] = field(default=lambda text: {})
    implied: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    document: str = ""
    once: tuple[str, ...] = ()
    lines: str = ""
    rather: tuple[str, ...] = ()
    section: re.Pattern[str] | None = None
    otherwise: str = ""

    def section_of(self, cells: Sequence[str]) -> bool:
        """Whether a row says what the rows below are, and at most figures beside."""
        texts = [cell for cell in cells if cell and not cell.isspace()]
        return bool(self.section and texts and len(texts) <= MOST_BESIDE and self.section.fullmatch(" ".join(texts[0].split())))

    def counts(self, columns: Mapping[str, int]) -> bool:
        """Whether a list of these columns says of its sums only those of whole documents."""
        return bool(self.once) and all(name in columns for name in self.once) and not any(n in columns for n in self.rather)


class Place(NamedTuple):
    """Where the columns of a file are: the first ``width`` in the file, the ``implied`` ones behind them; the ``known`` names
    that may be headings; and whether cells may be ``merged``."""

    columns: Mapping[str, int]
    implied: Sequence[str]
    width: int
    known: Collection[str] = ()
    merged: bool = True


def implied(rules: FromAbove, place: Place, first: Iterable[Sequence[str]]) -> list[str]:
    """Columns that the list has not, and that headings or names of documents among its first rows say."""
    columns = place.columns
    reader = Reader(rules, place._replace(implied=[name for name in rules.implied if name not in columns]))
    for cells in first:
        reader.look(list(cells))
    said = [name for name in rules.implied if name in reader.seen and name not in columns]
    return [*said, *([rules.lines] if rules.counts(columns) else [])]


def plain(cells: list[str]) -> list[str]:
    """A row of a workbook without what merged cells above say."""
    return ["" if cell.startswith(MERGED) else cell for cell in cells]


class Reader:
    """The rows of a file from its first to its last, each with what holds for it."""

    def __init__(self, rules: FromAbove, place: Place) -> None:
        self.rules, self.columns, self.names, self.width = rules, place.columns, place.implied, place.width
        self.known, self.merged = frozenset(place.known), place.merged
        self.has_headings = any(name != rules.lines for name in place.implied)
        self.carried = self._places(rules.carried)
        self.beside = self._places(rules.beside)
        self.what = self._places(rules.what)
        self.document = next(iter(self._places([rules.document])), None)
        self.held: dict[str, Mapping[str, str]] = {}
        self.seen: set[str] = set()
        self.last: list[str] = []

    def _places(self, names: Iterable[str]) -> list[int]:
        return [at for name in names if (at := self.columns.get(name, self.width)) < self.width]

    @property
    def is_idle(self) -> bool:
        """Whether no row can owe anything to those above it."""
        return not (self.names or (self.carried and (self.merged or self.beside)))

    def rows(self, rows: Iterable[list[str]]) -> Iterator[list[str]]:
        """The rows of a list: without its headings, with what they say."""
        told = (cells for cells in map(self.look, rows) if cells is not None)
        return self._counted(told) if self.rules.lines in self.names else told

    def look(self, cells: list[str]) -> list[str] | None:
        """A row with what holds for it; None for a heading."""
        if self.merged and any(cell.startswith(MERGED) for cell in cells):
            cells = self._uncovered(cells)
        if self.has_headings and (said := self._heading(cells)):
            self._hold(said)
            return None
        if self._continues(cells):
            cells += [""] * (self.width - len(cells))
            for at in self.carried:
                cells[at] = cells[at] or self.last[at]
        elif self.beside and any(_says(cells, at) for at in self.beside):
            self.last = cells + [""] * (self.width - len(cells))
        return self._with_implied(cells) if self.names else cells

    def _uncovered(self, cells: list[str]) -> list[str]:
        """A row with what merged cells above say of it, where it says anything itself."""
        if not any(cell and not cell.startswith(MERGED) for cell in cells):
            return []
        for at, cell in enumerate(cells):
            if cell.startswith(MERGED):
                cells[at] = cell[len(MERGED) :] if at in self.carried else ""
        return cells

    def _heading(self, cells: Sequence[str]) -> Mapping[str, str]:
        """What a row says that is a heading: one text alone, or a document whose lines follow and say what."""
        if any(_says(cells, at) for at in self.beside):
            return {}
        texts = [cell for cell in cells if cell.strip(NOTHING) and not A_FIGURE.fullmatch(cell)]
        said = next((said for text in texts if (said := self.rules.heading(text, self.known))), {})
        if not any(name in self.names for name in said):
            return {}
        if len(texts) == 1:
            return said
        if any(_says(cells, at) and cells[at] != texts[0] for at in self.what):
            return {}
        if self.rules.document not in said or (self.document is not None and _says(cells, self.document)):
            return {}
        return {**said, **{n: cells[at] for n in self.rules.carried for at in self._places([n]) if _says(cells, at)}}

    def _hold(self, said: Mapping[str, str]) -> None:
        """Keep what a heading says, and forget what headings of lower levels said: those that first came after its like."""
        level = next(iter(said))
        levels = list(self.held)
        for lower in levels[levels.index(level) + 1 :] if level in self.held else []:
            self.held[lower] = {}
        self.held[level] = said
        self.seen.update(said)

    def _continues(self, cells: Sequence[str]) -> bool:
        """Whether a row is a further line of the receipt above: it says what, and neither when nor whose nor where; at most the
        number of that receipt."""
        if not self.last or not any(_says(cells, at) for at in self.beside):
            return False
        said = [at for at in self.carried if _says(cells, at)]
        return not said or (said == [self.document] and cells[said[0]] == self.last[said[0]] and len(self.carried) > 1)

    def _with_implied(self, cells: list[str]) -> list[str]:
        cells = cells[: self.width] + [""] * (self.width - len(cells))
        if not any(map(str.strip, cells)) or is_total(cells) or is_foot(cells):
            return cells + [""] * len(self.names)
        told = {name: text for said in self.held.values() for name, text in said.items()}
        for name, text in told.items():
            at = self.columns.get(name, self.width)
            if at < self.width and not cells[at].strip():
                cells[at] = text
        own = self.rules.named(cells[self.document]) if self.document is not None and cells[self.document] else {}
        self.seen.update(own)
        return cells + [own.get(name) or told.get(name, "") for name in self.names]

    def _counted(self, rows: Iterable[list[str]]) -> Iterator[list[str]]:
        """Rows with how many in a row say the same sum of the same document."""
        at, same = self.width + list(self.names).index(self.rules.lines), self._places(self.rules.once)
        for _told, group in groupby(rows, key=lambda cells: [cells[place] for place in same]):
            together = list(group)
            for cells in together:
                cells[at] = str(len(together))
                yield cells


def _says(cells: Sequence[str], at: int) -> bool:
    return at < len(cells) and bool(cells[at].strip(NOTHING))
