"""Terms, the accounts of families, and their bonuses."""

from loyalty.models.accounts import Account, Member
from loyalty.models.kept import ChangedRowError
from loyalty.models.lots import Debt, DebtKind, Entry, EntryKind, Lot, Source
from loyalty.models.terms import Terms, Tier

__all__ = ["Account", "ChangedRowError", "Debt", "DebtKind", "Entry", "EntryKind", "Lot", "Member", "Source", "Terms", "Tier"]
