"""Why an act on an order is refused, and in words for the person who asked for it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from clients.locking import GoneError
from purchases.payments import PaymentsDifferError
from purchases.services import ReceiptTakenError
from stores.texts.writing import money


class ClosedError(Exception):
    """The order was sold or cancelled: nothing is written on it any more."""


class StepError(Exception):
    """An order cannot go from its status to the one asked for."""


class OrderMovedOnError(Exception):
    """The order of a voided receipt went on without it: it was sold anew, cancelled, or its money moved."""


class TooMuchBackError(Exception):
    """More is to go back than the order holds: ``held``."""

    def __init__(self, held: Decimal) -> None:
        super().__init__(f"holds {held}")
        self.held = held


class PrepaidMoreError(Exception):
    """The order holds more than its piece costs: ``over`` has to go back first."""

    def __init__(self, over: Decimal) -> None:
        super().__init__(f"{over} too much")
        self.over = over


REFUSALS = (ClosedError, StepError, TooMuchBackError, PrepaidMoreError, PaymentsDifferError, ReceiptTakenError, GoneError)


def words_of(error: Exception) -> str:
    """What the person who is refused can do."""
    match error:
        case TooMuchBackError():
            return _("The order holds %(held)s: no more can be given back.") % {"held": money(error.held)}
        case PrepaidMoreError():
            return _("More was prepaid than the piece costs. Give back %(over)s first.") % {"over": money(error.over)}
        case PaymentsDifferError():
            sums = {"paid": money(error.paid), "to_pay": money(error.to_pay)}
            return _("Payments add up to %(paid)s, and %(to_pay)s is to pay. Put the sums right.") % sums
        case ReceiptTakenError():
            return _("Receipt %(number)s is already in the base for this day.") % {"number": error.purchase}
        case GoneError():
            return _("The data of this client were erased. Choose another one.")
        case ClosedError():
            return _("The order was closed meanwhile. Look at what became of it.")
    return _("The order was moved meanwhile. Look at where it is now.")
