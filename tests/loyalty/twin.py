"""A chain's loyalty by plain loops: clients, families, receipts piece by piece, lots and debts; slow, obvious, nothing of the product's.

Rows are lists that are searched from their beginning; nothing is cached, nothing is summed twice.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.loyalty.twin_bill import TwinLine, discounts, share_out

WEEKS, YEAR = timedelta(days=14), timedelta(days=365)
SHARE, LEAST = 3_000, 100


@dataclass(eq=False)
class TwinLot:
    number: int
    account: int
    amount: int
    left: int
    first: date
    last: date
    born_of: "TwinReceipt | None" = None
    ended: int = 0


@dataclass(eq=False)
class TwinDebt:
    account: int
    kind: str
    amount: int
    receipt: "TwinReceipt | None" = None


@dataclass(eq=False)
class TwinMember:
    client: int
    account: int
    present: bool = True


@dataclass(eq=False)
class TwinPiece:
    """``parts``: the lots (None: owed) from which its bonuses came."""

    line: TwinLine
    tier: int
    paid: int
    earned: int
    parts: list[tuple[TwinLot | None, int]] = field(default_factory=list)
    returned: bool = False


@dataclass(eq=False)
class TwinReceipt:
    client: int
    day: date
    pieces: list[TwinPiece]
    percent: int
    voided: bool = False
    spent: dict[TwinLot, int] = field(default_factory=dict)
    net: dict[TwinLot, int] = field(default_factory=dict)  # earned in a lot less what was taken back there

    def kept(self) -> list[TwinPiece]:
        return [] if self.voided else [piece for piece in self.pieces if not piece.returned]


@dataclass
class TwinMerge:
    absorbed: int
    survivor: int
    receipts: list[TwinReceipt]
    moved: TwinMember | None = None
    left: TwinMember | None = None
    account: int = 0
    into: int = 0
    rows: list[TwinLot | TwinDebt | TwinMember] = field(default_factory=list)


class Twin:
    def __init__(self) -> None:
        self.lots: list[TwinLot] = []
        self.debts: list[TwinDebt] = []
        self.members: list[TwinMember] = []
        self.receipts: list[TwinReceipt] = []
        self.accounts = 0

    # Who shares what.

    def member(self, client: int) -> TwinMember | None:
        return next((one for one in self.members if one.present and one.client == client), None)

    def sharing(self, account: int) -> list[TwinMember]:
        return [one for one in self.members if one.present and one.account == account]

    def account_of(self, client: int) -> int:
        there = self.member(client)
        if there is None:
            self.accounts += 1
            there = TwinMember(client, self.accounts)
            self.members.append(there)
        return there.account

    def join(self, client: int, other: int) -> bool:
        mine, theirs = self.member(client), self.member(other)
        if mine and theirs and theirs.account == mine.account:
            return True
        if theirs and len(self.sharing(theirs.account)) > 1:
            return False
        account = self.account_of(client)
        if theirs:
            theirs.present = False
            self.pour(theirs.account, account)
        self.members.append(TwinMember(other, account))
        return True

    def leave(self, client: int) -> bool:
        there = self.member(client)
        if there is None or len(self.sharing(there.account)) < 2:
            return False
        there.present = False
        return True

    def pour(self, one: int, into: int) -> list[TwinLot | TwinDebt | TwinMember]:
        rows: list[TwinLot | TwinDebt | TwinMember] = [*self.sharing(one)]
        rows += [lot for lot in self.lots if lot.account == one]
        rows += [debt for debt in self.debts if debt.account == one]
        for row in rows:
            row.account = into
        return rows

    def merge(self, absorbed: int, survivor: int) -> TwinMerge:
        told = TwinMerge(absorbed, survivor, [receipt for receipt in self.receipts if receipt.client == absorbed])
        for receipt in told.receipts:
            receipt.client = survivor
        theirs, mine = self.member(absorbed), self.member(survivor)
        if theirs and mine is None:
            theirs.client, told.moved = survivor, theirs
        elif theirs and mine:
            theirs.present, told.left = False, theirs
            if theirs.account != mine.account:
                told.account, told.into = theirs.account, mine.account
                told.rows = self.pour(theirs.account, mine.account)
        return told

    def part(self, told: TwinMerge) -> None:
        for receipt in told.receipts:
            receipt.client = told.absorbed
        if told.moved and told.moved.present and told.moved.client == told.survivor:
            told.moved.client = told.absorbed
        if told.left is None or self.member(told.absorbed):
            return
        told.left.present = True
        if not told.account:
            return
        for row in told.rows:
            if row.account == told.into and not (isinstance(row, TwinMember) and not row.present):
                row.account = told.account
        for payer, ower in ((told.into, told.account), (told.account, told.into)):
            if (paid := -self.owed(payer)) > 0:
                self.debts += [TwinDebt(payer, "paid", paid), TwinDebt(ower, "paid", -paid)]

    # What there is.

    def owed(self, account: int) -> int:
        return sum(debt.amount for debt in self.debts if debt.account == account)

    def living(self, account: int, day: date) -> list[TwinLot]:
        mine = [lot for lot in self.lots if lot.account == account and lot.left and lot.last >= day]
        return sorted(mine, key=lambda lot: (lot.last, lot.number))

    def usable(self, account: int, day: date) -> list[TwinLot]:
        return [lot for lot in self.living(account, day) if lot.first <= day]

    def balance(self, account: int, day: date) -> tuple[int, int, int]:
        """(now, coming, owed)."""
        now = sum(lot.left for lot in self.usable(account, day))
        return now, sum(lot.left for lot in self.living(account, day)) - now, self.owed(account)

    # A bill.

    def sell(
        self, client: int, lines: list[TwinLine], day: date, wish: int | None, percent: int, tier: int, *, may_spend: bool = True
    ) -> TwinReceipt:
        there = self.member(client)
        balance = sum(lot.left for lot in self.usable(there.account, day)) if there and may_spend else 0
        off, _by_right = discounts(lines, tier, None, LEAST)
        rest = [line.tag - line.off - part for line, part in zip(lines, off, strict=True)]
        asked = [left if line.by_tag else 0 for line, left in zip(lines, rest, strict=True)]
        room = [max(0, left - LEAST) // 100 for left in asked]
        most = min(balance, sum(asked) * SHARE // 1_000_000, sum(room))
        bonus = share_out(most if wish is None else min(wish, most), asked, room)
        paid = [left - 100 * part for left, part in zip(rest, bonus, strict=True)]
        earned = self.earns(paid, lines, percent)
        pieces = [TwinPiece(*one) for one in zip(lines, off, paid, earned, strict=True)]
        receipt = TwinReceipt(client, day, pieces, percent)
        self.receipts.append(receipt)
        if sum(bonus) or sum(earned):
            self.settle(receipt, {None: sum(bonus)} if sum(bonus) else {}, sum(earned), self.account_of(client), day)
            self.deal(receipt, pieces, bonus)
        return receipt

    def earns(self, paid: list[int], lines: list[TwinLine], percent: int) -> list[int]:
        bases = [sum_ if line.by_tag else 0 for sum_, line in zip(paid, lines, strict=True)]
        whole = sum(bases) * percent // 1_000_000
        return share_out(whole, bases, [whole] * len(bases))

    def deal(self, receipt: TwinReceipt, pieces: list[TwinPiece], bonus: list[int]) -> None:
        """From which lots each piece's bonuses came: lots in their order to pieces in theirs."""
        stock: list[tuple[TwinLot | None, int]] = [(lot, amount) for lot, amount in receipt.spent.items() if amount]
        if owed := self.owed_for(receipt, "spend"):
            stock.append((None, owed))
        for piece, want in zip(pieces, bonus, strict=True):
            piece.parts = []
            while want:
                lot, there = stock.pop(0)
                part = min(there, want)
                piece.parts.append((lot, part))
                want -= part
                if there > part:
                    stock.insert(0, (lot, there - part))

    def follow(self, receipt: TwinReceipt, day: date, *, anew: bool = False) -> None:
        """What a receipt spent and earned becomes what its kept pieces say."""
        if anew:
            lines = [piece.line for piece in receipt.pieces]
            for piece, earned in zip(
                receipt.pieces, self.earns([piece.paid for piece in receipt.pieces], lines, receipt.percent), strict=True
            ):
                piece.earned = earned
        kept, want = receipt.kept(), dict[TwinLot | None, int]()
        for piece in kept:
            for lot, amount in piece.parts:
                want[lot] = want.get(lot, 0) + amount
        earned = sum(piece.earned for piece in kept)
        if not (want or earned or receipt.net or receipt.spent or any(debt.receipt is receipt for debt in self.debts)):
            return
        self.settle(receipt, want, earned, self.account_of(receipt.client), day)
        spent: dict[TwinLot | None, int] = {lot: amount for lot, amount in receipt.spent.items() if amount}
        if owed := self.owed_for(receipt, "spend"):
            spent[None] = owed
        if spent != want:
            self.deal(receipt, kept, [sum(amount for _lot, amount in piece.parts) for piece in kept])

    # Moves.

    def owed_for(self, receipt: TwinReceipt, kind: str) -> int:
        return sum(debt.amount for debt in self.debts if debt.receipt is receipt and debt.kind == kind)

    def settle(self, receipt: TwinReceipt, want: dict[TwinLot | None, int], earned: int, account: int, day: date) -> None:
        for lot, amount in list(receipt.spent.items()):
            if (excess := amount - want.get(lot, 0)) > 0:
                self.back_to(lot, excess, day)
                receipt.spent[lot] -= excess
        self.forgive(receipt, "spend", self.owed_for(receipt, "spend") - want.get(None, 0), account, day)
        self.take(receipt, sum(receipt.net.values()) - self.owed_for(receipt, "revoke") - earned, account, day)
        self.spend(receipt, want, account, day)
        self.earn(receipt, earned - sum(receipt.net.values()) + self.owed_for(receipt, "revoke"), account, day)

    def take(self, receipt: TwinReceipt, need: int, account: int, day: date) -> None:
        if need <= 0:
            return
        own = [lot for lot, net in receipt.net.items() if net > 0 and lot.account == account]
        for lot in own:
            if lot.last < day:
                self.lapse(lot)
                part = min(need, receipt.net[lot], lot.ended)
                lot.ended -= part
                receipt.net[lot] -= part
                need -= part
        for lot in sorted(self.living(account, day), key=lambda lot: lot not in own):
            if part := min(need, lot.left):
                lot.left -= part
                receipt.net[lot] = receipt.net.get(lot, 0) - part
                need -= part
        if need:
            self.debts.append(TwinDebt(account, "revoke", need, receipt))

    def spend(self, receipt: TwinReceipt, want: dict[TwinLot | None, int], account: int, day: date) -> None:
        """From the lots that are named first, then from those that end first, then it is owed; bonus by bonus none twice."""
        lack = sum(want.values()) - sum(receipt.spent.values()) - self.owed_for(receipt, "spend")
        named = [(lot, amount - receipt.spent.get(lot, 0)) for lot, amount in want.items() if lot in self.usable(account, day)]
        rest = [(lot, lack) for lot in self.usable(account, day)]
        for lot, most in named + rest:
            if lot and (part := min(most, lack, lot.left)) > 0:
                lot.left -= part
                receipt.spent[lot] = receipt.spent.get(lot, 0) + part
                lack -= part
        if lack > 0:
            self.debts.append(TwinDebt(account, "spend", lack, receipt))

    def earn(self, receipt: TwinReceipt, lack: int, account: int, day: date) -> None:
        for lot, net in sorted(receipt.net.items(), key=lambda one: one[1] <= 0):
            out = (lot.amount if lot.born_of is receipt else 0) - net
            if lot.account == account and (part := min(lack, out)) > 0:
                self.back_to(lot, part, day)
                receipt.net[lot] += part
                lack -= part
        lack -= self.forgive(receipt, "revoke", lack, account, day, of=account)
        if lack > 0:
            first = receipt.day + WEEKS
            lot = self.bear(account, lack, first, first + YEAR)
            lot.born_of, receipt.net[lot] = receipt, lack

    def bear(self, account: int, amount: int, first: date, last: date) -> TwinLot:
        lot = TwinLot(len(self.lots), account, amount, amount, first, last)
        self.lots.append(lot)
        if paid := min(amount, self.owed(account)):
            lot.left -= paid
            self.debts.append(TwinDebt(account, "paid", -paid))
        return lot

    def back_to(self, lot: TwinLot, amount: int, day: date) -> None:
        if lot.last < day:
            self.lapse(lot)
            lot.last = day + WEEKS
        lot.left += amount

    def lapse(self, lot: TwinLot) -> None:
        lot.ended, lot.left = lot.ended + lot.left, 0

    def night(self, day: date) -> None:
        for lot in self.lots:
            if lot.last < day:
                self.lapse(lot)

    def forgive(self, receipt: TwinReceipt, kind: str, amount: int, account: int, day: date, of: int = 0) -> int:
        left = max(0, amount)
        owing: dict[int, int] = {}
        for debt in self.debts:
            if debt.receipt is receipt and debt.kind == kind:
                owing[debt.account] = owing.get(debt.account, 0) + debt.amount
        for who, owed in owing.items():
            if of in (0, who) and (part := min(left, owed)) > 0:
                paid_since = max(0, part - self.owed(who))
                if paid_since:
                    self.debts.append(TwinDebt(who, "paid", paid_since))
                self.debts.append(TwinDebt(who, kind, -part, receipt))
                if paid_since:
                    self.bear(account, paid_since, day, max(receipt.day + WEEKS + YEAR, day + WEEKS))
                left -= part
        return max(0, amount) - left
