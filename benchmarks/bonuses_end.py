"""The night in which one lot in two hundred ends, among a million accounts with five lots each.

The peers: the bare select of the lots that end, and the same rows written by two bare statements, without locks and chunks. Beside
it the balance of one account, against three look-ups by primary key.
"""

from datetime import date, timedelta

from django.db import connection, transaction

from benchmarks.measure import in_turn, tell
from loyalty import nightly, selectors
from loyalty.models import Account, Lot

DAY = date(2026, 11, 28)
ENDS, LOTS, ASKED = 200, 5, 200  # one lot in so many ends on the day; so many lots an account


def run(scale: float) -> bool:
    with transaction.atomic():
        accounts = _make(int(1_000_000 * scale))
        ended = Lot.objects.filter(left__gt=0, until_on__lt=DAY).count()
        seconds, selected = in_turn(_night, _bare), in_turn(_night, _select)
        keys = list(Account.objects.order_by("-pk").values_list("pk", flat=True)[:ASKED])
        balance = in_turn(lambda: [selectors.balance_on(key, DAY) for key in keys], lambda: _look_up(keys))
        assert ended == accounts * LOTS // ENDS
        assert selectors.balance_on(Account.objects.order_by("-pk")[0].pk, DAY).now == (LOTS - 1) * 100
        transaction.set_rollback(True)
    return all([
        tell("bonuses_end", scale, *seconds, at_most=3),
        tell("bonuses_end-select", scale, *selected, at_most=10),
        tell("balance", scale, *balance, at_most=1),
    ])  # fmt: skip


def _make(accounts: int) -> int:
    """Accounts of five lots of 100; the lots of every fortieth account lose one on the day."""
    first = (Account.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    values = {
        "first": first,
        "last": first + accounts - 1,
        "ends": DAY - timedelta(days=1),
        "day": DAY - timedelta(days=90),
        "lots": LOTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO loyalty_account (id, owed, opened_at) SELECT n, 0, now() FROM generate_series(%(first)s, %(last)s) n",
            values,
        )
        cursor.execute(_LOTS, values)
        cursor.execute(_ENTRIES, values)
        cursor.execute("ANALYZE loyalty_lot")
        cursor.execute("ANALYZE loyalty_entry")
    return accounts


_LOTS = """
INSERT INTO loyalty_lot (account_id, amount, "left", source, from_on, until_on, moved_on, occasion_key)
SELECT n, 100, 100, 'goodwill', %(day)s, CASE WHEN k = 0 AND (%(last)s - n) %% 40 = 0 THEN %(ends)s ELSE %(ends)s::date + 30 * k + n %% 29 + 2 END,
    %(day)s, 'bench:' || n || ':' || k
FROM generate_series(%(first)s, %(last)s) n, generate_series(0, %(lots)s - 1) k"""
_ENTRIES = """
INSERT INTO loyalty_entry (lot_id, kind, amount, "on", at, receipt_key, key)
SELECT id, 'earn', 100, %(day)s, now(), '', occasion_key || ':earn' FROM loyalty_lot WHERE account_id >= %(first)s"""


def _night() -> None:
    with transaction.atomic():
        assert nightly.expire(DAY)
        transaction.set_rollback(True)


def _select() -> None:
    with connection.cursor() as cursor:
        cursor.execute('SELECT id, account_id, "left", until_on FROM loyalty_lot WHERE "left" > 0 AND until_on < %s', [DAY])
        assert cursor.fetchall()


def _look_up(keys: list[int]) -> None:
    """Three rows of each by their primary keys."""
    for key in keys:
        for _row in range(3):
            Account.objects.get(pk=key)


def _bare() -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_BARE_ENTRIES, {"day": DAY})
            cursor.execute('UPDATE loyalty_lot SET "left" = 0, moved_on = until_on + 1 WHERE "left" > 0 AND until_on < %s', [DAY])
        transaction.set_rollback(True)


_BARE_ENTRIES = """
INSERT INTO loyalty_entry (lot_id, kind, amount, "on", at, receipt_key, key)
SELECT id, 'expire', -"left", until_on + 1, now(), '', 'bare:' || id FROM loyalty_lot WHERE "left" > 0 AND until_on < %(day)s"""
