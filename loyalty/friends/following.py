"""Friends of two cards that become one, and two again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from loyalty.friends import acts
from loyalty.models import Referral, ReferralStatus, VoidReason


def move(absorbed: int, survivor: int, *, on: date) -> dict[str, Any]:
    """The survivor brought whom both brought; who brought each other did not. Returns what ``restore`` needs."""
    both = Referral.objects.filter(Q(referrer=absorbed, friend=survivor) | Q(referrer=survivor, friend=absorbed))
    one_person = list(both.exclude(status=ReferralStatus.VOID))
    acts.void(one_person, VoidReason.SAME, on=on)
    mine = Referral.objects.exclude(pk__in=both.values("pk"))
    brought = list(mine.filter(referrer=absorbed).exclude(friend=survivor).values_list("pk", flat=True))
    Referral.objects.filter(pk__in=brought).update(referrer=survivor)
    friend = [] if Referral.objects.filter(friend=survivor).exists() else list(
        mine.filter(friend=absorbed).exclude(referrer=survivor).values_list("pk", flat=True)
    )  # fmt: skip
    Referral.objects.filter(pk__in=friend).update(friend=survivor)
    moved = {"one person": [one.pk for one in one_person], "brought": brought, "friend": friend}
    return {"referrals": moved} if any(moved.values()) else {}


def restore(moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
    """What was moved and still is where it was put goes back; a friend that was void for being one waits again."""
    told = moved.get("referrals", {})
    Referral.objects.filter(pk__in=told.get("brought", []), referrer=survivor).update(referrer=absorbed)
    Referral.objects.filter(pk__in=told.get("friend", []), friend=survivor).update(friend=absorbed)
    again = Referral.objects.filter(pk__in=told.get("one person", []), reason=VoidReason.SAME)
    again.update(status=ReferralStatus.REGISTERED, reason="")
