"""Bonuses promised to a basket for a quarter of an hour, so that two tills do not promise the same. Public.

A promise binds those who quote. A sale is what it is: bonuses that are there no more are owed.
"""

import secrets
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from loyalty.models import Account, Member, Reservation

LASTS = timedelta(minutes=15)


def reserve(basket: str, *, account: Account | None, spends: int, now: datetime, member: Member | None = None) -> Reservation:
    """Promise bonuses to a basket; the caller holds the account's lock. What the basket was promised before is void.

    What its client has confirmed for it stays confirmed. One statement; two where a member may have confirmed.
    """
    proven = _proven(basket, member, now) if member else 0
    key, until = f"q_{secrets.token_urlsafe(12)}", now + LASTS
    made = Reservation(basket=basket, key=key, account=account, spends=spends, until=until, member=member, proven=proven)
    told = ["key", "account", "spends", "until", "member", "proven"]
    return Reservation.objects.bulk_create([made], update_conflicts=True, unique_fields=["basket"], update_fields=told)[0]


def _proven(basket: str, member: Member, now: datetime) -> int:
    former = Reservation.objects.filter(basket=basket, until__gte=now, member=member)
    return former.values_list("proven", flat=True).first() or 0


# Written out, as the balance is: a till waits for it.
_PROMISED = "SELECT COALESCE(SUM(spends), 0) FROM loyalty_reservation WHERE account_id = %s AND until >= %s AND basket <> %s"


def prove(key: str, *, now: datetime) -> bool:
    """The client has said the code for what is promised under this key. Whether it is still promised."""
    there = Reservation.objects.filter(key=key, until__gte=now)
    return bool(there.update(proven=F("spends")))


def promised(account: int, *, now: datetime, but: str = "") -> int:
    """Bonuses of an account that were promised to baskets, but to this one. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_PROMISED, (account, connection.ops.adapt_datetimefield_value(now), but))
        return int(cursor.fetchone()[0])


def take(key: str) -> int:
    """The basket was sold: nothing is promised to it any more. Returns how many bonuses its client had confirmed."""
    there = Reservation.objects.filter(key=key).first()
    if there is None:
        return 0
    there.delete()
    return there.proven


def forget(now: datetime) -> int:
    """Promises that are over for a day go. Returns how many."""
    gone, _by_table = Reservation.objects.filter(until__lt=now - timedelta(days=1)).delete()
    return gone
