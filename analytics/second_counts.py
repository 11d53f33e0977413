"""What apps to the right show, counted a second time by themselves from the raw rows; ``recount`` compares it. Public.

An app registers its count in ``AppConfig.ready``. No count may share a query with what it counts again, or ask more the more rows
there are.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from analytics.figures.periods import Period


class Value(NamedTuple):
    """One value: ``what`` it is, what pages say of it and what was counted; sums in roubles. ``store``: a code; "": the chain."""

    what: str
    store: str
    said: Any
    counted: float | None


class SecondCount(NamedTuple):
    """What an app counts again of a month; it is read as of one moment."""

    name: str
    values: Callable[[Period], Iterable[Value]]


_counts: list[SecondCount] = []


def register(count: SecondCount) -> None:
    _counts.append(count)


def every() -> list[SecondCount]:
    return list(_counts)
