"""The list of guests on paper, for the door: A4, by name, with a box to tick."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.evenings.answering import in_words
from campaigns.models import WITH_GUESTS, Answer, Evening, Invitation
from stores.texts import paper

WIDTH, HEIGHT, MARGIN, POINTS = 210, 297, 15, 11


def pdf(evening: Evening, listed: Sequence[Invitation]) -> bytes:
    page = paper.sheet(WIDTH, HEIGHT, MARGIN, title=str(evening))
    page.add_page()
    paper.line(page, in_words(evening), POINTS + 4, bold=True)
    paper.line(page, str(evening.store), POINTS)
    for text in lines(listed):
        paper.line(page, text, POINTS)
    out = BytesIO()
    page.output(out)
    return out.getvalue()


def lines(listed: Sequence[Invitation]) -> list[str]:
    """Who will come and who waits; the end of the phone tells namesakes apart."""
    return [f"[   ]  {_line(one)}" for one in listed if one.answer in WITH_GUESTS or one.came_at]


def _line(one: Invitation) -> str:
    ending = str(one.client.phone or "")[-4:]
    guests = ngettext("%(n)s guest", "%(n)s guests", one.guests) % {"n": one.guests} if one.guests else ""
    waits = _("waiting list") if one.answer == Answer.WAITING else ""
    return " · ".join(filter(None, (str(one.client), f"…{ending}" if ending else "", guests, waits)))
