"""Bonuses moved under the lock of their accounts: what is left of a lot and its entries are written together."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from loyalty.models import Account, Debt, DebtKind, Entry, EntryKind, Lot, Source, Terms
from stores.models import Employee

# The lots of a receipt go to the database together; a sale is waited for.
_MOVED = 'UPDATE loyalty_lot SET "left" = %s, until_on = %s, moved_on = %s WHERE id = %s'
# So long a lot that lapsed lives, from the day on which something is given back to it.
REVIVED = timedelta(days=14)


class Use(NamedTuple):
    """Bonuses drawn from a lot; without one they were not there and are owed."""

    lot: int | None
    amount: int


class Birth(NamedTuple):
    """What a new lot is besides its sum."""

    source: Source
    from_on: date
    until_on: date
    terms: Terms | None = None


class Book:
    """Accounts opened for writing on a day: their rows locked, their lots in hand. ``close`` writes what was entered."""

    def __init__(
        self, account: int, *, on: date, by: Employee | None, also: Collection[int] = (), lots: Collection[int] = (), key: str,
        receipt: str = "", held: Account | None = None,
    ) -> None:  # fmt: skip
        """``lots``: to which something may be given back, ``also`` their accounts. ``key`` begins the keys of what is entered.

        ``held``: the account, whose row the caller has locked and read.
        """
        self.accounts = {held.pk: held} if held else {}
        if keys := {account, *also} - self.accounts.keys():
            rows = Account.objects.select_for_update().filter(pk__in=keys).order_by("pk")
            self.accounts |= {one.pk: one for one in rows}
        self.account, self.on, self.by, self.key, self.receipt = account, on, by, key, receipt
        self.lots: dict[int, Lot] = {}
        self._stored: dict[int, tuple[int, date, date]] = {}
        living = Q(account=account, left__gt=0, until_on__gte=on)
        self.load(Lot.objects.filter(living | Q(pk__in=lots) if lots else living))
        self._entries: dict[tuple[int, str, str], Entry] = {}
        self._debts: list[Debt] = []

    def load(self, lots: "QuerySet[Lot]") -> None:
        """Lots are locked too: the night ends them without asking for their accounts."""
        for lot in lots.select_for_update(no_key=True).order_by("pk"):
            if lot.pk not in self.lots:
                self._keep(lot)

    def _keep(self, lot: Lot) -> None:
        self.lots[lot.pk], self._stored[lot.pk] = lot, (lot.left, lot.until_on, lot.moved_on)

    def usable(self) -> list[Lot]:
        """What can be spent on the day, lots that end first in front."""
        return [lot for lot in self.living() if lot.from_on <= self.on]

    def living(self) -> list[Lot]:
        """Lots of the account of which something is left and that have not ended, those that end first in front."""
        mine = [lot for lot in self.lots.values() if lot.account_id == self.account and lot.left and lot.until_on >= self.on]
        return sorted(mine, key=lambda lot: (lot.until_on, lot.pk))

    def draw(self, amount: int, kind: EntryKind, lots: Iterable[Lot]) -> list[Use]:
        """Take bonuses from lots in their order, as far as they go."""
        uses = []
        for lot in lots:
            if taken := min(amount, lot.left):
                self.enter(lot, kind, -taken)
                uses.append(Use(lot.pk, taken))
                amount -= taken
        return uses

    def give_back(self, lot: Lot, kind: EntryKind, amount: int) -> None:
        """To the lot that they came from; one that lapsed lives a little longer, without what had ended in it."""
        if lot.until_on < self.on:
            self.lapse(lot)
            lot.until_on = self.on + REVIVED
        self.enter(lot, kind, amount)

    def lapse(self, lot: Lot) -> int:
        """Write off what is left of a lot that has ended, as the night would. Returns how much."""
        if ended := lot.left:
            self.enter(lot, EntryKind.EXPIRE, -ended, cause=f"lot:{lot.pk}:{lot.until_on}", on=lot.until_on + timedelta(days=1))
        return ended

    def take_ended(self, lot: Lot, amount: int) -> int:
        """Take back from what ended unused in a lot, as far as it goes: it is nobody's any more. Returns how much."""
        unused = Q(kind=EntryKind.EXPIRE) | Q(key__contains=":ended:")
        ended = self.lapse(lot) - int(lot.entries.filter(unused).aggregate(sum=Sum("amount", default=0))["sum"])
        if part := min(amount, ended):
            self.enter(lot, EntryKind.EARN, part, cause=f"{self.key}:ended")
            self.enter(lot, EntryKind.REVOKE, -part)
        return part

    def enter(self, lot: Lot, kind: EntryKind, amount: int, *, cause: str = "", on: date | None = None) -> None:
        lot.left += amount
        lot.moved_on = max(lot.moved_on, on or self.on)
        receipt = "" if cause else self.receipt
        entry = self._entries.get((lot.pk, kind, receipt))
        if entry is None:
            key = f"{cause or self.key}:{kind.value}:{lot.pk}"
            entry = Entry(lot=lot, kind=kind, amount=0, on=lot.moved_on, by=self.by, receipt_key=receipt, key=key)
            self._entries[lot.pk, kind, receipt] = entry
        entry.amount += amount

    def bear(self, amount: int, birth: Birth, *, key: str, cause: str = "") -> Lot:
        """A new lot; it pays first what the account owes."""
        lot = Lot(account_id=self.account, amount=amount, left=amount, moved_on=self.on, occasion_key=key, **birth._asdict())
        lot.save()
        self._keep(lot)
        lot.left = 0
        self.enter(lot, EntryKind.EARN, amount, cause=cause)
        if paid := min(amount, self.accounts[self.account].owed):
            self.enter(lot, EntryKind.REVOKE, -paid, cause="owed")
            self.owe(DebtKind.PAID, -paid, cause=f"owed:{lot.pk}")
        return lot

    def owe(self, kind: DebtKind, amount: int, *, cause: str = "", account: int = 0) -> None:
        """More (or less) is owed by the account, or by another one that was opened with it."""
        who = account or self.account
        self.accounts[who].owed += amount
        receipt = "" if cause else self.receipt
        key = f"{cause or self.key}:{kind.value}:owed:{who}"
        self._debts.append(Debt(account_id=who, kind=kind, amount=amount, on=self.on, receipt_key=receipt, key=key))

    def forgive(self, kind: DebtKind, amount: int, birth: Birth, *, account: int) -> None:
        """What a receipt made the account owe is owed no more; what new bonuses have paid of it meanwhile comes as a lot."""
        back = max(0, amount - self.accounts[account].owed)
        if back:
            self.owe(DebtKind.PAID, back, cause=f"{self.key}:back:{kind.value}", account=account)
        self.owe(kind, -amount, account=account)
        if back:
            as_usable = birth._replace(from_on=self.on, until_on=max(birth.until_on, self.on + REVIVED))
            self.bear(back, as_usable, key=f"{self.key}:back:{kind.value}", cause=f"{self.key}:back")

    def close(self) -> None:
        moved = {entry.lot_id: self.lots[entry.lot_id] for entry in self._entries.values()}.values()
        changed = [lot for lot in moved if self._stored.get(lot.pk) != (lot.left, lot.until_on, lot.moved_on)]
        if changed:
            with connection.cursor() as cursor:
                cursor.executemany(_MOVED, [(lot.left, lot.until_on, lot.moved_on, lot.pk) for lot in changed])
        if self._entries:
            Entry.objects.bulk_create(self._entries.values())
        if self._debts:
            Debt.objects.bulk_create(self._debts)
            Account.objects.bulk_update(self.accounts.values(), ["owed"])
