"""A certificate on paper: A6, with its code as Code 128 and as a QR code."""

from io import BytesIO

from django.utils.translation import gettext as _

from loyalty.models import Certificate
from stores import rules
from stores.texts import paper, writing

WIDTH, HEIGHT, MARGIN = 148, 105, 12


def pdf(certificate: Certificate) -> bytes:
    """The certificate at its face value, as PDF."""
    page = paper.sheet(WIDTH, HEIGHT, MARGIN, title=str(certificate), breaks=False)
    page.add_page()
    paper.line(page, rules.current().chain_name, 11)
    paper.line(page, _("Gift certificate"), 20, bold=True)
    paper.line(page, writing.money(certificate.amount), 28, bold=True)
    paper.line(
        page, _("Until %(day)s, in any of our stores, in parts if you like.") % {"day": writing.day(certificate.until_on)}, 9
    )
    page.ln(2)
    top = page.get_y()
    paper.square(page, certificate.code_key, side=26)
    page.set_left_margin(MARGIN + 32)
    page.set_y(top)
    paper.bars(page, certificate.code_key, 14)
    paper.line(page, str(certificate), 13, bold=True)
    out = BytesIO()
    page.output(out)
    return out.getvalue()
