"""Bonuses counted a second time: from entries and deductions, by pandas alone. Bonuses whole, sums in roubles."""

from datetime import date

from analytics import frames
from analytics.raw_count import Flat


class RawLedger:
    """The raw moves and deductions, read once. A store is its key; None is the chain."""

    def __init__(self) -> None:
        self.moves = frames.entries_frame()
        self.deductions = frames.deductions_frame()

    def cost(self, first: date, last: date, store: int | None) -> Flat:
        """What came off kept pieces of the days: by tier, by bonuses, by coupons."""
        rows = self.deductions[self.deductions.returned_on.isna() & self.deductions.sold_on.between(str(first), str(last))]
        rows = rows if store is None else rows[rows.store == store]
        kinds = rows.source.where(rows.source.isin(["tier", "bonus"]), "other")
        return {name: int(rows[kinds == name].amount_kopecks.sum()) / 100 for name in ("tier", "bonus", "other")}

    def moved(self, first: date, last: date) -> Flat:
        """What came and went on the days."""
        rows = self.moves[self.moves.on.between(str(first), str(last))]
        bought = rows["from"] == "purchase"
        parts = {
            "earned": (rows.kind == "earn") & bought, "given": (rows.kind == "earn") & ~bought,
            "spent": rows.kind.isin(["spend", "unspend"]), "ended": rows.kind == "expire", "revoked": rows.kind == "revoke",
        }  # fmt: skip
        return {name: abs(int(rows[part].amount.sum())) for name, part in parts.items()}

    def left(self, today: date) -> Flat:
        """What can be spent today or later, by the moves of lots that live."""
        return {"left": int(self.moves[self.moves.until_on >= str(today)].amount.sum())}
