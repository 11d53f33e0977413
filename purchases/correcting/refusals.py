"""Why an act on a receipt is refused, in words for the person who asked for it."""

from django.utils.translation import gettext as _

from clients.locking import GoneError
from loyalty.certificates import words as certificate_words
from loyalty.certificates.acts import CertificateRefusedError
from loyalty.offers import words
from loyalty.offers.acts import RightRefusedError
from loyalty.services import NotEnoughError
from purchases.bills import CodeNeededError
from purchases.correcting.acts import ExchangedPieceError, NothingToUndoError
from purchases.orders.refusals import OrderMovedOnError
from purchases.payments import PaymentsDifferError
from purchases.services import AlreadyReturnedError, ReceiptTakenError, StaleReceiptError, VoidedError
from stores.texts.writing import money

REFUSALS = (
    StaleReceiptError, VoidedError, ExchangedPieceError, NothingToUndoError, GoneError, ReceiptTakenError, PaymentsDifferError,
    AlreadyReturnedError, OrderMovedOnError, NotEnoughError, CodeNeededError, RightRefusedError, CertificateRefusedError,
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
    if isinstance(error, CodeNeededError) and error.above is None:
        return _("This code is wrong, or its time is over.")
    if isinstance(error, CodeNeededError):
        return _("More than %(above)s bonuses: send the client a code and type it here.") % {"above": error.above}
    if isinstance(error, CertificateRefusedError):
        return certificate_words.words_of(error)
    if isinstance(error, RightRefusedError):
        return words.words_of(error)
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
