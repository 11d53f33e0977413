"""The ledger by plain loops: receipts that spend, earn, come back and stand again; slow, obvious, and nothing of the product's."""

from dataclasses import dataclass, field
from datetime import date, timedelta

REVIVED = timedelta(days=14)
WEEKS_AFTER = timedelta(days=14)
YEAR = timedelta(days=365)


@dataclass
class TwinLot:
    number: int
    left: int
    first: date
    last: date
    ended: int = 0
    outstanding: dict[int, int] = field(default_factory=dict)  # receipt → taken back from here for it


@dataclass
class TwinReceipt:
    spent: dict[int | None, int] = field(default_factory=dict)  # lot (None: owed) → how much
    earned: int = 0
    owed: int = 0
    lot: int | None = None
    last: date = date.min  # of what it earned


class Twin:
    """One account."""

    def __init__(self) -> None:
        self.lots: list[TwinLot] = []
        self.receipts: dict[int, TwinReceipt] = {}
        self.owed = 0

    def living(self, day: date) -> list[TwinLot]:
        return sorted((lot for lot in self.lots if lot.left and lot.last >= day), key=lambda lot: (lot.last, lot.number))

    def balance(self, day: date) -> int:
        return sum(lot.left for lot in self.living(day) if lot.first <= day)

    def coming(self, day: date) -> int:
        return sum(lot.left for lot in self.living(day) if lot.first > day)

    def bear(self, amount: int, first: date, last: date) -> TwinLot:
        lot = TwinLot(len(self.lots), amount, first, last)
        self.lots.append(lot)
        paid = min(amount, self.owed)
        lot.left -= paid
        self.owed -= paid
        return lot

    def draw(self, amount: int, lots: list[TwinLot]) -> dict[int, int]:
        drawn: dict[int, int] = {}
        for lot in lots:
            if part := min(amount, lot.left):
                lot.left -= part
                amount -= part
                drawn[lot.number] = part
        return drawn

    def sell(self, receipt: int, day: date, spend: int, earn: int) -> None:
        usable = [lot for lot in self.living(day) if lot.first <= day]
        spent: dict[int | None, int] = dict(self.draw(spend, usable).items())
        made = TwinReceipt(spent, earn, last=day + WEEKS_AFTER + YEAR)
        if earn:
            made.lot = self.bear(earn, day + WEEKS_AFTER, day + WEEKS_AFTER + YEAR).number
        self.receipts[receipt] = made

    def come_back(self, receipt: int, day: date) -> None:
        """First to the lots that were spent, then what was earned goes."""
        told = self.receipts[receipt]
        for number, amount in told.spent.items():
            if number is None:
                self._forgive(amount, day, told.last)
            else:
                self._to(self.lots[number], amount, day)
        need, told.earned = told.earned, 0
        for number in self._earned_in(receipt):
            lot = self.lots[number]
            self._lapse(lot, day)
            part = min(need, lot.ended)
            lot.ended -= part
            lot.outstanding[receipt] = lot.outstanding.get(receipt, 0) + part
            need -= part
        lots = sorted(self.living(day), key=lambda lot: lot.number not in self._earned_in(receipt))
        for number, part in self.draw(need, lots).items():
            self.lots[number].outstanding[receipt] = self.lots[number].outstanding.get(receipt, 0) + part
            need -= part
        told.owed += need
        self.owed += need

    def stand_again(self, receipt: int, day: date, earn: int) -> None:
        """The same lots are spent if they can, others else; what was taken back comes back."""
        told = self.receipts[receipt]
        spent: dict[int | None, int] = {}
        missing = 0
        for number, amount in told.spent.items():
            usable = sorted(
                (lot for lot in self.living(day) if lot.first <= day),
                key=lambda lot, own=number: lot.number != own,  # type: ignore[misc]
            )
            drawn = self.draw(amount, usable)
            for drawn_from, part in drawn.items():
                spent[drawn_from] = spent.get(drawn_from, 0) + part
            missing += amount - sum(drawn.values())
        if missing:
            spent[None] = missing
            self.owed += missing
        told.spent, told.earned = spent, earn
        own = self._earned_in(receipt)
        for lot in sorted(self.lots, key=lambda lot: lot.number not in own):
            if part := min(earn, lot.outstanding.get(receipt, 0)):
                self._to(lot, part, day)
                lot.outstanding[receipt] -= part
                earn -= part
        if part := min(earn, told.owed):
            told.owed -= part
            self._forgive(part, day, told.last)

    def _earned_in(self, receipt: int) -> set[int]:
        lot = self.receipts[receipt].lot
        return set() if lot is None else {lot}

    def _to(self, lot: TwinLot, amount: int, day: date) -> None:
        self._lapse(lot, day)
        lot.left += amount
        lot.last = lot.last if lot.last >= day else day + REVIVED

    def _lapse(self, lot: TwinLot, day: date) -> None:
        if lot.last < day:
            lot.ended, lot.left = lot.ended + lot.left, 0

    def _forgive(self, amount: int, day: date, last: date) -> None:
        paid_meanwhile = max(0, amount - self.owed)
        self.owed -= amount - paid_meanwhile
        if paid_meanwhile:
            self.bear(paid_meanwhile, day, max(last, day + REVIVED))
