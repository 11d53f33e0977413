"""Letters on paper: the sheets themselves, a page for an envelope, and labels to stick."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from clients.writing import addresses
from messaging.models import Message
from stores import rules
from stores.models import Store
from stores.texts import paper

if TYPE_CHECKING:
    from fpdf import FPDF

A4 = (210, 297)
MARGIN, POINTS = 20, 11
# Width and height in mm; the envelopes that shops of office goods sell.
ENVELOPES = {"c5": (229, 162), "dl": (220, 110)}
# Columns and rows of a sheet of labels, 70 × 37 mm each.
LABELS, LABEL = (3, 8), (70, 37)
INDEX_POINTS = 20


def letters(found: Sequence[Message]) -> bytes:
    """A sheet for each client, in the language in which they are written to; the address stands where a window shows it."""
    page = paper.sheet(*A4, MARGIN, title=_("Letters on paper"))
    for letter in found:
        with override(letter.language):
            page.add_page()
            _letter(page, letter)
    return _bytes(page)


def _letter(page: "FPDF", letter: Message) -> None:
    paper.line(page, rules.current().chain_name, POINTS + 3, bold=True)
    for line in _sender(letter.store):
        paper.line(page, line, POINTS - 2)
    page.set_xy(MARGIN, 45)
    for line in addressed(letter):
        paper.line(page, line, POINTS)
    page.set_xy(MARGIN, max(page.get_y() + 6, 95))
    day = localtime(letter.claimed_at) if letter.claimed_at else None
    paper.line(page, date_format(day, "DATE_FORMAT") if day else "", POINTS)
    page.ln(6)
    paper.line(page, letter.text, POINTS)
    page.ln(10)
    paper.line(page, _how_to_refuse(letter.store), POINTS - 3)


def envelopes(found: Sequence[Message], size: str) -> bytes:
    """A page for each envelope: who sends above on the left, to whom below on the right, the index large."""
    width, height = ENVELOPES[size]
    page = paper.sheet(width, height, 10, title=_("Envelopes"), breaks=False)
    for letter in found:
        page.add_page()
        paper.line(page, rules.current().chain_name, POINTS - 1, bold=True)
        page.set_right_margin(width / 2)
        for line in _sender(letter.store):
            paper.line(page, line, POINTS - 2)
        page.set_right_margin(10)
        page.set_left_margin(width / 2)
        page.set_xy(width / 2, height / 2)
        for line in addressed(letter, index=False):
            paper.line(page, line, POINTS)
        paper.line(page, addresses.lines(letter.recipient).code, INDEX_POINTS, bold=True)
        page.set_left_margin(10)
    return _bytes(page)


def labels(found: Sequence[Message]) -> bytes:
    """Sheets of 24 labels, filled row by row."""
    page = paper.sheet(*A4, 0, title=_("Address labels"), breaks=False)
    across, down = LABELS
    for place, letter in enumerate(found):
        if place % (across * down) == 0:
            page.add_page()
        row, column = divmod(place % (across * down), across)
        _label(page, letter, column * LABEL[0], row * LABEL[1])
    return _bytes(page)


def _label(page: "FPDF", letter: Message, left: float, top: float) -> None:
    """A long address gets a smaller type: a label has room for seven lines at most."""
    lines = addressed(letter)
    points = 9 if sum(1 + len(line) // 34 for line in lines) <= 6 else 7
    page.set_left_margin(left + 5)
    page.set_right_margin(A4[0] - left - LABEL[0] + 3)
    page.set_xy(left + 5, top + 4)
    for line in lines:
        paper.line(page, line, points)


def addressed(letter: Message, *, index: bool = True) -> list[str]:
    """To whom and where, a line each, in the order of the post."""
    told = addresses.lines(letter.recipient)
    name = letter.client.full_name if letter.client else ""
    return [line for line in (name, *told.where, told.code if index else "") if line]


def _sender(store: Store | None) -> list[str]:
    if store is None:
        return []
    place = ", ".join(part for part in (store.city, store.address) if part)
    return [line for line in (place, str(store.phone)) if line]


def _how_to_refuse(store: Store | None) -> str:
    if store and store.phone:
        return _("If you want no letters, call us: %(phone)s, or tell any of our stores.") % {"phone": store.phone}
    return _("If you want no letters, tell any of our stores.")


def _bytes(page: "FPDF") -> bytes:
    out = BytesIO()
    page.output(out)
    return out.getvalue()
