"""What is drawn on a printed sheet: lines of text, a bar code, a QR code; and a QR code on a page. Public."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = "@expo-google-fonts/inter"
MODULE = 0.3


def sheet(width: float, height: float, margin: float, *, title: str, breaks: bool = True) -> "FPDF":
    """An empty sheet in mm, with the product's type."""
    from fpdf import FPDF  # with fontTools: 18 MB for the few who print

    page = FPDF(unit="mm", format=(width, height))
    page.set_margin(margin)
    page.set_auto_page_break(breaks, margin)
    for style, name in (("", "400Regular/Inter_400Regular.ttf"), ("B", "600SemiBold/Inter_600SemiBold.ttf")):
        page.add_font("Inter", style, str(Path(settings.NODE_MODULES_DIR) / FONTS / name))
    page.set_title(title)
    return page


def modules(number: str) -> str:
    """Black and white modules of Code 128 as ones and zeros; "" for what it cannot carry."""
    from barcode import Code128
    from barcode.writer import SVGWriter

    try:
        number.encode("latin-1")
        return str(Code128(number, writer=SVGWriter()).build()[0])
    except (UnicodeEncodeError, ValueError, KeyError):
        return ""


def line(page: "FPDF", text: str, points: float, *, bold: bool = False, align: str = "L") -> None:
    if text:
        page.set_font("Inter", "B" if bold else "", points)
        page.multi_cell(0, points * 0.48, text, new_x="LMARGIN", new_y="NEXT", align=align)


def svg_bars(number: str) -> SafeString:
    """The number as Code 128 for a page, inline; empty for one that has letters it cannot carry."""
    black = modules(number)
    if not black:
        return mark_safe("")
    strips = re.finditer("1+", black)
    shapes = "".join(f'<rect x="{strip.start()}" y="0" width="{strip.end() - strip.start()}" height="40"/>' for strip in strips)
    return mark_safe(  # noqa: S308 — numbers alone
        f'<svg class="bars" viewBox="-10 0 {len(black) + 20} 40" preserveAspectRatio="none" aria-hidden="true">{shapes}</svg>'
    )


def bars(page: "FPDF", number: str, height: float) -> None:
    """The number as Code 128, from the left margin."""
    black = modules(number)
    if not black:
        return
    _keep_whole(page, height + 2)
    wide = min(MODULE, (page.epw - 4) / len(black))
    for strip in re.finditer("1+", black):
        page.rect(
            page.l_margin + 2 + strip.start() * wide, page.get_y() + 1, (strip.end() - strip.start()) * wide, height, style="F"
        )
    page.set_y(page.get_y() + height + 2)


def square(page: "FPDF", text: str, side: float = 24) -> None:
    """A text as a QR code, from the left margin."""
    import segno

    rows = list(segno.make(text, error="m", micro=False).matrix_iter(scale=1, border=2))
    _keep_whole(page, side + 1)
    dot, top = side / len(rows), page.get_y()
    for y, row in enumerate(rows):
        for x, is_black in enumerate(row):
            if is_black:
                page.rect(page.l_margin + x * dot, top + y * dot, dot, dot, style="F")
    page.set_y(top + side + 1)


def qr(text: str) -> SafeString:
    """A text as a QR code for a page, inline."""
    import segno

    made = segno.make(text, error="m", micro=False)
    return mark_safe(made.svg_inline(scale=1, border=4, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S308 — segno's own


def _keep_whole(page: "FPDF", height: float) -> None:
    """Go to the next page where a code would be cut in two: shapes do not break the page by themselves."""
    if page.will_page_break(height):
        page.add_page()
