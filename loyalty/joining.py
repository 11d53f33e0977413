"""Accounts of two cards that become one, and two again by what was recorded. Public."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Sum

from clients.models import Client
from loyalty.models import Account, Debt, DebtKind, Lot, LoyaltyCard, Member
from loyalty.services import FamilyError


def join(absorbed: int, survivor: int, *, on: date) -> dict[str, Any]:
    """The one card has the bonuses of both; a family comes along. Returns what ``part`` needs to give it back.

    Both clients are locked by the caller.
    """
    theirs, mine = (Member.objects.present().filter(client=client).first() for client in (absorbed, survivor))
    if theirs is None:
        return {}
    if mine is None:
        Member.objects.filter(pk=theirs.pk).update(client=survivor)
        return {"member": theirs.pk}
    theirs.left_on(on)
    if theirs.account_id == mine.account_id:
        return {"left": theirs.pk}
    return {"left": theirs.pk, **_pour(theirs.account_id, mine.account_id)}


def bring(client: Client, account: int, *, on: date, may_spend: bool) -> Member:
    """The client has a share in a family's account; bonuses of their own become the family's.

    Both clients are locked by the caller. Raises FamilyError where they share another account with somebody.
    """
    theirs = Member.objects.present().filter(client=client).first()
    if theirs is not None and theirs.account_id == account:
        return theirs
    if theirs is not None:
        if Member.objects.present().filter(account=theirs.account_id).exclude(pk=theirs.pk).exists():
            raise FamilyError
        theirs.left_on(on)
        _pour(theirs.account_id, account)
    return Member.objects.create(account_id=account, client=client, since=on, may_spend=may_spend)


def _pour(one: int, into: int) -> dict[str, Any]:
    """All of an account becomes another's."""
    _lock(one, into)
    moved: dict[str, Any] = {"account": one, "into": into}
    for name, rows in _rows(one).items():
        moved[name] = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(account=into)
    _count_owed(one, into)
    return moved


def _rows(account: int) -> dict[str, Any]:
    return {
        "members": Member.objects.present().filter(account=account),
        "lots": Lot.objects.filter(account=account),
        "debts": Debt.objects.filter(account=account),
        "cards": LoyaltyCard.objects.filter(account=account),
    }


def part(moved: Mapping[str, Any], absorbed: int, survivor: int, *, on: date) -> None:
    """Give back what was joined and still is where it was put. What was earned, spent and owed since stays."""
    if "member" in moved:
        Member.objects.present().filter(pk=moved["member"], client=survivor).update(client=absorbed)
    if "left" not in moved or Member.objects.present().filter(client=absorbed).exists():
        return
    Member.objects.filter(pk=moved["left"]).update(until=None)
    if "account" not in moved:
        return
    one, into = moved["account"], moved["into"]
    _lock(one, into)
    for name, rows in _rows(into).items():
        rows.filter(pk__in=moved.get(name, [])).update(account=one)
    _settle_owed(one, into, on)
    _count_owed(one, into)


def _lock(*accounts: int) -> None:
    list(Account.objects.select_for_update().filter(pk__in=accounts).order_by("pk").values_list("pk", flat=True))


def _owed(account: int) -> int:
    return int(Debt.objects.filter(account=account).aggregate(sum=Sum("amount", default=0))["sum"])


def _count_owed(*accounts: int) -> None:
    for account in accounts:
        Account.objects.filter(pk=account).update(owed=_owed(account))


def _settle_owed(one: int, into: int, on: date) -> None:
    """What one account paid while they were one, for a debt that is the other's again, is paid for the other."""
    for payer, ower in ((into, one), (one, into)):
        if (paid := -_owed(payer)) > 0:
            times = Debt.objects.filter(key__startswith=f"parted:{one}:{into}:").count()
            key = f"parted:{one}:{into}:{times}"
            Debt.objects.create(account_id=payer, kind=DebtKind.PAID, amount=paid, on=on, key=f"{key}:payer")
            Debt.objects.create(account_id=ower, kind=DebtKind.PAID, amount=-paid, on=on, key=f"{key}:ower")
