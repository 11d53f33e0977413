"""Who may put a receipt right: its seller's store on the day that it was written down, managers whenever, of their own stores."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from purchases.models import Purchase
from stores.models import Employee, Role, Store

# So long a sale without a card waits for its client.
ATTACHING_DAYS = 30


def may_correct(employee: Employee, purchase: Purchase, stores: Collection[Store]) -> bool:
    """A seller while the store's day lasts: of a receipt of the day, or one that a counter wrote down on it."""
    if purchase.store not in stores:
        return False
    if employee.role != Role.SELLER:
        return True
    today, store = purchase.store.today(), purchase.store
    return purchase.sold_on == today or (purchase.seller_id is not None and store.today(purchase.created_at) == today)


def may_attach(employee: Employee, purchase: Purchase, stores: Collection[Store]) -> bool:
    """Whoever may correct it; and every seller of the store, for a month, where the sale has no card."""
    if may_correct(employee, purchase, stores):
        return True
    is_fresh = purchase.created_at >= timezone.now() - timedelta(days=ATTACHING_DAYS)
    return purchase.client_id is None and is_fresh and purchase.store in stores
