"""Coupons on paper: one on a page of 90 × 55 mm, the size of a card."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from loyalty.models import Right
from stores import rules
from stores.texts import paper, writing

WIDTH, HEIGHT, MARGIN = 90, 55, 6


def pdf(rights: Sequence[Right]) -> bytes:
    """The coupons as PDF, each with its code as Code 128."""
    page = paper.sheet(WIDTH, HEIGHT, MARGIN, title=rules.current().chain_name, breaks=False)
    for right in rights:
        page.add_page()
        paper.line(page, rules.current().chain_name, 8)
        paper.line(page, right.name, 12, bold=True)
        paper.line(page, f"{right.gives[:1].upper()}{right.gives[1:]}", 11)
        paper.line(page, " · ".join(_terms_of(right)), 7)
        paper.bars(page, right.code_key, 9)
        paper.line(page, right.code, 11, bold=True)
    if not rights:
        page.add_page()
    out = BytesIO()
    page.output(out)
    return out.getvalue()


def _terms_of(right: Right) -> list[str]:
    """What a client should know of it."""
    told = [
        right.floor and _("from a purchase of %(sum)s") % {"sum": writing.money(right.floor)},
        right.kinds and _("only for: %(kinds)s") % {"kinds": right.only_for},
        right.not_on and _("not for: %(kinds)s") % {"kinds": right.but_for},
        _("until %(day)s") % {"day": writing.short_day(right.until_on)},
    ]
    return [str(one) for one in told if one]
