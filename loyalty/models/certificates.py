"""Certificates: money that came before it is spent, and every move of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.models import Client
from loyalty import codes
from loyalty.models.cards import LONGEST, key_of
from loyalty.models.kept import Kept
from stores.models import Employee, Store

# So many days before its end a certificate is said to end soon.
SOON = timedelta(days=30)


def number_key(number: str) -> str:
    """What of a number that an old system printed stays the same however it is written: a small shop counted from 1."""
    return key_of(number, shortest=1)


class NotGood(models.TextChoices):
    """Why a certificate pays for nothing."""

    GOOD = "", ""
    UNKNOWN = "unknown", _("There is no such certificate. Check the code.")
    CANCELLED = "cancelled", _("The sale of this certificate was cancelled.")
    EMPTY = "empty", _("Nothing is left on this certificate.")
    LATE = "late", _("This certificate holds no more.")


class PaidBy(models.TextChoices):
    """How a certificate was paid."""

    CASH = "cash", _("cash")
    CARD = "card", _("bank card")
    TRANSFER = "transfer", _("transfer")
    BEFORE = "before", _("in the system before")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of_code(self, text: str) -> Self:
        """Whose code a text is, typed or scanned, or the number that it had in a system before."""
        number = number_key(text)
        other = Q(number_key=number) if number else Q()
        return self.filter(Q(code_key__in=codes.readings(text)) | other)

    def of_scanned(self, text: str) -> Self:
        """The same of a text that may as well be an article: what is as short as «17» is one."""
        return self.of_code(text) if key_of(text) or codes.readings(text) else self.none()

    def holding(self, day: date) -> Self:
        """Which can pay on a day."""
        return self.filter(cancelled_at=None, left__gt=0, until_on__gte=day)


class Certificate(models.Model):
    """A certificate of the chain: whoever has its code pays by it, in any store, in parts, until ``until_on``.

    It is no revenue when it is sold: what it pays for is. ``left`` is the sum of its entries, written with them. One of a system
    before is found by the ``number`` that is printed on it, too.
    """

    number = models.CharField(_("number in the system before"), max_length=LONGEST, blank=True, default="", db_default="")
    number_key = models.CharField(max_length=LONGEST, null=True, blank=True, unique=True, editable=False)
    code_key = models.CharField(_("code"), max_length=codes.CERTIFICATE, unique=True)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("store"))
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("buyer")
    )
    seller = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("seller")
    )
    amount = models.DecimalField(_("face value"), max_digits=12, decimal_places=2)
    left = models.DecimalField(pgettext_lazy("of a certificate", "left"), max_digits=12, decimal_places=2)
    paid_by = models.CharField(_("paid by"), max_length=8, choices=PaidBy)
    sold_on = models.DateField(_("day of sale"))
    until_on = models.DateField(_("holds until"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    form_key = models.UUIDField(unique=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code_key__regex=rf"^[{codes.ALPHABET}]{{12}}$"), name="certificate_code_is_readable"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="certificate_is_something", violation_error_message=_("Type a sum above zero.")
            ),
            models.CheckConstraint(condition=Q(left__gte=0) & Q(left__lte=F("amount")), name="certificate_left_within_amount"),
            models.CheckConstraint(condition=Q(until_on__gte=F("sold_on")), name="certificate_ends_after_its_sale"),
            models.CheckConstraint(condition=Q(cancelled_at=None) | Q(left=0), name="certificate_cancelled_is_empty"),
            models.CheckConstraint(condition=Q(paid_by__in=PaidBy.values), name="certificate_paid_by_known"),
        ]

    def __str__(self) -> str:
        return codes.shown(self.code_key)

    def refused_on(self, day: date) -> NotGood:
        """Why it pays for nothing on a day."""
        if self.cancelled_at:
            return NotGood.CANCELLED
        if not self.left:
            return NotGood.EMPTY
        return NotGood.LATE if day > self.until_on else NotGood.GOOD

    @property
    def spent(self) -> Decimal:
        """What was bought by it; of a cancelled one nothing."""
        return Decimal(0) if self.cancelled_at else self.amount - self.left


class MoveKind(models.TextChoices):
    SOLD = "sold", pgettext_lazy("a certificate", "sold")
    SPENT = "spent", pgettext_lazy("a certificate", "spent")
    BACK = "back", pgettext_lazy("a certificate", "given back")
    CANCELLED = "cancelled", pgettext_lazy("a certificate", "cancelled")


class CertificateMove(Kept):
    """One move of a certificate's money. Append-only; ``receipt_key`` names the receipt that it belongs to, if one."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="moves", verbose_name=_("certificate"))
    kind = models.CharField(_("what happened"), max_length=9, choices=MoveKind)
    sum = models.DecimalField(_("sum"), max_digits=12, decimal_places=2)
    on = models.DateField(_("day"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    receipt_key = models.CharField(max_length=60, blank=True, db_index=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("move of a certificate")
        verbose_name_plural = _("moves of certificates")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[MoveKind.SOLD, MoveKind.BACK], sum__gt=0)
                | Q(kind__in=[MoveKind.SPENT, MoveKind.CANCELLED], sum__lt=0),
                name="certificate_moves_as_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sum}"

    @property
    def receipt(self) -> int | None:
        """The key of the receipt's row."""
        number = self.receipt_key.rpartition(":")[2]
        return int(number) if number.isdecimal() else None
