"""What loyalty took off the tag of a piece."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loyalty.models import Lot
from purchases.models.receipts import Piece


class DeductionSource(models.TextChoices):
    TIER = "tier", _("discount of the tier")
    BONUS = "bonus", _("paid by bonuses")
    RIGHT = "right", _("by a coupon")


class Deduction(models.Model):
    """A part of a piece's discount; bonuses name their lot, or none where they were not there and are owed.

    What of a discount no deduction explains was given by hand, or is the markdown of a piece that is sold so.
    """

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="deductions")
    source = models.CharField(_("why"), max_length=5, choices=DeductionSource)
    amount = models.DecimalField(_("sum"), max_digits=12, decimal_places=2)
    lot = models.ForeignKey(
        Lot, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("lot of bonuses")
    )

    class Meta:
        verbose_name = _("deduction")
        verbose_name_plural = _("deductions")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="deduction_is_something"),
            models.CheckConstraint(
                condition=Q(source=DeductionSource.BONUS) | Q(source__in=[DeductionSource.TIER, DeductionSource.RIGHT], lot=None),
                name="deduction_source_known",
            ),
            models.UniqueConstraint(fields=["piece", "lot"], name="deduction_once_a_piece_and_lot"),
            models.UniqueConstraint(fields=["piece", "source"], condition=Q(lot=None), name="deduction_without_a_lot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.amount}"
