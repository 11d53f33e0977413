"""What a till says of a sale that it has made. Public."""

from collections.abc import Sequence
from typing import NamedTuple

from loyalty.models import Right
from purchases.models import FiscalDocument, FiscalOperation, Purchase
from purchases.till_bonuses import Taken


class Fiscal(NamedTuple):
    """How the tax office knows a document: drive, number, sign."""

    fn: str
    fd: str
    fp: str = ""


class Happened(NamedTuple):
    """A sale that a till has made: what loyalty took off each line and by which coupon, its document's key and fiscal number."""

    taken: Sequence[Taken]
    till_key: str
    fiscal: Fiscal | None = None
    right: Right | None = None


def write_fiscal(purchase: Purchase, operation: FiscalOperation, fiscal: Fiscal) -> None:
    """The document is this receipt's. Raises IntegrityError where it is another's."""
    FiscalDocument.objects.create(purchase=purchase, operation=operation, **fiscal._asdict())


def forget(purchase: Purchase, operation: FiscalOperation, **which: str) -> None:
    """Fiscal documents of a receipt that its till has taken back: their numbers are free."""
    FiscalDocument.objects.filter(purchase=purchase, operation=operation, **which).delete()
