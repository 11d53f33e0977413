"""Returns, left for whoever tells other systems: a return has no row of its own, as a sale and a correction have."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import prefetch_related_objects

from purchases.models import Piece
from stores.models import Notice

RETURNED, UNDONE = "receipt.returned", "return.undone"
# What a list tells of former months is history: nobody waits for it.
NEWS = timedelta(days=30)


def returned(pieces: Collection[Piece], *, in_exchange: bool = False) -> None:
    """Pieces that came back on their days. One query, and two where their receipts were not fetched."""
    _leave(RETURNED, ((piece, piece.returned_on) for piece in pieces), exchange=in_exchange)


def undone(pieces: Collection[Piece], *, on: date) -> None:
    """Pieces that did not come back after all. Queries as ``returned``."""
    _leave(UNDONE, ((piece, on) for piece in pieces))


def listed(pieces: Collection[Piece], *, today: date) -> None:
    """Pieces of which a list says that they came back. Queries as ``returned``."""
    returned([piece for piece in pieces if piece.returned_on and piece.returned_on >= today - NEWS])


def _leave(kind: str, pieces: Iterator[tuple[Piece, date | None]], **more: bool) -> None:
    """One notice a receipt and day."""
    told = sorted(((piece, on) for piece, on in pieces if on), key=lambda one: (one[0].purchase_id, one[1]))
    prefetch_related_objects([piece for piece, _on in told], "purchase__store")
    groups = groupby(told, key=lambda one: (one[0].purchase_id, one[1]))
    said = [_said([piece for piece, _on in its], on) | more for (_receipt, on), its in groups]
    Notice.objects.bulk_create(Notice(kind=kind, said=one) for one in said)


def _said(pieces: list[Piece], on: date) -> dict[str, Any]:
    """Numbers, days and sums: the client by the number of the card alone."""
    purchase, total = pieces[0].purchase, sum((piece.price for piece in pieces), Decimal(0))
    told = {"receipt": purchase.pk, "store": purchase.store.code, "day": on.isoformat(), "card": purchase.client_id}
    return {**told, "pieces": len(pieces), "sum": f"{total:.2f}"}
