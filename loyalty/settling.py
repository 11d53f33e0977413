"""What a receipt has spent and earned, made what it is to be. Every act on a receipt ends here: sale, return, correction, void.

The difference between what is wanted and what the entries say is entered, so the same wish twice is one. Public.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Sum

from loyalty.ledger import Birth, Use
from loyalty.ledger import Book as Book
from loyalty.models import Account, Debt, DebtKind, Entry, EntryKind, Lot, Member
from stores.models import Employee


class Wanted(NamedTuple):
    """What a receipt is to have spent, lot by lot (None: from whichever end first, else owed), and earned.

    ``birth`` is what a lot will be that it earns.
    """

    spent: Mapping[int | None, int]
    earned: int
    birth: Birth


class Settled(NamedTuple):
    """What came of it: all that the receipt has spent now, and what moved: given back, taken back, newly owed."""

    spent: list[Use]
    given_back: int
    revoked: int
    owed: int


_MOVED = """
SELECT 0, entry.id, entry.lot_id, lot.account_id, entry.kind, entry.amount
FROM loyalty_entry entry JOIN loyalty_lot lot ON lot.id = entry.lot_id WHERE entry.receipt_key = %s
UNION ALL SELECT 1, id, NULL, account_id, kind, amount FROM loyalty_debt WHERE receipt_key = %s
ORDER BY 1, 2"""


class _Standing:
    """What the entries and debts say of a receipt: spent and earned lot by lot, and what is owed for it by whom."""

    def __init__(self, receipt: str, *, is_new: bool) -> None:
        self.spent: defaultdict[int, int] = defaultdict(int)
        self.earned: defaultdict[int, int] = defaultdict(int)
        self.owed: defaultdict[tuple[DebtKind, int], int] = defaultdict(int)
        self.accounts: set[int] = set()
        if not is_new:
            self._read(receipt)

    def _read(self, receipt: str) -> None:
        """One query."""
        with connection.cursor() as cursor:
            cursor.execute(_MOVED, (receipt, receipt))
            rows = cursor.fetchall()
        for is_debt, _pk, lot, account, kind, amount in rows:
            self.accounts.add(account)
            if is_debt:
                self.owed[DebtKind(kind), account] += amount
            elif kind in (EntryKind.SPEND, EntryKind.UNSPEND):
                self.spent[lot] -= amount
            else:
                self.earned[lot] += amount

    def lots(self) -> set[int]:
        return {*self.spent, *self.earned}

    def owed_for(self, kind: DebtKind) -> int:
        return sum(amount for (why, _account), amount in self.owed.items() if why == kind)

    def uses(self) -> list[Use]:
        lots = [Use(lot, amount) for lot, amount in self.spent.items() if amount]
        owed = self.owed_for(DebtKind.SPEND)
        return [*lots, Use(None, owed)] if owed else lots


def knows(receipt: str) -> bool:
    """Whether a receipt ever moved bonuses. At most two queries."""
    return any(table.objects.filter(receipt_key=receipt).exists() for table in (Entry, Debt))


def owed_for_spend(receipt: str) -> int:
    """Bonuses that a receipt spent and that were not there. One query."""
    debts = Debt.objects.filter(receipt_key=receipt, kind=DebtKind.SPEND)
    return int(debts.aggregate(sum=Sum("amount", default=0))["sum"])


def open_book(member: Member, *, on: date) -> Book:
    """The account of a member whose row the caller has locked, with its lots. One query."""
    return Book(member.account_id, on=on, by=None, key="", held=member.account)


@transaction.atomic(savepoint=False)
def settle(
    receipt: str, wanted: Wanted, *, account: int, version: str, on: date, by: Employee | None, is_new: bool = False,
    book: Book | None = None, held: Account | None = None,
) -> Settled:  # fmt: skip
    """Make what a receipt spent and earned what is wanted: give back first, then take back, then spend, then earn.

    What cannot be taken from the lots of the account is owed. The caller has locked the client. ``is_new``: nothing stands yet;
    ``book``: its account as the caller holds it, of that day; ``held``: the account, whose row the caller has just locked.
    """
    stands = _Standing(receipt, is_new=is_new)
    if book is None:
        book = Book(account, on=on, by=by, also=stands.accounts, lots=stands.lots(), key="", held=held)
    book.by, book.key, book.receipt = by, f"{receipt}:{version}", receipt
    given_back = _give_back(book, stands, wanted)
    revoked, owed = _take_back(book, stands, wanted.earned)
    owed += _spend(book, stands, wanted)
    _earn(book, stands, wanted)
    book.close()
    return Settled(stands.uses(), given_back, revoked, owed)


def _give_back(book: Book, stands: _Standing, wanted: Wanted) -> int:
    """To each lot what the receipt draws from it no more, and what it owes no more. Returns how much."""
    back = 0
    for lot, amount in stands.spent.items():
        if (excess := amount - wanted.spent.get(lot, 0)) > 0:
            book.give_back(book.lots[lot], EntryKind.UNSPEND, excess)
            stands.spent[lot] -= excess
            back += excess
    excess = stands.owed_for(DebtKind.SPEND) - wanted.spent.get(None, 0)
    return back + _forgive(book, stands, DebtKind.SPEND, excess, wanted.birth)


def _forgive(book: Book, stands: _Standing, kind: DebtKind, amount: int, birth: Birth, of: int = 0) -> int:
    """What is owed for the receipt is owed no more, as far as the amount goes. Returns how much."""
    left = max(0, amount)
    for (why, account), owed in stands.owed.items():
        if why == kind and of in (0, account) and (part := min(left, owed)) > 0:
            book.forgive(kind, part, birth, account=account)
            stands.owed[why, account] -= part
            left -= part
    return max(0, amount) - left


def _take_back(book: Book, stands: _Standing, earned: int) -> tuple[int, int]:
    """What was earned too much: from the lot of the receipt, else from others. Returns how much, and how much is owed."""
    excess = sum(stands.earned.values()) - stands.owed_for(DebtKind.REVOKE) - earned
    if excess <= 0:
        return 0, 0
    own = [book.lots[lot] for lot, net in stands.earned.items() if net > 0 and book.lots[lot].account_id == book.account]
    taken = 0
    for lot in own:
        if lot.until_on < book.on:
            taken += book.take_ended(lot, min(excess - taken, stands.earned[lot.pk]))
    own_first = sorted(book.living(), key=lambda lot: lot not in own)
    taken += sum(use.amount for use in book.draw(excess - taken, EntryKind.REVOKE, own_first))
    if owed := excess - taken:
        book.owe(DebtKind.REVOKE, owed)
    return excess, owed


def _spend(book: Book, stands: _Standing, wanted: Wanted) -> int:
    """What is spent more: from the lots that are named as far as they go, the rest from those that end first.

    Returns how much is owed.
    """
    stood = {lot: stands.spent.get(lot, 0) if lot else stands.owed_for(DebtKind.SPEND) for lot in wanted.spent}
    rest = 0
    for lot, amount in wanted.spent.items():
        if (lack := amount - stood[lot]) > 0:
            rest += lack - _draw(book, stands, lack, [one for one in book.usable() if one.pk == lot])
    if owed := rest - _draw(book, stands, rest, book.usable()):
        book.owe(DebtKind.SPEND, owed)
        stands.owed[DebtKind.SPEND, book.account] += owed
    return owed


def _draw(book: Book, stands: _Standing, amount: int, lots: Iterable[Lot]) -> int:
    uses = book.draw(amount, EntryKind.SPEND, lots)
    for use in uses:
        stands.spent[use.lot or 0] += use.amount
    return sum(use.amount for use in uses)


def _earn(book: Book, stands: _Standing, wanted: Wanted) -> None:
    """What is earned more: what was taken back for the receipt comes back first, then debts for it go, the rest is a new lot."""
    lack = wanted.earned - sum(stands.earned.values()) + stands.owed_for(DebtKind.REVOKE)
    for key, net in sorted(stands.earned.items(), key=lambda one: one[1] <= 0):
        lot = book.lots[key]
        outstanding = (lot.amount if lot.born_of == book.receipt else 0) - net
        if lot.account_id == book.account and (part := min(lack, outstanding)) > 0:
            book.give_back(lot, EntryKind.EARN, part)
            lack -= part
    lack -= _forgive(book, stands, DebtKind.REVOKE, lack, wanted.birth, of=book.account)
    if lack > 0:
        book.bear(lack, wanted.birth, key=book.key)
