"""Bonuses promised to a basket for a while."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from loyalty.models.accounts import Account, Member


class Reservation(models.Model):
    """A bill that was promised to a basket until a moment; a second one of the basket replaces the first.

    ``member`` is who spends; ``proven`` is how many bonuses they have confirmed by a code.
    """

    key = models.CharField(max_length=40, unique=True)
    basket = models.CharField(max_length=120, unique=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="reservations")
    spends = models.PositiveIntegerField(_("bonuses"), default=0)
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    proven = models.PositiveIntegerField(_("confirmed by a code"), default=0, db_default=0)
    until = models.DateTimeField(_("until"), db_index=True)

    class Meta:
        verbose_name = _("reservation of bonuses")
        verbose_name_plural = _("reservations of bonuses")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.key
