"""What was put right on receipts."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from purchases.models.receipts import Purchase
from stores.models import Employee


class Act(models.TextChoices):
    """What was done to a receipt."""

    CORRECTED = "corrected", _("corrected")
    ATTACHED = "attached", _("given its client")
    VOIDED = "voided", _("voided")
    RESTORED = "restored", _("brought back")
    UNDONE = "undone", _("correction undone")


class Correction(models.Model):
    """One act on a receipt: what stood in it before and after, whole (``correcting.contents``). Append-only."""

    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="corrections")
    act = models.CharField(max_length=10, choices=Act)
    version = models.PositiveIntegerField(help_text="The version of the receipt that it made.")
    before = models.JSONField()
    after = models.JSONField()
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "version"], name="correction_once_a_version")]

    def __str__(self) -> str:
        return f"{self.purchase_id} {self.act}"
