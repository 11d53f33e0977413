"""A chart of ``shown.charts`` drawn on paper: bars one upon another or side by side, lines, with a legend and round sums."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analytics.shown.report_pdf import INK, LINE, MARGIN, NEWCOMER, QUIET, REGULAR
from stores.texts import writing

if TYPE_CHECKING:
    from fpdf import FPDF

COLOURS = (REGULAR, NEWCOMER, (92, 138, 176), (176, 104, 92), (122, 112, 150), (140, 150, 96), (90, 90, 98))
AXIS, MOST_LABELS = 16, 13
# Kinds of charts; the others stand side by side.
STACKED, LINES = ("months", "stack", "shares"), ("lines", "curve")
Series = list[tuple[str, list[float | None]]]


def draw(page: "FPDF", chart: dict[str, Any], height: float) -> None:
    """From the left margin over the whole width, ``height`` mm high, and the cursor below it."""
    names, series = read(chart)
    _legend(page, [name for name, _values in series])
    top, left, wide = page.get_y() + 1, MARGIN + AXIS, page.epw - AXIS
    most = _most(chart["kind"], series) or 1.0
    _rules(page, (left, top, wide, height), most, chart.get("unit", "₽" if chart["kind"] == "months" else ""))
    if chart["kind"] in LINES:
        _lines(page, (left, top, wide, height), series, most)
    else:
        _bars(page, (left, top, wide, height), series, most, is_stacked=chart["kind"] in STACKED)
    _under(page, (left, top + height, wide), names)
    page.set_text_color(*INK)
    page.set_xy(MARGIN, top + height + 7)


def read(chart: dict[str, Any]) -> tuple[list[str], Series]:
    """Names under the chart, and its series by name."""
    if chart["kind"] == "curve":
        return [writing.shortest(round(x)) for x, _y in chart["points"]], [(chart["name"], [y for _x, y in chart["points"]])]
    if "series" in chart:
        return list(map(str, chart["rows"])), [(str(one["name"]), list(one["data"])) for one in chart["series"]]
    values = [one[0] if isinstance(one, list) else one for one in chart["data"]]
    return list(map(str, chart["rows"])), [("", values)]


def _most(kind: str, series: Series) -> float:
    if kind not in STACKED:
        return max((value or 0.0 for _name, values in series for value in values), default=0.0)
    return max(
        (sum(value or 0.0 for value in row) for row in zip(*(values for _name, values in series), strict=True)), default=0.0
    )


def _legend(page: "FPDF", names: Sequence[str]) -> None:
    page.set_font("Inter", "", 8)
    for n, words in enumerate(names):
        if words:
            page.set_fill_color(*COLOURS[n % len(COLOURS)])
            page.rect(page.get_x(), page.get_y() + 1.2, 2.5, 2.5, style="F")
            page.set_x(page.get_x() + 3.5)
            page.cell(page.get_string_width(words) + 5, 5, words)
    page.ln(6)


def _rules(page: "FPDF", box: tuple[float, float, float, float], most: float, unit: str) -> None:
    left, top, wide, high = box
    page.set_font("Inter", "", 6.5)
    page.set_text_color(*QUIET)
    page.set_draw_color(*LINE)
    for part in (0.0, 0.5, 1.0):
        at = top + high * (1 - part)
        page.line(left, at, left + wide, at)
        page.set_xy(MARGIN, at - 2)
        page.cell(AXIS - 1.5, 4, _short(most * part, unit), align="R")


def _short(value: float, unit: str) -> str:
    if unit == "₽":
        return writing.short_money(value)
    said = writing.count(value) if value >= 10 or value == int(value) else writing.number(value)
    return f"{said}{writing.NBSP}{unit}" if unit else said


def _bars(page: "FPDF", box: tuple[float, float, float, float], series: Series, most: float, *, is_stacked: bool) -> None:
    left, top, wide, high = box
    rows = max((len(values) for _name, values in series), default=0)
    room = wide / max(1, rows)
    bar = min(room * 0.8, 14.0)
    for row in range(rows):
        at, foot = left + room * row + (room - bar) / 2, top + high
        for n, (_name, values) in enumerate(series):
            tall = high * (values[row] or 0.0) / most
            page.set_fill_color(*COLOURS[n % len(COLOURS)])
            if is_stacked:
                page.rect(at, foot - tall, bar, tall, style="F")
                foot -= tall
            else:
                page.rect(at + bar * n / len(series), foot - tall, bar / len(series) * 0.9, tall, style="F")


def _lines(page: "FPDF", box: tuple[float, float, float, float], series: Series, most: float) -> None:
    left, top, wide, high = box
    longest = max((len(values) for _name, values in series), default=0)
    for n, (_name, values) in enumerate(series):
        page.set_draw_color(*COLOURS[n % len(COLOURS)])
        points = [
            (left + wide * at / max(1, longest - 1), top + high * (1 - value / most))
            for at, value in enumerate(values)
            if value is not None
        ]
        if len(points) > 1:
            page.polyline(points)


def _under(page: "FPDF", box: tuple[float, float, float], names: Sequence[str]) -> None:
    """Names of rows, so many of them as fit."""
    left, top, wide = box
    page.set_font("Inter", "", 6.5)
    page.set_text_color(*QUIET)
    room, step = wide / max(1, len(names)), -(-len(names) // MOST_LABELS) or 1
    for n in range(0, len(names), step):
        page.set_xy(left + room * n, top + 0.5)
        page.cell(room * step, 4, _cut(page, names[n], room * step), align="C")


def _cut(page: "FPDF", words: str, wide: float) -> str:
    while len(words) > 2 and page.get_string_width(words) > wide:
        words = f"{words[:-2]}…"
    return words
