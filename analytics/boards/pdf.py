"""A board on A4 sheets: its numbers as tiles, its pictures drawn, its tables."""

from io import BytesIO
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from analytics.boards.composed import Composed, Run, Tile
from analytics.boards.said import Number, Picture, Table
from analytics.models import Board
from analytics.shown.charts_pdf import draw
from analytics.shown.report_pdf import A4, INK, LINE, MARGIN, NEWCOMER, QUIET, REGULAR
from stores import rules
from stores.models import Store
from stores.texts import paper

if TYPE_CHECKING:
    from fpdf import FPDF

TILE_HEIGHT, GAP, PICTURE_HEIGHT = 30, 4, 62


def pdf(board: Board, composed: Composed, store: Store | None) -> bytes:
    page = paper.sheet(*A4, MARGIN, title=board.name)
    page.add_page()
    page.set_text_color(*INK)
    paper.line(page, board.name, 16, bold=True)
    days = " – ".join(formats.date_format(day) for day in composed.period)
    _quiet(page, f"{store or rules.current().chain_name} · {days}")
    page.set_draw_color(*NEWCOMER)
    page.line(MARGIN, page.get_y() + 3, page.w - MARGIN, page.get_y() + 3)
    page.ln(8)
    for run in composed.runs:
        _run(page, run)
    out = BytesIO()
    page.output(out)
    return out.getvalue()


def _quiet(page: "FPDF", words: str) -> None:
    page.set_text_color(*QUIET)
    paper.line(page, words, 9)
    page.set_text_color(*INK)


def _run(page: "FPDF", run: Run) -> None:
    if run.kind == "number":
        for first in range(0, len(run.tiles), run.per):
            _numbers(page, run.tiles[first : first + run.per], run.per)
        page.ln(2)
        return
    for tile in run.tiles:
        _one(page, tile)


def _room(page: "FPDF", height: float) -> None:
    """A new sheet where what comes does not fit on this one."""
    if page.get_y() + height > page.h - MARGIN:
        page.add_page()


def _heading(tile: Tile) -> str:
    return f"{tile.item.title} · {tile.store}" if tile.store else str(tile.item.title)


def _numbers(page: "FPDF", tiles: list[Tile], per: int) -> None:
    _room(page, TILE_HEIGHT)
    wide, top = (page.epw - GAP * (per - 1)) / per, page.get_y()
    for n, tile in enumerate(tiles):
        left = MARGIN + n * (wide + GAP)
        page.set_draw_color(*LINE)
        page.rect(left, top, wide, TILE_HEIGHT)
        _cell(page, (left, top + 2, wide), _heading(tile), 7.5, QUIET)
        if not isinstance(tile.said, Number):
            _cell(page, (left, top + 8, wide), "—", 13, QUIET)
            continue
        _cell(page, (left, top + 7, wide), tile.said.value, 13, INK, bold=True)
        change = tile.said.change
        under = f"{change.words} {change.than}" if change else tile.said.note
        _cell(page, (left, top + 13.5, wide), under, 7, QUIET)
        _spark(page, tile.said, (left + 2, top + 19, wide - 4, TILE_HEIGHT - 21))
    page.set_text_color(*INK)
    page.set_xy(MARGIN, top + TILE_HEIGHT + GAP)


def _cell(
    page: "FPDF", box: tuple[float, float, float], words: str, points: float, colour: tuple[int, int, int], *, bold: bool = False
) -> None:
    """A line of words in a tile, smaller where it would not fit."""
    left, top, wide = box
    page.set_text_color(*colour)
    page.set_font("Inter", "B" if bold else "", points)
    needed = page.get_string_width(words)
    if needed > wide - 4:
        page.set_font("Inter", "B" if bold else "", max(4.5, points * (wide - 4) / needed))
    page.set_xy(left + 1, top)
    page.cell(wide - 2, 5, words)


def _spark(page: "FPDF", number: Number, box: tuple[float, float, float, float]) -> None:
    spark = number.spark
    if spark is None:
        return
    left, top, wide, high = box
    points = [tuple(float(part) for part in point.split(",")) for point in spark.line.split()]
    page.set_draw_color(*REGULAR)
    page.polyline([(left + wide * x / 120, top + high * y / 32) for x, y in points])


def _one(page: "FPDF", tile: Tile) -> None:
    """A picture or a table under its name."""
    _room(page, PICTURE_HEIGHT if isinstance(tile.said, Picture) else 24)
    paper.line(page, _heading(tile), 11, bold=True)
    page.ln(2)
    if tile.said is None:
        _quiet(page, _("a store that is not yours") if tile.is_foreign else _("being counted"))
    elif isinstance(tile.said, Picture) and not tile.said.is_empty:
        draw(page, tile.said.chart, PICTURE_HEIGHT - 22)
    elif isinstance(tile.said, Table) and tile.said.rows:
        _table(page, tile.said)
    else:
        _quiet(page, _("Nothing to show for these days yet."))
    page.ln(5)


def _table(page: "FPDF", told: Table) -> None:
    """Its headings are said again on each sheet that it goes on to."""
    from fpdf import FontFace

    page.set_font("Inter", "", 9)
    page.set_draw_color(*LINE)
    page.set_fill_color(255, 255, 255)  # cells take the colour that a chart left
    aligned = ("LEFT", *["RIGHT"] * (len(told.head) - 1))
    with page.table(
        borders_layout="HORIZONTAL_LINES", line_height=6, text_align=aligned, col_widths=_widths(page, told),
        headings_style=FontFace(emphasis="BOLD"),
    ) as table:  # fmt: skip
        for cells in (told.head, *told.rows):
            row = table.row()
            for cell in cells:
                row.cell(cell)


def _widths(page: "FPDF", told: Table) -> tuple[float, ...]:
    """Each column as its longest words need it, so that none takes two lines; the names have what is left."""
    names, *needed = (
        max(page.get_string_width(cell) for cell in column) + 4 for column in zip(told.head, *told.rows, strict=False)
    )
    return max(names, page.epw - sum(needed)), *needed
