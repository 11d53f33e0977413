"""Terms, the accounts of families and their bonuses; coupons and certificates."""

from loyalty.models.accounts import Account, Member
from loyalty.models.cards import CardStatus, LoyaltyCard
from loyalty.models.certificates import Certificate, CertificateMove, MoveKind, NotGood, PaidBy
from loyalty.models.kept import ChangedRowError
from loyalty.models.lots import Debt, DebtKind, Entry, EntryKind, Lot, Source, receipt_of
from loyalty.models.referrals import Referral, ReferralStatus, ReferralTerms, VoidReason
from loyalty.models.reservations import Reservation
from loyalty.models.rights import Right, RightUse
from loyalty.models.seals import FriendsSeal
from loyalty.models.terms import Terms, Tier

__all__ = [
    "Account", "CardStatus", "Certificate", "CertificateMove", "ChangedRowError", "Debt", "DebtKind", "Entry", "EntryKind",
    "FriendsSeal", "Lot", "LoyaltyCard", "Member", "MoveKind", "NotGood", "PaidBy", "Referral", "ReferralStatus",
    "ReferralTerms", "Reservation", "Right", "RightUse", "Source", "Terms", "Tier", "VoidReason", "receipt_of",
]  # fmt: skip
