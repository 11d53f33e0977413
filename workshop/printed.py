"""What is printed at the desk: the ticket with its agreement, and a label for each envelope; as a page and as PDF."""

import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stores import writing
from workshop import telling
from workshop.models import ServiceRequest

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = "@expo-google-fonts/inter"
# Width, height and margin in mm; a roll is cut where its text ends.
ROLLS, ENDLESS = ("80", "58"), 5_000
PAPER: dict[str, tuple[float, float, float]] = {"a5": (148, 210, 10), "80": (80, 0, 4), "58": (58, 0, 3), "label": (58, 40, 3)}
FIELD = re.compile(r"\{(chain|store|ticket|client|due|price)\}")
MODULE = 0.3
TEXT_SIZE = {"a5": 10, "80": 9, "58": 8, "label": 8}


def agreement(ticket: Sequence[ServiceRequest]) -> str:
    """The wording that was in force at intake, its fields filled; nothing else in it is touched."""
    first = ticket[0]
    if first.agreement is None:
        return ""
    rest = [request.price for request in ticket if request.price is not None]
    due = max((request.due_on for request in ticket if request.due_on), default=None)
    values = {
        "chain": settings.CHAIN_NAME, "store": first.store.name, "ticket": first.number, "client": str(first.client),
        "due": date_format(due, "DATE_FORMAT") if due else "—",
        "price": writing.money(sum(rest, Decimal(0)) if rest else None),
    }  # fmt: skip
    return FIELD.sub(lambda field: values[field[1]], first.agreement.text)


def bars(number: str) -> SafeString:
    """The number as Code 128, inline; empty for one that has letters it cannot carry."""
    modules = _modules(number)
    if not modules:
        return mark_safe("")
    strips = re.finditer("1+", modules)
    shapes = "".join(f'<rect x="{strip.start()}" y="0" width="{strip.end() - strip.start()}" height="40"/>' for strip in strips)
    return mark_safe(  # noqa: S308 — numbers alone
        f'<svg class="bars" viewBox="-10 0 {len(modules) + 20} 40" preserveAspectRatio="none" aria-hidden="true">{shapes}</svg>'
    )


def square(request: ServiceRequest) -> SafeString:
    """The address of the client's page as a QR code, inline."""
    import segno

    made = segno.make(telling.address_of(request), error="m", micro=False)
    return mark_safe(made.svg_inline(scale=1, border=4, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S308 — segno's own


def _modules(number: str) -> str:
    """Black and white modules as ones and zeros."""
    from barcode import Code128
    from barcode.writer import SVGWriter

    try:
        number.encode("latin-1")
        return str(Code128(number, writer=SVGWriter()).build()[0])
    except (UnicodeEncodeError, ValueError, KeyError):
        return ""


def pdf(ticket: Sequence[ServiceRequest], size: str) -> bytes:
    """The ticket on A5 or a roll, or a label for each envelope."""
    width, height, margin = PAPER[size]
    if size in ROLLS:
        looked = _sheet(ticket, size, width, ENDLESS, margin)
        height = looked.get_y() + margin
    out = BytesIO()
    _sheet(ticket, size, width, height, margin).output(out)
    return out.getvalue()


def _sheet(ticket: Sequence[ServiceRequest], size: str, width: float, height: float, margin: float) -> "FPDF":
    from fpdf import FPDF  # with fontTools: 18 MB for the few who print

    page = FPDF(unit="mm", format=(width, height))
    page.set_margin(margin)
    page.set_auto_page_break(size != "label", margin)
    for style, name in (("", "400Regular/Inter_400Regular.ttf"), ("B", "600SemiBold/Inter_600SemiBold.ttf")):
        page.add_font("Inter", style, str(Path(settings.NODE_MODULES_DIR) / FONTS / name))
    page.set_title(ticket[0].number)
    if size == "label":
        for request in ticket:
            _label(page, request)
    else:
        _whole(page, ticket, size)
    return page


def _whole(page: "FPDF", ticket: Sequence[ServiceRequest], size: str) -> None:
    first, points = ticket[0], TEXT_SIZE[size]
    page.add_page()
    _line(page, f"{settings.CHAIN_NAME} · {_('Ticket')} {first.number}", points + 3, bold=True)
    _draw_bars(page, first.number, 10)
    for text in (
        str(first.client),
        ", ".join(filter(None, (str(first.store), first.store.address, str(first.store.phone)))),
        " · ".join(filter(None, (f"{_('Taken in')}: {date_format(first.accepted_on)}", str(first.accepted_by or "")))),
    ):
        _line(page, text, points)
    for request in ticket:
        _line(page, _heading(request), points, bold=True)
        for text in facts_of(request):
            _line(page, text, points)
    remains = telling.to_pay_together(ticket)
    _line(page, f"{_('To pay')}: {writing.money(remains)}", points, bold=True)
    _draw_square(page, first)
    _line(page, agreement(ticket), points - 2)
    for signature in (_("Client's signature"), _("Seller's signature")):
        _line(page, f"{signature} ______________", points)


def _label(page: "FPDF", request: ServiceRequest) -> None:
    page.add_page()
    _line(page, f"{request.number} · {request.envelope}/{request.envelopes}", 11, bold=True)
    _draw_bars(page, request.number, 9)
    _line(page, _heading(request), 8)
    _line(page, f"{_('Due')}: {date_format(request.due_on) if request.due_on else '—'}", 8, bold=True)


def _heading(request: ServiceRequest) -> str:
    return f"{request.get_kind_display()} · {request.description}"[:90]


def facts_of(request: ServiceRequest) -> list[str]:
    """What the signed paper says of one piece, a line each: words, then sums."""
    sums = [
        (_("Declared value"), request.declared_value),
        (_("Price of the work"), request.price),
        (_("Prepaid"), request.prepayment),
    ]
    told = [f"{label}: {writing.money(value)}" for label, value in sums if value is not None]
    sizes = [writing.shortest(size) for size in (request.size_from, request.size_to)] if request.size_to else []
    words = [
        (_("Size"), " → ".join(sizes)), (_("Text to engrave"), request.engraving), (_("Details of the work"), request.work),
        (_("Weight, g"), writing.shortest(request.weight) if request.weight else ""), (_("Visible flaws"), request.flaws),
        (pgettext("on a ticket", "Note"), request.note_client), (_("Due"), date_format(request.due_on) if request.due_on else ""),
    ]  # fmt: skip
    return [*(f"{label}: {value}" for label, value in words if value), *told]


def _line(page: "FPDF", text: str, points: int, *, bold: bool = False) -> None:
    if text:
        page.set_font("Inter", "B" if bold else "", points)
        page.multi_cell(0, points * 0.48, text, new_x="LMARGIN", new_y="NEXT")


def _draw_bars(page: "FPDF", number: str, height: float) -> None:
    modules = _modules(number)
    if not modules:
        return
    _keep_whole(page, height + 2)
    wide = min(MODULE, (page.epw - 4) / len(modules))
    for strip in re.finditer("1+", modules):
        page.rect(
            page.l_margin + 2 + strip.start() * wide, page.get_y() + 1, (strip.end() - strip.start()) * wide, height, style="F"
        )
    page.set_y(page.get_y() + height + 2)


def _keep_whole(page: "FPDF", height: float) -> None:
    """Go to the next page where a code would be cut in two: shapes do not break the page by themselves."""
    if page.will_page_break(height):
        page.add_page()


def _draw_square(page: "FPDF", request: ServiceRequest, side: float = 24) -> None:
    import segno

    rows = list(segno.make(telling.address_of(request), error="m", micro=False).matrix_iter(scale=1, border=2))
    _keep_whole(page, side + 1)
    dot, top = side / len(rows), page.get_y()
    for y, row in enumerate(rows):
        for x, is_black in enumerate(row):
            if is_black:
                page.rect(page.l_margin + x * dot, top + y * dot, dot, dot, style="F")
    page.set_y(top + side + 1)
