"""Bonuses: lots that live from a day to a day, the entries that move them, and what is owed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loyalty.models.accounts import Account
from loyalty.models.kept import Kept
from loyalty.models.terms import Terms
from stores.models import Employee


class Source(models.TextChoices):
    """Where a lot came from."""

    PURCHASE = "purchase", _("purchase")
    BIRTHDAY = "birthday", _("birthday")
    WELCOME = "welcome", _("first card")
    REFERRAL = "referral", _("a friend came")
    GOODWILL = "goodwill", _("by the chain's good will")
    IMPORT = "import", _("from a list")


# Each index is written at each sale and by the night for each lot that ends: there are none that no question needs.
class Lot(models.Model):
    """Bonuses that came together: can be spent from ``from_on`` to ``until_on``, both included.

    ``left`` is the sum of its entries, written with them; ``moved_on`` the day of the last one, before which none is written.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="lots", verbose_name=_("bonus account"))
    amount = models.PositiveIntegerField(_("bonuses"))
    left = models.PositiveIntegerField(_("left"))
    source = models.CharField(_("from"), max_length=8, choices=Source)
    from_on = models.DateField(_("can be spent from"))
    until_on = models.DateField(_("lives until"))
    moved_on = models.DateField()
    terms = models.ForeignKey(
        Terms,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("terms of loyalty"),
    )
    occasion_key = models.CharField(max_length=80, unique=True)

    class Meta:
        verbose_name = _("lot of bonuses")
        verbose_name_plural = _("lots of bonuses")
        ordering = ["until_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="lot_is_something"),
            models.CheckConstraint(condition=Q(left__gte=0) & Q(left__lte=F("amount")), name="lot_left_within_amount"),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="lot_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="lot_source_known"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["account", "until_on"],
                include=["left", "from_on"],
                condition=Q(left__gt=0),
                name="lot_with_some_left",
            ),
            models.Index(fields=["until_on"], condition=Q(left__gt=0), name="lot_to_end"),
        ]

    def __str__(self) -> str:
        return f"{self.left} of {self.amount} until {self.until_on}"

    @property
    def born_of(self) -> str:
        """The key of the receipt that earned it; "" for other lots."""
        return self.occasion_key.rpartition(":")[0] if self.source == Source.PURCHASE else ""


class EntryKind(models.TextChoices):
    EARN = "earn", _("earned")
    SPEND = "spend", _("spent")
    UNSPEND = "unspend", _("given back")
    EXPIRE = "expire", _("ended")
    REVOKE = "revoke", _("taken back")


def receipt_of(key: str) -> int:
    """The primary key of the receipt that a ``receipt_key`` names; 0 where it names none."""
    kind, _colon, number = key.partition(":")
    return int(number) if kind == "receipt" and number.isdecimal() else 0


class Entry(Kept):
    """One move of a lot, on a day. Append-only; ``receipt_key`` names the receipt that it belongs to, if one."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="entries", verbose_name=_("lot of bonuses"))
    kind = models.CharField(_("what happened"), max_length=8, choices=EntryKind)
    amount = models.IntegerField(_("bonuses"))
    on = models.DateField(_("day"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("by")
    )
    receipt_key = models.CharField(max_length=60, blank=True, db_index=True)
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name = _("move of bonuses")
        verbose_name_plural = _("moves of bonuses")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[EntryKind.EARN, EntryKind.UNSPEND], amount__gt=0)
                | Q(kind__in=[EntryKind.SPEND, EntryKind.EXPIRE, EntryKind.REVOKE], amount__lt=0),
                name="entry_moves_as_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    @property
    def receipt(self) -> int:
        """The key of the receipt that it belongs to; 0 where it belongs to none."""
        return receipt_of(self.receipt_key)


class DebtKind(models.TextChoices):
    SPEND = "spend", _("spent bonuses that there were no more")
    REVOKE = "revoke", _("earned bonuses that were spent before a return")
    PAID = "paid", _("paid by new bonuses")


class Debt(models.Model):
    """What an account came to owe, or owes no more. Only its account changes, when accounts are joined and parted."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debts", verbose_name=_("bonus account"))
    kind = models.CharField(_("why"), max_length=6, choices=DebtKind)
    amount = models.IntegerField(_("bonuses"))
    on = models.DateField(_("day"))
    at = models.DateTimeField(auto_now_add=True)
    receipt_key = models.CharField(max_length=60, blank=True, db_index=True)
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name = _("debt of bonuses")
        verbose_name_plural = _("debts of bonuses")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount=0), name="debt_is_something"),
            models.CheckConstraint(condition=Q(kind__in=DebtKind.values), name="debt_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
