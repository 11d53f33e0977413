"""Bonuses promised to a basket for a quarter of an hour, so that two tills do not promise the same. Public.

A promise binds those who quote. A sale is what it is: bonuses that are there no more are owed.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Sum

from loyalty.models import Account, Member, Reservation

LASTS = timedelta(minutes=15)


def reserve(basket: str, *, account: Account | None, spends: int, now: datetime, member: Member | None = None) -> Reservation:
    """Promise bonuses to a basket; the caller holds the account's lock. What the basket was promised before is void.

    What its client has confirmed for it stays confirmed.
    """
    facts: dict[str, Any] = {"key": f"q_{secrets.token_urlsafe(12)}", "account": account, "spends": spends, "until": now + LASTS}
    former = Reservation.objects.filter(basket=basket, until__gte=now, member=member).exclude(member=None).first()
    facts |= {"member": member, "proven": former.proven if former else 0}
    made, _is_new = Reservation.objects.update_or_create(basket=basket, defaults=facts)
    return made


def prove(key: str, *, now: datetime) -> bool:
    """The client has said the code for what is promised under this key. Whether it is still promised."""
    there = Reservation.objects.filter(key=key, until__gte=now)
    return bool(there.update(proven=F("spends")))


def promised(account: int, *, now: datetime, but: str = "") -> int:
    """Bonuses of an account that were promised to baskets, but to this one. One query."""
    others = Reservation.objects.filter(account=account, until__gte=now).exclude(basket=but)
    return int(others.aggregate(sum=Sum("spends", default=0))["sum"])


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
