"""Why a right is refused, in words for the seller. Public."""

from django.utils.translation import gettext as _

from loyalty.offers.acts import RightRefusedError
from loyalty.pricing import Refused
from stores.texts import writing


def words_of(error: RightRefusedError) -> str:
    """What the seller can tell the client."""
    right, why = error.right, error.why
    if right is None:
        return str(why.label)
    if why == Refused.EARLY:
        return _("This coupon holds from %(day)s.") % {"day": writing.short_day(right.from_on)}
    if why == Refused.LATE:
        return _("This coupon held until %(day)s.") % {"day": writing.short_day(right.until_on)}
    if why == Refused.FLOOR:
        return _("This coupon takes a purchase from %(sum)s.") % {"sum": writing.money(right.floor)}
    if why == Refused.USED and (used := right.used.standing().first()):
        return _("This coupon was used on %(day)s.") % {"day": writing.short_day(used.on)}
    return str(why.label)
