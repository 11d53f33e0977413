"""Pieces on their way between stores."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stores.models import Employee, Store
from workshop.models.requests import ServiceRequest


class HandOver(models.Model):
    """A piece on its way from one store to another."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="ways")
    from_store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", verbose_name=_("to the store"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    received_at = models.DateTimeField(_("arrived"), null=True)
    received_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("hand-over between stores")
        verbose_name_plural = _("hand-overs between stores")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request"], condition=Q(received_at=None), name="hand_over_one_at_a_time"),
            models.CheckConstraint(condition=~Q(from_store=models.F("to_store")), name="hand_over_between_two_stores"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.from_store_id} → {self.to_store_id}"
