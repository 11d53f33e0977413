"""The report of a period as one A4 page: its sentences, its table, and the months that led there."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from analytics.figures.returning import Group, Month, ReturningReport, percent
from analytics.shown import printed
from stores.models import Store
from stores.texts import paper, writing

if TYPE_CHECKING:
    from fpdf import FPDF

A4, MARGIN = (210, 297), 20
# The ink, the lines and the two series of static/carat/carat.css.
INK, QUIET, LINE, REGULAR, NEWCOMER = (29, 27, 32), (107, 102, 112), (221, 214, 200), (21, 94, 82), (200, 163, 90)
CHART_HEIGHT, GAP = 44, 2


def pdf(report: ReturningReport, months: Sequence[Month], store: Store | None) -> bytes:
    """``months`` in their order; none, or none with sales, and the page goes without its chart."""
    page = paper.sheet(*A4, MARGIN, title=printed.title(report, store))
    page.add_page()
    page.set_text_color(*INK)
    paper.line(page, printed.title(report, store), 16, bold=True)
    page.set_draw_color(*NEWCOMER)
    page.line(MARGIN, page.get_y() + 3, page.w - MARGIN, page.get_y() + 3)
    page.ln(8)
    for text in printed.paragraphs(report):
        paper.line(page, text, 11)
        page.ln(2)
    if report.total.items:
        _table(page, report)
    if any(month.regular_revenue + month.newcomer_revenue for month in months):
        _chart(page, months)
    out = BytesIO()
    page.output(out)
    return out.getvalue()


def _table(page: "FPDF", report: ReturningReport) -> None:
    """Who bought, what it came to, and the shares."""
    rows = [(_("regulars"), report.regular), (_("newcomers"), report.newcomer), (_("total"), report.total)]
    heads = ("", _("clients"), _("pieces"), _("revenue"), _("share of revenue"), _("average price"))
    page.ln(3)
    page.set_font("Inter", "", 9)
    page.set_draw_color(*LINE)
    aligned = ("LEFT", *["RIGHT"] * 5)
    with page.table(
        borders_layout="HORIZONTAL_LINES", line_height=6.5, text_align=aligned, col_widths=(24, 16, 16, 26, 26, 24),
        first_row_as_headings=False,
    ) as table:  # fmt: skip
        for cells in (heads, *((name, *_cells(group, report.total)) for name, group in rows)):
            row = table.row()
            for cell in cells:
                row.cell(cell[:1].upper() + cell[1:])


def _cells(group: Group, total: Group) -> tuple[str, ...]:
    share, average = percent(group.revenue, total.revenue), group.average_price
    return (
        writing.count(group.clients), writing.count(group.items), writing.roubles(group.revenue),
        "—" if share is None else writing.percent(share), "—" if average is None else writing.roubles(average),
    )  # fmt: skip


def _chart(page: "FPDF", months: Sequence[Month]) -> None:
    """Revenue of regulars and newcomers, a bar a month; the share of regulars stands above it."""
    page.ln(6)
    paper.line(page, _("Revenue by month"), 12, bold=True)
    _legend(page)
    most = max(month.regular_revenue + month.newcomer_revenue for month in months)
    wide, foot = page.epw / len(months), page.get_y() + 6 + CHART_HEIGHT
    page.set_font("Inter", "", 7)
    for n, month in enumerate(months):
        left, top = MARGIN + n * wide, foot
        for colour, sum_of in ((REGULAR, month.regular_revenue), (NEWCOMER, month.newcomer_revenue)):
            height = float(sum_of / most) * CHART_HEIGHT
            page.set_fill_color(*colour)
            page.rect(left + GAP / 2, top - height, wide - GAP, height, style="F")
            top -= height
        share = month.returning_share
        _under(page, left, top - 5, wide, "" if share is None else writing.percent(share, 0))
        _under(page, left, foot + 1, wide, f"{month.month:%m.%y}")
    page.set_draw_color(*LINE)
    page.line(MARGIN, foot, page.w - MARGIN, foot)
    page.set_y(foot + 8)


def _legend(page: "FPDF") -> None:
    page.set_font("Inter", "", 9)
    for colour, words in ((REGULAR, _("regulars, their share above the bar")), (NEWCOMER, _("newcomers"))):
        page.set_fill_color(*colour)
        page.rect(page.get_x(), page.get_y() + 1.2, 3, 3, style="F")
        page.set_x(page.get_x() + 4.5)
        page.cell(page.get_string_width(words) + 6, 5, words)
    page.ln(6)


def _under(page: "FPDF", left: float, top: float, wide: float, words: str) -> None:
    """Words in the middle of a bar's width."""
    page.set_text_color(*QUIET)
    page.set_xy(left, top)
    page.cell(wide, 4, words, align="C")
