"""An order's slip on paper: A5 or a roll, the same words as its page, with the order's number as Code 128."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from purchases.models import Order, OrderPayment
from stores import rules
from stores.texts import paper, writing

if TYPE_CHECKING:
    from fpdf import FPDF

# Width, height and margin in mm; a roll is cut where its text ends.
ENDLESS = 5_000
PAPER: dict[str, tuple[float, float, float]] = {"a5": (148, 210, 10), "80": (80, 0, 4), "58": (58, 0, 3)}
POINTS = {"a5": 10, "80": 9, "58": 8}


def pdf(order: Order, payments: Sequence[OrderPayment], size: str) -> bytes:
    _width, height, margin = PAPER[size]
    height = height or _sheet(order, payments, size, ENDLESS).get_y() + margin
    out = BytesIO()
    _sheet(order, payments, size, height).output(out)
    return out.getvalue()


def _sheet(order: Order, payments: Sequence[OrderPayment], size: str, height: float) -> "FPDF":
    width, _height, margin = PAPER[size]
    points = POINTS[size]
    page = paper.sheet(width, height, margin, title=str(order))
    page.add_page()
    paper.line(page, f"{rules.current().chain_name} · {_('Order')} № {order}", points + 3, bold=True)
    paper.bars(page, order.code, 10)
    for text in facts_of(order, payments):
        paper.line(page, text, points)
    left = f"{_('Left to pay')}: {writing.money(order.left_to_pay)}" if order.is_open else order.get_status_display()
    paper.line(page, left[:1].upper() + left[1:], points, bold=True)
    for signature in (_("Client's signature"), _("Seller's signature")):
        paper.line(page, f"{signature} ______________", points)
    return page


def facts_of(order: Order, payments: Sequence[OrderPayment]) -> list[str]:
    """What the slip says of an order, a line each."""
    store = order.store
    place = ", ".join(filter(None, (str(store), store.city if store.address else "", store.address, str(store.phone))))
    size = _("%(size)s mm") % {"size": writing.shortest(order.size)} if order.size else ""
    words = [
        (_("Client"), str(order.client)), (_("Day"), f"{date_format(order.taken_on)}, {order.seller}"), (_("Store"), place),
        (_("The piece"), " · ".join(filter(None, (order.what, str(order.get_kind_display()), size)))),
        (_("Engraving or wish"), order.wish), (_("Due"), date_format(order.due_on) if order.due_on else ""),
        (_("Agreed price"), writing.money(order.price)),
        *(
            (f"{payment.get_purpose_display()} {writing.day(payment.paid_on)}",
             f"{writing.money(payment.sum)} · {payment.get_kind_display()}")
            for payment in payments
        ),
    ]  # fmt: skip
    return [f"{label[:1].upper()}{label[1:]}: {value}" for label, value in words if value]
