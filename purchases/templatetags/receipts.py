"""How a receipt is called."""

from django import template
from django.utils.translation import gettext

from purchases.models import Purchase

register = template.Library()


@register.filter
def receipt_name(purchase: Purchase) -> str:
    """``Receipt 123``, or that it has no number."""
    if purchase.receipt_number:
        return gettext("Receipt %(number)s") % {"number": purchase.receipt_number}
    return gettext("Receipt without a number")
