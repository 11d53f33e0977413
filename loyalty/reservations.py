"""Bonuses promised to a basket for a quarter of an hour, so that two tills do not promise the same. Public.

A promise binds those who quote. A sale is what it is: bonuses that are there no more are owed.
"""

import secrets
from datetime import datetime, timedelta

from django.db import connection

from loyalty.models import Account, Reservation

LASTS = timedelta(minutes=15)


def reserve(basket: str, *, account: Account | None, spends: int, now: datetime) -> Reservation:
    """Promise bonuses to a basket; the caller holds the account's lock. What the basket was promised before is void.

    One statement.
    """
    made = Reservation(basket=basket, key=f"q_{secrets.token_urlsafe(12)}", account=account, spends=spends, until=now + LASTS)
    told = ["key", "account", "spends", "until"]
    return Reservation.objects.bulk_create([made], update_conflicts=True, unique_fields=["basket"], update_fields=told)[0]


# Written out, as the balance is: a till waits for it.
_PROMISED = "SELECT COALESCE(SUM(spends), 0) FROM loyalty_reservation WHERE account_id = %s AND until >= %s AND basket <> %s"


def promised(account: int, *, now: datetime, but: str = "") -> int:
    """Bonuses of an account that were promised to baskets, but to this one. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_PROMISED, (account, connection.ops.adapt_datetimefield_value(now), but))
        return int(cursor.fetchone()[0])


def take(key: str) -> None:
    """The basket was sold: nothing is promised to it any more."""
    Reservation.objects.filter(key=key).delete()


def forget(now: datetime) -> int:
    """Promises that are over for a day go. Returns how many."""
    gone, _by_table = Reservation.objects.filter(until__lt=now - timedelta(days=1)).delete()
    return gone
