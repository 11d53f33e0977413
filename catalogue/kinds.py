"""Kinds of pieces, price bands, and the scope that is the whole chain."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Lower edges of the price bands, roubles; a band ends where the next begins.
PRICE_BANDS = (0, 3_000, 10_000, 30_000, 100_000, 300_000)


class Kind(models.TextChoices):
    """Kinds of pieces; ``ClientActivity`` has a count for each."""

    RING = "ring", _("ring")
    EARRINGS = "earrings", _("earrings")
    PENDANT = "pendant", _("pendant")
    NECKLACE = "necklace", _("necklace")
    CHAIN = "chain", pgettext_lazy("jewellery", "chain")
    BRACELET = "bracelet", _("bracelet")
    BROOCH = "brooch", _("brooch")
    WATCH = "watch", _("watch")
    OTHER = "other", pgettext_lazy("kind of piece", "other")


KIND_STEMS = (
    (Kind.EARRINGS, r"серьг|серёж|сереж|пусет|earring"),
    (Kind.RING, r"кольц|перст|печатк|\bring"),
    (Kind.PENDANT, r"подвес|кулон|крест|икон|pendant|cross|charm"),
    (Kind.NECKLACE, r"колье|ожерел|бусы|necklace"),
    (Kind.CHAIN, r"цеп|chain"),
    (Kind.BRACELET, r"браслет|bracelet"),
    (Kind.BROOCH, r"брош|зажим|запонк|brooch"),
    (Kind.WATCH, r"час|watch"),
)
KIND_OF_LETTER = {
    "R": Kind.RING,
    "E": Kind.EARRINGS,
    "P": Kind.PENDANT,
    "N": Kind.NECKLACE,
    "C": Kind.CHAIN,
    "B": Kind.BRACELET,
    "W": Kind.WATCH,
    "F": Kind.BROOCH,
}


def kind_of(text: str, article: str) -> Kind:
    """The kind of a piece by its name, else by the first letter of its article."""
    return next((kind_of for kind_of, stem in KIND_STEMS if re.search(stem, text.lower())), None) or KIND_OF_LETTER.get(
        article[:1].upper(), Kind.OTHER
    )
