"""What a figure of a board says: a number with its course, a picture, or a table; the same for a page, a letter and a PDF."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from analytics.shown import drawn
from stores.texts import writing

MOST_POINTS = 12


class Change(NamedTuple):
    """How a number moved, in words; ``is_good`` None where neither way is better."""

    words: str
    is_up: bool
    is_good: bool | None
    than: str


class Number(NamedTuple):
    """``course``: what a thin line under it draws; its last values, the newest last."""

    value: str
    note: str = ""
    change: Change | None = None
    course: Sequence[drawn.Value] = ()
    kind: str = "number"

    @property
    def spark(self) -> drawn.Spark | None:
        return drawn.spark(self.course)


class Table(NamedTuple):
    """The first column names the row, the others are to the right. ``words``: what stands there while there are no rows."""

    head: list[str]
    rows: list[list[str]]
    words: str = ""
    kind: str = "table"


class Picture(NamedTuple):
    """What ``static/carat/charts.js`` draws."""

    chart: dict[str, Any]
    kind: str = "picture"

    @property
    def table(self) -> Table:
        """The numbers of the picture."""
        return table_of(self.chart)

    @property
    def is_empty(self) -> bool:
        return not any(any(value for value in row[1:] if value not in EMPTY) for row in self.table.rows)


Said = Number | Picture | Table
EMPTY = ("", "0", f"0{writing.NBSP}%", f"0,0{writing.NBSP}%", f"0.0{writing.NBSP}%", f"0{writing.NBSP}₽")


def grown(now: Decimal | None, before: Decimal | None, than: str, *, is_good: bool = True) -> Change | None:
    """A change in per cent; none where there is nothing to compare with. ``is_good``: whether more is better."""
    if now is None or not before:
        return None
    by = 100 * (now / before - 1)
    return Change(writing.signed_percent(by), by >= 0, (by >= 0) is is_good, than)


def moved(now: Decimal | None, before: Decimal | None, than: str) -> Change | None:
    """A change of a share in percentage points."""
    if now is None or before is None:
        return None
    by = now - before
    points = _("%(n)s p. p.") % {"n": f"{'+' if by > 0 else ''}{writing.number(by)}"}
    return Change(points, by >= 0, by >= 0, than)


def table_of(chart: dict[str, Any]) -> Table:
    """The numbers of a chart, whatever its kind."""
    unit = chart.get("unit", "%" if chart["kind"] == "shares" else "₽" if chart["kind"] == "months" else "")
    if chart["kind"] == "curve":
        return Table([chart["axis"], chart["name"]], [[_written(x, "%"), _written(y, "%")] for x, y in _thinned(chart["points"])])
    if chart["kind"] == "intervals":
        rows = [
            [name, f"{_written(value, unit)} ({writing.number(low)}–{writing.number(high)})"]
            for name, (value, low, high) in zip(chart["rows"], chart["data"], strict=True)
        ]
        return Table([chart["axis"], ""], rows)
    columns = _columns(chart, unit)
    rows = [[str(name), *(_at(values, n, unit) for _name, values, unit in columns)] for n, name in enumerate(chart["rows"])]
    return Table([chart.get("axis", ""), *(name for name, _values, _unit in columns)], rows)


def _columns(chart: dict[str, Any], unit: str) -> list[tuple[str, Sequence[Any], str]]:
    if "series" not in chart:
        return [("", chart["data"], unit)]
    columns = [(str(one["name"]), one["data"], unit) for one in chart["series"]]
    return [*columns, (chart["line"]["name"], chart["line"]["data"], "%")] if "line" in chart else columns


def _at(values: Sequence[Any], place: int, unit: str) -> str:
    return _written(values[place], unit) if place < len(values) and values[place] is not None else ""


def _written(value: float, unit: str) -> str:
    if unit == "₽":
        return writing.roubles(value)
    return writing.percent(value) if unit == "%" else writing.shortest(round(value, 2))


def _thinned(points: Sequence[Any]) -> list[Any]:
    step = max(1, -(-len(points) // MOST_POINTS))
    return [*points[:-1:step], points[-1]] if points else []
