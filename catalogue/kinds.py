"""Kinds of pieces, how their price is made, what they are made of, and price bands."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Lower edges of the price bands, roubles; a band ends where the next begins.
PRICE_BANDS = (0, 3_000, 10_000, 30_000, 100_000, 300_000)


class PieceKind(models.TextChoices):
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


class Tariff(models.TextChoices):
    """How the price of a piece is made; only what is sold by its tag earns and takes bonuses."""

    TAG = "tag", _("by the tag")
    WEIGHT = "weight", _("by weight")
    MARKDOWN = "markdown", _("marked down")
    INVESTMENT = "investment", _("investment bars and coins")


class Metal(models.TextChoices):
    """What a piece is made of; gold of a colour where it is said."""

    GOLD = "gold", _("gold")
    RED_GOLD = "red_gold", _("red gold")
    WHITE_GOLD = "white_gold", _("white gold")
    YELLOW_GOLD = "yellow_gold", _("yellow gold")
    SILVER = "silver", _("silver")
    PLATINUM = "platinum", _("platinum")
    PALLADIUM = "palladium", _("palladium")
    OTHER = "other", pgettext_lazy("metal", "other")


KIND_STEMS = (
    (PieceKind.EARRINGS, r"серьг|серёж|сереж|пусет|earring"),
    (PieceKind.RING, r"кольц|перст|печатк|\bring"),
    (PieceKind.PENDANT, r"подвес|кулон|крест|икон|pendant|cross|charm"),
    (PieceKind.NECKLACE, r"колье|ожерел|бусы|necklace"),
    (PieceKind.CHAIN, r"цеп|chain"),
    (PieceKind.BRACELET, r"браслет|bracelet"),
    (PieceKind.BROOCH, r"брош|зажим|запонк|brooch"),
    (PieceKind.WATCH, r"час|watch"),
)
KIND_OF_LETTER = {
    "R": PieceKind.RING,
    "E": PieceKind.EARRINGS,
    "P": PieceKind.PENDANT,
    "N": PieceKind.NECKLACE,
    "C": PieceKind.CHAIN,
    "B": PieceKind.BRACELET,
    "W": PieceKind.WATCH,
    "F": PieceKind.BROOCH,
}


def kind_of(text: str, article: str) -> PieceKind:
    """The kind of a piece by its name, else by the first letter of its article."""
    return named_kind(text) or KIND_OF_LETTER.get(article[:1].upper(), PieceKind.OTHER)


def named_kind(text: str) -> PieceKind | None:
    """The kind that a name tells, or a kind's own word."""
    said = text.lower()
    if said in PieceKind.values:
        return PieceKind(said)
    return next((kind_of for kind_of, stem in KIND_STEMS if re.search(stem, said)), None)
