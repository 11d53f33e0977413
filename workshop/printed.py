"""What is printed at the desk: the ticket with its agreement, and a label for each envelope; as a page and as PDF."""

import re
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stores import rules
from stores.texts import paper, writing
from workshop import telling
from workshop.models import ServiceRequest

if TYPE_CHECKING:
    from fpdf import FPDF

# Width, height and margin in mm; a roll is cut where its text ends.
ROLLS, ENDLESS = ("80", "58"), 5_000
PAPER: dict[str, tuple[float, float, float]] = {"a5": (148, 210, 10), "80": (80, 0, 4), "58": (58, 0, 3), "label": (58, 40, 3)}
FIELD = re.compile(r"\{(chain|store|ticket|client|due|price)\}")
TEXT_SIZE = {"a5": 10, "80": 9, "58": 8, "label": 8}


def agreement(ticket: Sequence[ServiceRequest]) -> str:
    """The wording that was in force at intake, its fields filled; nothing else in it is touched."""
    first = ticket[0]
    if first.agreement is None:
        return ""
    rest = [request.price for request in ticket if request.price is not None]
    due = max((request.due_on for request in ticket if request.due_on), default=None)
    values = {
        "chain": rules.current().chain_name, "store": first.store.name, "ticket": first.number, "client": str(first.client),
        "due": date_format(due, "DATE_FORMAT") if due else "—",
        "price": writing.money(sum(rest, Decimal(0)) if rest else None),
    }  # fmt: skip
    return FIELD.sub(lambda field: values[field[1]], first.agreement.text)


def square(request: ServiceRequest) -> SafeString:
    """The address of the client's page as a QR code, inline."""
    return paper.qr(telling.address_of(request))


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
    page = paper.sheet(width, height, margin, title=ticket[0].number, breaks=size != "label")
    if size == "label":
        for request in ticket:
            _label(page, request)
    else:
        _whole(page, ticket, size)
    return page


def _whole(page: "FPDF", ticket: Sequence[ServiceRequest], size: str) -> None:
    first, points = ticket[0], TEXT_SIZE[size]
    page.add_page()
    paper.line(page, f"{rules.current().chain_name} · {_('Ticket')} {first.number}", points + 3, bold=True)
    paper.bars(page, first.number, 10)
    for text in (
        str(first.client),
        ", ".join(filter(None, (str(first.store), first.store.address, str(first.store.phone)))),
        " · ".join(filter(None, (f"{_('Taken in')}: {date_format(first.accepted_on)}", str(first.accepted_by or "")))),
    ):
        paper.line(page, text, points)
    for request in ticket:
        paper.line(page, _heading(request), points, bold=True)
        for text in facts_of(request):
            paper.line(page, text, points)
    remains = telling.to_pay_together(ticket)
    paper.line(page, f"{_('To pay')}: {writing.money(remains)}", points, bold=True)
    paper.square(page, telling.address_of(first))
    paper.line(page, agreement(ticket), points - 2)
    for signature in (_("Client's signature"), _("Seller's signature")):
        paper.line(page, f"{signature} ______________", points)


def _label(page: "FPDF", request: ServiceRequest) -> None:
    page.add_page()
    paper.line(page, f"{request.number} · {request.envelope}/{request.envelopes}", 11, bold=True)
    paper.bars(page, request.number, 9)
    paper.line(page, _heading(request), 8)
    paper.line(page, f"{_('Due')}: {date_format(request.due_on) if request.due_on else '—'}", 8, bold=True)


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
