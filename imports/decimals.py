"""Whether the figures of a column have three decimals or groups of three digits (``12.500``): all of them decide together.

Programs write every figure with the same decimals; people write groups, and only where there are thousands.
"""

import re
from collections.abc import Collection, Mapping

THREE = re.compile(r"[-−]?\s*(\d+)([.,])(\d{3})(?!\d)")
FOUR = re.compile(r"[-−]?\s*\d+[.,]\d{4}")
# Nobody groups the digits of so many, nor of nought.
LONGEST_GROUP = 3


class ColumnOfFigures:
    """What the cells of one column have said so far."""

    def __init__(self) -> None:
        self.told = 0
        self.others = 0
        self.fixed = 0
        self.sure = False

    def see(self, cell: str) -> None:
        """Take a cell into account."""
        self.told += 1
        if found := THREE.fullmatch(cell):
            self.fixed += 1
            self.sure = self.sure or len(found[1]) > LONGEST_GROUP or found[1] == "0"
        elif FOUR.fullmatch(cell):
            self.fixed += 1
            self.sure = True
        else:
            self.others += 1

    @property
    def is_fixed(self) -> bool:
        """Whether every figure is written with as many decimals."""
        return self.told > 0 and not self.others


def with_decimals(columns: Mapping[str, ColumnOfFigures], counts: Collection[str]) -> list[str]:
    """The columns whose figures have three or four decimals, though they look like groups: all of theirs are written so, and one
    of them, or of a column beside that the same program wrote, can be nothing else. ``counts`` hold pieces, never thousands."""
    fixed = [name for name, column in columns.items() if column.is_fixed]
    sure = any(columns[name].sure or name in counts for name in fixed)
    return [name for name in fixed if name not in counts] if sure else []


def without_idle(cell: str) -> str:
    """A figure of three or four decimals without the noughts that say nothing: ``12.500`` → ``12.50``, ``15.0000`` → ``15``."""
    if not (THREE.fullmatch(cell) or FOUR.fullmatch(cell)):
        return cell
    whole, sign, part = re.split(r"([.,])", cell)
    short = part.rstrip("0")
    return f"{whole}{sign}{short.ljust(2, '0')}" if short else whole
