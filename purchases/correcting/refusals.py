"""Why an act on a receipt is refused, in words for the person who asked for it."""

from django.utils.translation import gettext as _

from clients.locking import GoneError
from loyalty.services import NotEnoughError
from purchases.correcting.acts import ExchangedPieceError, NothingToUndoError
from purchases.orders.refusals import OrderMovedOnError
from purchases.payments import PaymentsDifferError
from purchases.services import AlreadyReturnedError, ReceiptTakenError, StaleReceiptError, VoidedError
from stores.writing import money

REFUSALS = (
    StaleReceiptError, VoidedError, ExchangedPieceError, NothingToUndoError, GoneError, ReceiptTakenError, PaymentsDifferError,
    AlreadyReturnedError, OrderMovedOnError, NotEnoughError,
)  # fmt: skip


def words_of(error: Exception) -> str:
    """What the person who is refused can do."""
    if isinstance(error, ReceiptTakenError):
        return _("Receipt %(number)s is already in the base for this day.") % {"number": error.purchase}
    if isinstance(error, PaymentsDifferError):
        sums = {"paid": money(error.paid), "to_pay": money(error.to_pay)}
        return _("Payments add up to %(paid)s, and %(to_pay)s is to pay. Put the sums right.") % sums
    if isinstance(error, NotEnoughError):
        return _("At most %(most)s bonuses can be spent here. Put the sum right.") % {"most": error.most}
    said = {
        StaleReceiptError: _("The receipt was changed meanwhile. Look at what it is now and decide."),
        VoidedError: _("The receipt is void. Bring it back first."),
        ExchangedPieceError: _("A piece was exchanged: void the receipt of the exchange first."),
        NothingToUndoError: _("There is nothing to undo: something else happened to the receipt since."),
        AlreadyReturnedError: _("One of these pieces was returned before; nothing was changed."),
        OrderMovedOnError: _("The order of this receipt went on without it: it was sold anew, or its money was given back."),
        GoneError: _("The data of this client were erased. Choose another one."),
    }
    return said[type(error)]
