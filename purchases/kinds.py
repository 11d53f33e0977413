"""Kinds of pieces, price bands, and the scope that is the whole chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CHAIN = 0
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
