"""Whether a certificate of another system still holds, and for how long, by the words that such systems use."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from imports.vocabulary import Vocabulary

HOLDS, USED, CANCELLED = "holds", "used", "cancelled"
MEANINGS: Mapping[str, str | Promise] = {
    HOLDS: _("holds"),
    USED: _("used up: nothing is left"),
    CANCELLED: _("cancelled: it buys nothing"),
}
STEMS = {
    CANCELLED: r"аннулир|отмен|заблок|недейств|возвращ|возврат|cancel|disabled|void|blocked|invalid|refund",
    USED: r"использован|погаш|израсход|redeemed|\bused|spent",
    HOLDS: r"(?<!\w)(?:актив|действ|продан|выдан|нов(?:ый|ая)|active|valid|sold|issued|enabled|outstanding)",
}
# A part of it, or the opposite: a person says what is meant.
UNSURE = re.compile(r"(?<!\w)(?:не|ни|част\w*|ожида\w*|not|un\w+|part\w*|pending)(?!\w)|\?")
NO = frozenset(["0", "false", "ложь", "no", "нет", "не", "n", "н"])
TERM = re.compile(r"(\d{1,2})\s*(?:(мес\w*\.?|months?)|(?:год\w*|лет|г\.?|years?))", re.IGNORECASE)
MONTHS = 12


def state(text: str) -> str:
    """What a status means; "" for one that nobody knows, or that says two things."""
    said = text.strip().lower()
    if said in MEANINGS:
        return said
    if UNSURE.search(said):
        return ""
    found = [meaning for meaning, stem in STEMS.items() if re.search(stem, said)]
    return found[0] if len(found) == 1 else ""


def says_yes(text: str) -> bool:
    """Whether a mark, a day or a reason stands in a column."""
    said = text.strip().lower()
    return bool(said) and said not in NO


def term(text: str, begins: date) -> date | None:
    """The last day of a term that is told by its length (``12 месяцев``, ``1 год``); None for anything else."""
    found = TERM.fullmatch(text.strip())
    if found is None:
        return None
    months = begins.month - 1 + int(found[1]) * (1 if found[2] else MONTHS)
    year, month = begins.year + months // MONTHS, months % MONTHS + 1
    return date(year, month, min(begins.day, monthrange(year, month)[1]))


STATES = Vocabulary("state", lambda list_import: state, lambda list_import: MEANINGS, reason="state", may_be_nothing=True)
