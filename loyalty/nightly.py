"""What the night does for the ledger: ended lots are written off, what is left is compared with the entries. Public."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from loyalty.models import Account, Debt, Entry, EntryKind, Lot

CHUNK = 1_000


def expire(day: date) -> int:
    """Write off what is left of lots that do not live on the day any more. Returns how many; safe to run at any time.

    The key of an entry holds the lot and its last day: a lot that was revived may end a second time.
    """
    ended = 0
    while written := _expire_some(day):
        ended += written
    return ended


@transaction.atomic
def _expire_some(day: date) -> int:
    accounts = list(Lot.objects.lapsed_on(day).order_by("account").values_list("account", flat=True).distinct()[:CHUNK])
    list(Account.objects.select_for_update().filter(pk__in=accounts).order_by("pk").values_list("pk", flat=True))
    lots = list(Lot.objects.lapsed_on(day).filter(account__in=accounts))
    Entry.objects.bulk_create(_end(lot) for lot in lots)
    Lot.objects.filter(pk__in=[lot.pk for lot in lots]).update(left=0)
    Lot.objects.bulk_update(lots, ["moved_on"], batch_size=CHUNK)
    return len(lots)


def _end(lot: Lot) -> Entry:
    lot.moved_on = max(lot.moved_on, lot.until_on + timedelta(days=1))
    key = f"lot:{lot.pk}:{lot.until_on}:{EntryKind.EXPIRE}:{lot.pk}"
    return Entry(lot=lot, kind=EntryKind.EXPIRE, amount=-lot.left, on=lot.moved_on, key=key)


def differences() -> Iterator[str]:
    """Lots of which something else is left than their entries say, and accounts that owe something else than their debts.

    Two queries.
    """
    moves = Entry.objects.filter(lot=OuterRef("pk")).order_by().values("lot").annotate(sum=Sum("amount")).values("sum")
    lots = Lot.objects.annotate(moved=Coalesce(Subquery(moves), 0)).filter(~Q(left=F("moved")))
    for lot, whose, left, moved in lots.order_by("pk").values_list("pk", "account", "left", "moved"):
        yield f"lot {lot} of account {whose}: {left} left, {moved} by its entries"
    debts = Debt.objects.filter(account=OuterRef("pk")).order_by().values("account").annotate(sum=Sum("amount")).values("sum")
    accounts = Account.objects.annotate(told=Coalesce(Subquery(debts), 0)).filter(~Q(owed=F("told")))
    for account, owed, told in accounts.order_by("pk").values_list("pk", "owed", "told"):
        yield f"account {account}: {owed} owed, {told} by its debts"
