"""Members and balances as an export gives them: lists that come in again."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from imports.bulk import batched
from imports.resources import CHUNK, ListField, SafeResource, column
from loyalty import selectors, tiers
from loyalty.listing.members import MEMBERS
from loyalty.models import CardStatus, Lot, LoyaltyCard, Member
from stores.chain_day import day_of

HELD = Prefetch("account__cards", LoyaltyCard.objects.filter(status=CardStatus.ISSUED), to_attr="held_cards")
PRESENT = Prefetch("account__members", Member.objects.present(), to_attr="present_members")


def members(*, families: bool = False) -> QuerySet[Member]:
    """Who has a share in an account now, families together; or families alone."""
    there = Member.objects.present().select_related("client", "account")
    if families:
        many = Member.objects.present().order_by().values("account").annotate(many=Count("pk")).filter(many__gt=1)
        there = there.filter(account__in=many.values("account"))
    return there.prefetch_related(HELD, PRESENT).order_by("account", "pk")


def shown(rows: list[Member], day: date) -> list[Member]:
    """The same with their tier and bonuses of the day: ``tier``, ``now``, ``coming``. Four queries."""
    accounts = {row.account_id for row in rows}
    lots = Lot.objects.filter(account__in=accounts, left__gt=0, until_on__gte=day).order_by().values("account")
    sums = lots.annotate(now=Sum("left", filter=Q(from_on__lte=day), default=0), all=Sum("left"))
    balances = {one["account"]: (one["now"], one["all"] - one["now"]) for one in sums}
    reached = _tiers(accounts, day)
    for row in rows:
        row.now, row.coming = balances.get(row.account_id, (0, 0))  # type: ignore[attr-defined]
        row.tier = reached.get(row.account_id) or ""  # type: ignore[attr-defined]
    return rows


def _tiers(accounts: set[int], day: date) -> dict[int, str]:
    """What each account's members reached together."""
    terms, steps = selectors.terms_and_steps(day)
    if terms is None or not steps:
        return {}
    whose = dict(Member.objects.present().filter(account__in=accounts).values_list("client", "account"))
    spent: defaultdict[int, list[Any]] = defaultdict(list)
    for client, on, total in selectors.buying_days(day).filter(client__in=list(whose)).values_list("client", "day", "total"):
        spent[whose[client]].append((on, total))
    return {account: str(tiers.reached(spent[account], day, steps).step or "") for account in accounts}


def family_of(member: Member) -> object:
    """What the list calls a family by: the number of its account; "" for who is alone."""
    return member.account_id if len(member.account.present_members) > 1 else ""  # type: ignore[attr-defined]


def cards_of(member: Member) -> str:
    return ", ".join(card.shown for card in member.account.held_cards)  # type: ignore[attr-defined]


class MemberResource(SafeResource):
    """One row for a client with a share in an account; what comes out is a list of members again."""

    pk = ListField(MEMBERS, "own", "client__pk")
    name = ListField(MEMBERS, "full_name", "client__full_name")
    phone = ListField(MEMBERS, "phone", "client__phone_shown")
    card = ListField(MEMBERS, "card", cards_of)
    family = ListField(MEMBERS, "family", family_of)
    may_spend = ListField(MEMBERS, "may_spend", lambda member: "" if member.may_spend else _("may not"))
    since = column(_("Member since"), "since")
    tier = column(_("Tier"), "tier")
    now = column(_("Bonuses now"), "now")
    coming = column(pgettext_lazy("bonuses", "Coming"), "coming")
    owed = column(_("Owed bonuses"), "account__owed")

    def iter_queryset(self, queryset: "QuerySet[Any]") -> Iterator[Any]:
        """In chunks, each with what is asked for all its rows at once."""
        day = day_of(timezone.now())
        for some in batched(super().iter_queryset(queryset), CHUNK):
            yield from shown(some, day)
