"""Bonuses promised to a basket for a quarter of an hour, so that two tills do not promise the same. Public.

A promise binds those who quote. A sale is what it is: bonuses that are there no more are owed.
"""

import secrets
from datetime import datetime, timedelta

from django.db.models import Sum

from loyalty.models import Account, Reservation

LASTS = timedelta(minutes=15)


def reserve(basket: str, *, account: Account | None, spends: int, now: datetime) -> Reservation:
    """Promise bonuses to a basket; the caller holds the account's lock. What the basket was promised before is void."""
    facts = {"key": f"q_{secrets.token_urlsafe(12)}", "account": account, "spends": spends, "until": now + LASTS}
    made, _is_new = Reservation.objects.update_or_create(basket=basket, defaults=facts)
    return made


def promised(account: int, *, now: datetime, but: str = "") -> int:
    """Bonuses of an account that were promised to baskets, but to this one. One query."""
    others = Reservation.objects.filter(account=account, until__gte=now).exclude(basket=but)
    return int(others.aggregate(sum=Sum("spends", default=0))["sum"])


def take(key: str) -> None:
    """The basket was sold: nothing is promised to it any more."""
    Reservation.objects.filter(key=key).delete()


def forget(now: datetime) -> int:
    """Promises that are over for a day go. Returns how many."""
    gone, _by_table = Reservation.objects.filter(until__lt=now - timedelta(days=1)).delete()
    return gone
