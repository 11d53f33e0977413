"""A pair in words: what is offered, and by whose receipts."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from catalogue.kinds import PieceKind

TO_ONE: dict[str, str | Promise] = {
    PieceKind.RING: pgettext_lazy("goes with", "the ring"),
    PieceKind.EARRINGS: pgettext_lazy("goes with", "the earrings"),
    PieceKind.PENDANT: pgettext_lazy("goes with", "the pendant"),
    PieceKind.NECKLACE: pgettext_lazy("goes with", "the necklace"),
    PieceKind.CHAIN: pgettext_lazy("goes with", "the chain"),
    PieceKind.BRACELET: pgettext_lazy("goes with", "the bracelet"),
    PieceKind.BROOCH: pgettext_lazy("goes with", "the brooch"),
    PieceKind.WATCH: pgettext_lazy("goes with", "the watch"),
    PieceKind.OTHER: pgettext_lazy("goes with", "the piece"),
}
TO_MANY: dict[str, str | Promise] = {
    PieceKind.RING: pgettext_lazy("go with", "rings"),
    PieceKind.EARRINGS: pgettext_lazy("go with", "earrings"),
    PieceKind.PENDANT: pgettext_lazy("go with", "pendants"),
    PieceKind.NECKLACE: pgettext_lazy("go with", "necklaces"),
    PieceKind.CHAIN: pgettext_lazy("go with", "chains"),
    PieceKind.BRACELET: pgettext_lazy("go with", "bracelets"),
    PieceKind.BROOCH: pgettext_lazy("go with", "brooches"),
    PieceKind.WATCH: pgettext_lazy("go with", "watches"),
    PieceKind.OTHER: pgettext_lazy("go with", "other pieces"),
}
TAKEN: dict[str, str | Promise] = {
    PieceKind.RING: pgettext_lazy("they take", "a ring"),
    PieceKind.EARRINGS: pgettext_lazy("they take", "earrings"),
    PieceKind.PENDANT: pgettext_lazy("they take", "a pendant"),
    PieceKind.NECKLACE: pgettext_lazy("they take", "a necklace"),
    PieceKind.CHAIN: pgettext_lazy("they take", "a chain"),
    PieceKind.BRACELET: pgettext_lazy("they take", "a bracelet"),
    PieceKind.BROOCH: pgettext_lazy("they take", "a brooch"),
    PieceKind.WATCH: pgettext_lazy("they take", "a watch"),
    PieceKind.OTHER: pgettext_lazy("they take", "another piece"),
}


def base(kind: str, collection: str, written: str) -> str:
    """``to the ring R5387``, ``to rings of the collection “Aurora”``, ``to rings``."""
    if written:
        return _("with %(piece)s %(article)s") % {"piece": TO_ONE.get(kind, TO_ONE[PieceKind.OTHER]), "article": written}
    many = TO_MANY.get(kind, TO_MANY[PieceKind.OTHER])
    if collection:
        return _("with %(pieces)s of the collection “%(name)s”") % {"pieces": many, "name": collection}
    return _("with %(pieces)s") % {"pieces": many}


def taken(kind: str, collection: str, written: str, *, beside: str) -> str:
    """What clients take; ``beside`` is the collection of the base."""
    if written:
        return written
    one = str(TAKEN.get(kind, TAKEN[PieceKind.OTHER]))
    if not collection:
        return one
    if collection == beside:
        return _("%(piece)s of the same collection") % {"piece": one}
    return _("%(piece)s of the collection “%(name)s”") % {"piece": one, "name": collection}


def counted(base: str, taken: str, both: int, buyers: int) -> str:
    """``with the ring R5387 clients take earrings of the same collection: 41 of 320 clients``."""
    words = ngettext(
        "%(base)s clients take %(taken)s: %(both)s of %(buyers)s client",
        "%(base)s clients take %(taken)s: %(both)s of %(buyers)s clients",
        buyers,
    )
    return words % {"base": base, "taken": taken, "both": both, "buyers": buyers}
