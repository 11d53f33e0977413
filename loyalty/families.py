"""A family's account, by hand: who joins, who leaves, who may spend. Public."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from clients import locking
from clients.models import Client
from loyalty import joining, selectors, services
from loyalty.models import Member


class Joining(NamedTuple):
    """Who may join, and what becomes of the bonuses that they have: ``bonuses`` of their own become the family's."""

    client: Client
    bonuses: int
    is_in_another: bool


def family_of(client: Client) -> list[Member]:
    """All who have a share in the client's account, in the order in which they came. Two queries."""
    mine = selectors.member_of(client.pk)
    return list(Member.objects.present().filter(account=mine.account_id).select_related("client")) if mine else []


def who_joins(client: Client, other: Client, day: date) -> Joining:
    """What it means that the other joins. At most four queries."""
    theirs = selectors.member_of(other.pk)
    if theirs is None:
        return Joining(other, 0, is_in_another=False)
    shared = Member.objects.present().filter(account=theirs.account_id).exclude(client__in=[client, other]).exists()
    balance = selectors.balance_on(theirs.account_id, day)
    return Joining(other, balance.now + balance.coming, shared)


@transaction.atomic
def join(client: Client, other: Client, *, on: date, may_spend: bool) -> Member:
    """The other gets a share in the client's account, opened now where there is none. Raises FamilyError, GoneError."""
    for one in sorted((client, other), key=lambda each: each.pk):
        locking.standing(one)
    account = services.open_account(client.pk, on=on)
    return joining.bring(other, account.pk, on=on, may_spend=may_spend)


@transaction.atomic
def leave(member: Member, *, on: date) -> bool:
    """The member's share ends; the bonuses stay. Whether it did now: who is alone, or left before, does not."""
    locking.lock(member.client)
    present = Member.objects.present().filter(account=member.account_id)
    if not present.filter(pk=member.pk).exists() or present.count() < 2:
        return False
    services.leave(member, on=on)
    return True


def let_spend(member: Member, *, may_spend: bool) -> bool:
    """Whether the member may spend the family's bonuses; whether that was news."""
    return bool(Member.objects.present().filter(pk=member.pk).exclude(may_spend=may_spend).update(may_spend=may_spend))
