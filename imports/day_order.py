"""Whether day or month comes first in a column of days: the whole column decides, never one row alone."""

import re
from collections import Counter
from collections.abc import Mapping

DAY, MONTH, ASK = "day", "month", "ask"
NUMERIC = re.compile(r"\s*(\d{1,2})\s*([./\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?!\d)")
# Before a day of which nobody can tell; no reader of days takes what begins so.
UNCLEAR = "?"
# The reason of rows that wait for a person to say the order.
REASON = "day or month"
# So many times more cells must say the one than the other.
CLEAR = 9


class ColumnOfDays:
    """What the cells of a column have said so far."""

    def __init__(self) -> None:
        self.said: Counter[str] = Counter()

    def see(self, cell: str) -> bool:
        """Take a cell into account; whether it alone leaves the order open."""
        if not (found := NUMERIC.match(cell)):
            return False
        first, sign, second = int(found[1]), found[2], int(found[3])
        if first > 12 >= second:
            self.said[DAY] += 1
        elif second > 12 >= first:
            self.said[MONTH if sign != "." else "month by dots"] += 1
        elif first != second:
            self.said["dots" if sign == "." else ASK] += 1
            return True
        return False

    @property
    def order(self) -> str:
        """``DAY``, ``MONTH``, or ``ASK`` where nobody can tell. With dots between, the day comes first, as in Russian;
        a single slip of the hand does not turn that round."""
        months = self.said[MONTH] + (self.said["month by dots"] if self.said["month by dots"] > 1 else 0)
        days = self.said[DAY]
        if months or days:
            if months >= CLEAR * days:
                return MONTH
            return DAY if days >= CLEAR * months else ASK
        return ASK if self.said[ASK] > self.said["dots"] else DAY


def in_order(cell: str, order: str) -> str:
    """A cell with its day first, or marked as unclear."""
    found = NUMERIC.match(cell)
    if found is None or order == DAY:
        return cell
    first, second = int(found[1]), int(found[3])
    turned = f"{found[3]}.{found[1]}.{found[4]}{cell[found.end() :]}"
    if order == MONTH:
        return turned
    if first <= 12 and second <= 12 and first != second:
        return f"{UNCLEAR}{cell}"
    return turned if second > 12 else cell


def put_in_order(values: dict[str, str], orders: Mapping[str, str]) -> dict[str, str]:
    """The values of a row with the days of the list's columns told its way."""
    for name, order in orders.items():
        if order != DAY and values.get(name):
            values[name] = in_order(values[name], order)
    return values
