"""How receipts were paid."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from purchases.models.receipts import Purchase


class TenderKind(models.TextChoices):
    CASH = "cash", _("cash")
    CARD = "card", _("bank card")
    CERTIFICATE = "certificate", _("certificate")
    PREPAYMENT = "prepayment", _("prepayment")
    TRANSFER = "transfer", _("transfer")


class Tender(models.Model):
    """A part of what was paid for a receipt. All of them are what was to pay; below zero is what an exchange gave back."""

    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="tenders")
    kind = models.CharField(_("paid by"), max_length=12, choices=TenderKind)
    sum = models.DecimalField(_("sum"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(sum=0), name="tender_is_something"),
            models.CheckConstraint(condition=Q(kind__in=TenderKind.values), name="tender_kind_known"),
            models.UniqueConstraint(fields=["purchase", "kind"], name="tender_kind_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sum}"
