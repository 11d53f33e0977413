"""What the night does for the ledger: ended lots are written off, what is left is compared with the entries. Public."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from loyalty.models import Account, Certificate, CertificateMove, Debt, Entry, Lot, Right, RightUse
from visits import dialect

CHUNK = 50_000
HALF = Decimal("0.005")  # half a kopeck: SQLite adds up sums as floats
# Lots that have ended: emptied and entered by one statement, which skips what a till holds this moment: the next night has it.
# ``FROM due`` brings what was left; an entry is made of what the update found, so that neither is without the other.
_END = """
WITH due AS MATERIALIZED (
    SELECT id, "left", until_on, GREATEST(moved_on, until_on + 1) AS next
    FROM loyalty_lot WHERE "left" > 0 AND until_on < %s LIMIT %s FOR NO KEY UPDATE SKIP LOCKED
), emptied AS (
    UPDATE loyalty_lot SET "left" = 0, moved_on = due.next FROM due WHERE loyalty_lot.id = due.id
    RETURNING due.id, due."left", due.until_on, due.next
)
INSERT INTO loyalty_entry (lot_id, kind, amount, "on", at, by_id, receipt_key, key)
SELECT id, 'expire', -"left", next, %s, NULL, '', 'lot:' || id || ':' || until_on || ':expire:' || id FROM emptied"""
# The same for SQLite, whose one writer is alone.
_ENTER = """
INSERT INTO loyalty_entry (lot_id, kind, amount, "on", at, by_id, receipt_key, key)
SELECT id, 'expire', -"left", max(moved_on, {next}), %s, NULL, '', 'lot:' || id || ':' || until_on || ':expire:' || id
FROM loyalty_lot WHERE "left" > 0 AND until_on < %s"""
_EMPTY = 'UPDATE loyalty_lot SET "left" = 0, moved_on = max(moved_on, {next}) WHERE "left" > 0 AND until_on < %s'


def expire(day: date) -> int:
    """Write off what is left of lots that do not live on the day any more. Returns how many; safe to run at any time.

    The key of an entry holds the lot and its last day: a lot that was revived may end a second time. Many at once stand each in a
    transaction of its own, so that what was done stays done; whoever writes about a lot holds it (``ledger.Book``).
    """
    if not dialect.is_postgres():
        return _expire_all(day)
    ended = 0
    while written := _expire_some(day):
        ended += written
    return ended


@transaction.atomic
def _expire_some(day: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_END, (day, CHUNK, timezone.now()))
        return int(cursor.rowcount)


@transaction.atomic
def _expire_all(day: date) -> int:
    next_day = dialect.plus_days("until_on", 1)
    with connection.cursor() as cursor:
        cursor.execute(_ENTER.format(next=next_day), (timezone.now(), day))
        cursor.execute(_EMPTY.format(next=next_day), (day,))
        return int(cursor.rowcount)


def differences() -> Iterator[str]:
    """Lots and certificates of which something else is left than their entries say, accounts that owe something else than their
    debts, coupons with more or fewer uses left than were used. Four queries.
    """
    moves = Entry.objects.filter(lot=OuterRef("pk")).order_by().values("lot").annotate(sum=Sum("amount")).values("sum")
    lots = Lot.objects.annotate(moved=Coalesce(Subquery(moves), 0)).filter(~Q(left=F("moved")))
    for lot, whose, left, moved in lots.order_by("pk").values_list("pk", "account", "left", "moved"):
        yield f"lot {lot} of account {whose}: {left} left, {moved} by its entries"
    debts = Debt.objects.filter(account=OuterRef("pk")).order_by().values("account").annotate(sum=Sum("amount")).values("sum")
    accounts = Account.objects.annotate(told=Coalesce(Subquery(debts), 0)).filter(~Q(owed=F("told")))
    for account, owed, told in accounts.order_by("pk").values_list("pk", "owed", "told"):
        yield f"account {account}: {owed} owed, {told} by its debts"
    yield from _of_certificates()
    yield from _of_rights()


def _of_certificates() -> Iterator[str]:
    moves = CertificateMove.objects.filter(certificate=OuterRef("pk")).order_by().values("certificate")
    told = Certificate.objects.annotate(moved=Coalesce(Subquery(moves.annotate(all=Sum("sum")).values("all")), Decimal(0)))
    apart = told.annotate(apart=F("left") - F("moved")).exclude(apart__range=(-HALF, HALF)).order_by("pk")
    for one, left, moved in apart.values_list("pk", "left", "moved"):
        yield f"certificate {one}: {left:.2f} left, {moved:.2f} by its moves"


def _of_rights() -> Iterator[str]:
    drawn = RightUse.objects.standing().filter(right=OuterRef("pk"), is_drawn=True).order_by().values("right")
    told = Right.objects.annotate(used_up=Coalesce(Subquery(drawn.annotate(all=Count("pk")).values("all")), 0))
    differing = told.filter(~Q(uses_left=F("uses") - F("used_up"))).order_by("pk")
    for one, left, times in differing.values_list("pk", "uses_left", "used_up"):
        yield f"coupon {one}: {left} uses left, {times} used"
